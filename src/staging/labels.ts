/** Labels in the stage: how they get there, as numbers or as one-hot rows, and whether all of them are classes. */

import * as Call from "../../assembly/kernels/call";
import { areClasses as check } from "../../assembly/kernels/passes";
import type { Integers } from "../checks";
import { elementOf } from "../layout";
import type { ClassCall } from "./classCall";
import * as Slot from "./slots";
import { constant, SHORT, type Stage } from "./stage";

/** Copies `count` labels from `first` on into their slot, as 32-bit integers. */
function copyLabels(stage: Stage, labels: Integers, first: number, count: number): void {
  const part = first === 0 && count === labels.length ? labels : labels.subarray(first, first + count);
  stage.integers.set(part, stage.slot(Slot.labels) / 4);
}

/** Whether all labels are classes: in a quarter of the time of a loop in JavaScript. */
export function areClasses(stage: Stage, labels: Integers, classes: number): boolean {
  const address = stage.slot(Slot.labels);
  // The check takes four at a time.
  const room = Slot.BYTES / 4 - 4;
  for (let first = 0; first < labels.length; first += room) {
    const count = Math.min(room, labels.length - first);
    copyLabels(stage, labels, first, count);
    stage.integers.fill(0, address / 4 + count, address / 4 + count + 4);
    if (!stage.pass("areClasses", check)(stage.machine, address, count, classes)) return false;
  }
  return true;
}

/** Labels of no share in the target. */
export function stageNoLabels(stage: Stage, rows: number): void {
  const address = stage.slot(Slot.labels);
  stage.integers.fill(0, address / 4, address / 4 + rows);
  stage.set(Call.LABELS, address);
  stage.set(Call.HITS, constant(stage, 2, 0));
  stage.set(Call.HIT_STRIDE, 0);
}

/** The labels' one-hot rows as the staged operand, whose classes stand `across` elements apart. */
export function stageOneHot(stage: Stage, { labels, layout, ignored }: ClassCall, row: number, rows: number, across: number): void {
  const { reals } = stage;
  const { classes } = layout;
  const at = stage.index(Slot.target);
  reals.fill(0, at, at + rows * classes);
  for (let i = 0; i < rows; i++) {
    const label = labels![row + i]!;
    if (label !== ignored) reals[at + elementOf(i, label, classes, across)] = 1;
  }
}

/** Labels as 32-bit integers, an ignored one as class 0; and the label's share of the target. */
export function stageLabels(stage: Stage, call: ClassCall, row: number, rows: number): void {
  const { ignored, hit = 1, hitWeights } = call;
  const labels = call.labels!;
  const { integers, element } = stage;
  const address = stage.slot(Slot.labels);
  const index = address / 4;
  stage.set(Call.LABELS, address);
  if (rows > SHORT && Number.isNaN(ignored) && ArrayBuffer.isView(labels)) copyLabels(stage, labels, row, rows);
  else {
    for (let i = 0; i < rows; i++) integers[index + i] = labels[row + i] === ignored ? 0 : labels[row + i]!;
  }
  if (hitWeights === undefined) {
    stage.set(Call.HITS, constant(stage, 2, hit));
    stage.set(Call.HIT_STRIDE, 0);
    return;
  }
  const hits = stage.index(Slot.hits);
  stage.set(Call.HITS, stage.slot(Slot.hits));
  stage.set(Call.HIT_STRIDE, element);
  for (let i = 0; i < rows; i++) stage.reals[hits + i] = hit * hitWeights[integers[index + i]!]!;
}
