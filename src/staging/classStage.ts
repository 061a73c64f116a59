/** The stage for a call over classes: how large its slots must be, and which arrays a write to the outputs could destroy. */

import { elementBytes, type Precision } from "../backends/kinds";
import type { Layout } from "../layout";
import type { Numbers } from "../types";
import { apart } from "./apart";
import type { ClassCall } from "./classCall";
import { byRows } from "./classKernels";
import * as Slot from "./slots";
import type { Stage, Values } from "./stage";
import { stageFor, stageWith } from "./stages";

/** Bytes of scratch that a sweep takes: the column sweep's register for each class. */
function scratchBytesFor(layout: Layout): number {
  return byRows(layout) ? 0 : layout.classes * 16;
}

/** Bytes that a slot must hold: a row, and the scratch. */
function slotBytesFor(layout: Layout, precision: Precision): number {
  return Math.max(layout.classes * elementBytes[precision], scratchBytesFor(layout));
}

/** The stage for a call. In an arena, no row passes through a slot, and may be longer, if all that has rows is used in place. */
export function stageForCall(call: ClassCall, precision: Precision): Stage {
  const { layout, operand, output, mix, prior, classFactors } = call;
  const stage = stageFor(precision, call.x, operand, output);
  separate(call, stage);
  if (call.kernel.sweep !== undefined) return stage;
  const slotBytes = slotBytesFor(layout, precision);
  if (slotBytes <= Slot.BYTES) return stage;
  const { x } = call;
  const held =
    scratchBytesFor(layout) <= Slot.BYTES &&
    !inSlots(call) &&
    mix === undefined &&
    prior === undefined &&
    classFactors === undefined &&
    (output === undefined || (output !== operand && (output !== x || call.kernel.overwrites))) &&
    [x, call.operand, output].every((array) => array === undefined || stage.find(array) >= 0);
  return held ? stage : stageWith(precision, slotBytes);
}

/** Whether the tiles of a call pass through slots even if they lie in an arena. */
export function inSlots({ kernel, labels, before, after }: ClassCall): boolean {
  return (kernel.oneHot === true && labels !== undefined) || before !== undefined || after !== undefined;
}

/** Replaces what a write to the outputs could destroy before it is read. */
function separate(call: ClassCall, stage: Stage): void {
  const output = call.output ?? call.values;
  if (output === undefined) return;
  const { hess, kernel, x } = call;
  // A single tile is copied in before anything is written, but for rows that are used in place, and for what labels pick.
  const single = kernel.sweep === undefined && x.length <= Slot.BYTES / Float64Array.BYTES_PER_ELEMENT;
  if (single && stage.find(output) < 0) return;
  call.x = apartIn(stage, call.x, output, hess);
  call.operand = apartIn(stage, call.operand, output, hess);
  if (single && call.values === undefined) return;
  call.labels = apart(call.labels, output, hess);
  call.weights = apart(call.weights, output, hess);
  call.upstream = apart(call.upstream, output, hess);
  // What is read in another order than it is written in must not be the output itself either.
  call.hitWeights = wholly(call.hitWeights, output, hess);
  call.labelWeights = wholly(call.labelWeights, output, hess);
  if (call.values !== undefined) call.x = wholly(call.x, output, hess);
}

/** `apart`, and not the output itself. */
function wholly<A extends Numbers | undefined>(array: A, output: Values, hess: Values | undefined): A {
  return array === output ? (array.slice() as A) : apart(array, output, hess);
}

/** `apart`, which takes 68 ns on Node 20, and is spared where an arena knows both places. */
function apartIn<A extends Numbers | undefined>(stage: Stage, array: A, output: Values, hess: Values | undefined): A {
  const at = hess === undefined ? stage.find(array) : -1;
  const outputAt = stage.find(output);
  const known = at >= 0 && outputAt >= 0;
  const longer = Math.max(array?.length ?? 0, output.length) * stage.element;
  return known && Math.abs(at - outputAt) >= longer ? array : apart(array, output, hess);
}
