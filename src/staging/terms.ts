/** Terms that losses on a softmax add to the cross-entropy: further kernels over the tile at hand, and their sums. */

import * as Call from "../../assembly/kernels/call";
import { accumulate } from "../../assembly/kernels/passes";
import { elementOf } from "../layout";
import type { ClassKernel, Tile } from "./classCall";
import { sampleFactors } from "./factors";
import { eachLine } from "./shaping";
import * as Slot from "./slots";
import { constant } from "./stage";

/**
 * Runs another kernel over the staged logits: its unweighted values into the slot `values`, its output, with the factors
 * in the slot `factors` or 1, into the slot `output`.
 */
export function runOver({ stage, call }: Tile, kernel: ClassKernel, values: number | undefined, output?: number, factors?: number): void {
  const { element } = stage;
  stage.set(Call.VALUES, values === undefined ? 0 : stage.slot(values));
  stage.set(Call.VALUE_FACTORS, constant(stage, 0, 1));
  stage.set(Call.VALUE_FACTOR_STRIDE, 0);
  stage.set(Call.GRADIENT, output === undefined ? 0 : stage.slot(output));
  stage.set(Call.GRADIENT_FACTORS, factors === undefined ? constant(stage, 0, 1) : stage.slot(factors));
  stage.set(Call.GRADIENT_FACTOR_STRIDE, factors === undefined ? 0 : element);
  stage.run(kernel.of!(call.layout));
}

function addToGradient({ stage, length }: Tile): void {
  stage.pass("accumulate", accumulate)(stage.machine, stage.slot(Slot.gradient), stage.slot(Slot.hessian), length);
}

/** Adds coefficient times the square of the log-sum-exp, whose kernel is given. */
export function addSquaredPartition(tile: Tile, partition: ClassKernel, coefficient: number): void {
  const { stage, call, rows } = tile;
  const { reals } = stage;
  const [values, slopes] = [stage.index(Slot.values), stage.index(Slot.weights)];
  runOver(tile, partition, Slot.weights);
  for (let i = 0; i < rows; i++) {
    const partitionOf = reals[slopes + i]!;
    const { value, slope } = sampleFactors(tile, i);
    if (value !== 0) reals[values + i]! += value * coefficient * partitionOf * partitionOf;
    reals[slopes + i] = slope === 0 ? 0 : slope * 2 * coefficient * partitionOf;
  }
  if (call.output === undefined) return;
  runOver(tile, partition, undefined, Slot.hessian, Slot.weights);
  addToGradient(tile);
}

/** The sums over classes of the staged operand, by row. */
export function targetSums(tile: Tile): Float64Array {
  const { reals } = tile.stage;
  const sums = new Float64Array(tile.rows);
  const t = tile.stage.index(Slot.target);
  eachLine(tile, (at, _index, length, row, rowStep) => {
    for (let i = 0; i < length; i++) sums[row + i * rowStep]! += reals[t + at + i]!;
  });
  return sums;
}

/** Adds epsilon times the sum over classes of t_c (1 - p_c), by the kernel of the softmax's gradient: t is its upstream. */
export function addComplement(tile: Tile, softmaxGradient: ClassKernel, epsilon: number): void {
  const { stage, call, rows } = tile;
  const { reals } = stage;
  const [values, factors] = [stage.index(Slot.values), stage.index(Slot.valueFactors)];
  const [means, slopes, slopeFactors] = [stage.index(Slot.weights), stage.index(Slot.upstream), stage.index(Slot.gradientFactors)];
  for (let i = 0; i < rows; i++) reals[slopes + i] = -epsilon * reals[slopeFactors + i]!;
  // Its value is gathered from the exponentials where its output goes.
  runOver(tile, softmaxGradient, Slot.weights, Slot.hessian, Slot.upstream);
  const sums = targetSums(tile);
  for (let i = 0; i < rows; i++) {
    const factor = reals[factors + i]!;
    if (factor !== 0) reals[values + i]! += factor * epsilon * (sums[i]! - reals[means + i]!);
  }
  if (call.output !== undefined) addToGradient(tile);
}

/**
 * Adds epsilon times 1 - p, p the label's probability, to cross-entropies of labels: p is e to minus the value, and the slope of
 * 1 - p is p times the cross-entropy's, whose element of the label is p - 1.
 */
export function addLabelComplement({ stage, call, row, rows, across }: Tile, epsilon: number): void {
  const { reals } = stage;
  const { classes } = call.layout;
  const [values, valueFactors] = [stage.index(Slot.values), stage.index(Slot.valueFactors)];
  const [slopes, slopeFactors] = [stage.index(Slot.gradient), stage.index(Slot.gradientFactors)];
  for (let i = 0; i < rows; i++) {
    const value = reals[values + i]!;
    const factor = reals[valueFactors + i]!;
    if ((call.summed || call.values !== undefined) && factor !== 0) {
      reals[values + i] = value - factor * epsilon * Math.expm1(-value / factor);
    }
    const scale = reals[slopeFactors + i]!;
    if (call.output === undefined || scale === 0) continue;
    const first = slopes + elementOf(i, 0, classes, across);
    const multiple = 1 + epsilon + epsilon * (reals[first + call.labels![row + i]! * across]! / scale);
    for (let c = 0, at = first; c < classes; c++, at += across) reals[at] = reals[at]! * multiple;
  }
}
