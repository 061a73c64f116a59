/** The Hessian diagonal of softmax cross-entropy: K p (1 - p) by class, with what shaping and the z-loss make of it. */

import type { ClassKernel, Tile } from "./classCall";
import { sampleFactors } from "./factors";
import { eachLine, maskOutput, type Shaping } from "./shaping";
import * as Slot from "./slots";
import { runOver, targetSums } from "./terms";

/** What the Hessian is made of. */
export interface HessianTerms {
  readonly softmax: ClassKernel;
  readonly partition: ClassKernel;
  readonly zLoss: number;
  readonly shaping: Shaping | undefined;
  /** Whether what the z-loss and the cap could make negative belongs to it. */
  readonly exact: boolean;
  /** The multiple of K p (1 - p). */
  readonly factor: number;
  /** What it is at least, before its sample's factor. */
  readonly least: number;
}

/** The sum of a row's target, label included. */
function totals(tile: Tile): Float64Array {
  const { stage, call, rows } = tile;
  const { labels, operand, prior, hit = 1, hitWeights } = call;
  if (labels === undefined || operand !== undefined) return targetSums(tile);
  if (prior === undefined) return new Float64Array(rows).fill(1);
  const sums = call.silent === undefined ? new Float64Array(rows).fill(prior.reduce((a, b) => a + b, 0)) : targetSums(tile);
  return sums.map((sum, i) => sum + hit * (hitWeights?.[stage.integers[stage.slot(Slot.labels) / 4 + i]!] ?? 1));
}

/** Leaves the Hessian in its slot. The gradient slot must hold the gradient with respect to the shaped logits. */
export function writeHessian(tile: Tile, terms: HessianTerms): void {
  const { shaping, zLoss } = terms;
  runOver(tile, terms.softmax, undefined, Slot.hessian);
  if (zLoss === 0 && (shaping?.cap ?? Infinity) === Infinity) writeCurvature(tile, terms);
  else writeShapedCurvature(tile, terms);
  if (shaping?.mask !== undefined) maskOutput(tile, Slot.hessian, 0);
}

/** Makes K p (1 - p) of the softmax. Without a call for each element, `gradAndHess` of ten classes takes two fifths of the time. */
function writeCurvature(tile: Tile, { shaping, factor, least }: HessianTerms): void {
  const { stage, call, rows, across } = tile;
  const { reals } = stage;
  const { classes } = call.layout;
  const { divisor = 1 } = shaping ?? {};
  const sums = totals(tile);
  const factors = stage.index(Slot.gradientFactors);
  const scales = Float64Array.from(reals.subarray(factors, factors + rows));
  for (let row = 0; row < rows; row++) {
    sums[row]! *= factor;
    scales[row]! /= divisor * divisor;
  }
  let at = stage.index(Slot.hessian);
  for (let block = 0; block < rows; block += across) {
    const next = block + across;
    for (let row = block, end = at + classes * across; at < end; at++) {
      const scale = scales[row]!;
      reals[at] = scale === 0 ? 0 : scale * curvatureOf(reals[at]!, sums[row]!, least);
      row = row + 1 === next ? block : row + 1;
    }
  }
}

/** The same with what the z-loss adds and the cap makes of it. */
function writeShapedCurvature(tile: Tile, { partition, zLoss, shaping, exact, factor, least }: HessianTerms): void {
  const { stage, call, rows } = tile;
  const { reals } = stage;
  const { cap = Infinity, divisor = 1 } = shaping ?? {};
  const sums = totals(tile);
  const partitions = stage.index(Slot.weights);
  if (zLoss !== 0) runOver(tile, partition, Slot.weights);
  else reals.fill(0, partitions, partitions + rows);
  const [h, g, factors] = [stage.index(Slot.hessian), stage.index(Slot.gradient), stage.index(Slot.gradientFactors)];
  const ofSamples = new Float64Array(rows);
  if (zLoss !== 0) for (let i = 0; i < rows; i++) ofSamples[i] = sampleFactors(tile, i).slope;
  eachLine(tile, (line, index, length, row, rowStep) => {
    for (let i = 0; i < length; i++) {
      const at = line + i;
      const scale = reals[factors + row + i * rowStep]!;
      const sampleScale = ofSamples[row + i * rowStep]!;
      const p = reals[h + at]!;
      let curvature = scale === 0 ? 0 : scale * curvatureOf(p, sums[row + i * rowStep]! * factor, least);
      if (sampleScale !== 0) {
        const partitionOf = exact ? reals[partitions + row + i * rowStep]! : 0;
        curvature += 2 * zLoss * sampleScale * (p * p + partitionOf * p * (1 - p));
      }
      curvature /= divisor * divisor;
      if (cap !== Infinity && (scale !== 0 || sampleScale !== 0)) {
        const { slope, bend } = capAt(call.x[index + i]!, cap);
        curvature = curvature * slope * slope + (exact ? (reals[g + at]! / divisor) * bend : 0);
      }
      reals[h + at] = curvature;
    }
  });
}

/** k p (1 - p), and no less than `least`. */
function curvatureOf(p: number, k: number, least: number): number {
  const curvature = k * p * (1 - p);
  return curvature < least ? least : curvature;
}

/** First and second derivative of cap tanh(x / cap). */
function capAt(x: number, cap: number): { slope: number; bend: number } {
  const e = Math.exp(-2 * Math.abs(x / cap));
  const slope = (4 * e) / ((1 + e) * (1 + e));
  return { slope, bend: (-2 * Math.tanh(x / cap) * slope) / cap };
}
