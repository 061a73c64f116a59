/** The negative of the element that a label picks: too little arithmetic for the way through the stage. */

import { elementOf } from "../layout";
import type { Labels, Reals } from "../types";
import type { ClassCall } from "./classCall";
import { stageFactors } from "./factors";
import { separateFromZeros } from "./picked";
import * as Slot from "./slots";
import type { Stage, Values } from "./stage";

/** Writes values and output, and returns the sum of the values, which are -x; the slope is -1. */
export function sweepNegated(stage: Stage, call: ClassCall): number {
  const { layout, labels, ignored, weights, labelWeights, upstream, output, values, scale } = call;
  separateFromZeros(call);
  if (output !== undefined && !call.fresh) output.fill(0);
  const plain = weights === undefined && labelWeights === undefined && upstream === undefined && values === undefined;
  if (plain && layout.positions === 1 && Number.isNaN(ignored)) {
    // Not -0 of zeros.
    return 0 - takePicked(call.x, labels!, layout.classes, output, -scale);
  }
  return sweepFactored(stage, call);
}

function sweepFactored(stage: Stage, call: ClassCall): number {
  const { x, layout, output, values, ignored } = call;
  const labels = call.labels!;
  const { classes, positions } = layout;
  const rows = layout.groups * positions;
  const room = Slot.BYTES / stage.element;
  const valueFactors = stage.index(Slot.valueFactors);
  const outputFactors = stage.index(Slot.gradientFactors);
  let sum = 0;
  for (let first = 0; first < rows; first += room) {
    const count = Math.min(room, rows - first);
    stageFactors(stage, call, first, count, true);
    for (let i = 0; i < count; i++) {
      const label = labels[first + i]!;
      const at = label === ignored ? -1 : elementOf(first + i, label, classes, positions);
      const factor = stage.reals[valueFactors + i]!;
      const value = factor === 0 ? 0 : -factor * x[at]!;
      sum += value;
      if (values !== undefined) values[first + i] = value;
      if (output !== undefined && at >= 0) output[at] = 0 - stage.reals[outputFactors + i]!;
    }
  }
  return sum;
}

/**
 * The sum of the elements that labels pick from rows side by side, in whose places in `output` goes `slope`. Eight rows at a
 * time, whose loads wait together for memory: about half the time of one by one.
 */
function takePicked(x: Reals, labels: Labels, classes: number, output: Values | undefined, slope: number): number {
  const rows = labels.length;
  let sum = 0;
  let start = 0;
  let row = 0;
  for (; row + 8 <= rows; row += 8) {
    const a = start + labels[row]!;
    const b = start + classes + labels[row + 1]!;
    const c = start + 2 * classes + labels[row + 2]!;
    const d = start + 3 * classes + labels[row + 3]!;
    const e = start + 4 * classes + labels[row + 4]!;
    const f = start + 5 * classes + labels[row + 5]!;
    const g = start + 6 * classes + labels[row + 6]!;
    const h = start + 7 * classes + labels[row + 7]!;
    start += 8 * classes;
    sum += x[a]! + x[b]! + (x[c]! + x[d]!) + (x[e]! + x[f]! + (x[g]! + x[h]!));
    if (output === undefined) continue;
    output[a] = slope;
    output[b] = slope;
    output[c] = slope;
    output[d] = slope;
    output[e] = slope;
    output[f] = slope;
    output[g] = slope;
    output[h] = slope;
  }
  for (; row < rows; row++, start += classes) {
    const a = start + labels[row]!;
    sum += x[a]!;
    if (output !== undefined) output[a] = slope;
  }
  return sum;
}
