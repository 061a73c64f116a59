/** The Hessian diagonal of softmax cross-entropy: K p (1 - p) by class, with what shaping and the z-loss make of it. */

import type { HessianConvention } from "../face/hessians";
import type { Hessian } from "../types";
import { eachElement, maskOutput, type Shaping } from "./shaping";
import * as Slot from "./slots";
import { runOver, sampleFactors, targetSums } from "./terms";
import type { ClassKernel, Tile } from "./tiles";

/** What the Hessian is made of beside the softmax. */
export interface HessianTerms {
  readonly softmax: ClassKernel;
  readonly partition: ClassKernel;
  readonly zLoss: number;
  readonly shaping: Shaping | undefined;
  readonly hessian: Hessian;
}

/** The published multiples of p (1 - p): XGBoost's multi:softprob, LightGBM's multiclass. */
function conventionOf(hessian: Hessian, classes: number): HessianConvention {
  if (hessian === "xgboost") return { factor: 2, least: 1e-16 };
  return { factor: hessian === "lightgbm" && classes > 1 ? classes / (classes - 1) : 1 };
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
export function writeHessian(tile: Tile, { softmax, partition, zLoss, shaping, hessian }: HessianTerms): void {
  const { stage, call, rows } = tile;
  const { reals } = stage;
  const { factor = 1, least = 0 } = conventionOf(hessian, call.layout.classes);
  const { cap = Infinity, divisor = 1, mask } = shaping ?? {};
  const sums = totals(tile);
  runOver(tile, softmax, undefined, Slot.hessian);
  const partitions = stage.index(Slot.weights);
  if (zLoss !== 0) runOver(tile, partition, Slot.weights);
  else reals.fill(0, partitions, partitions + rows);
  const [h, g, factors] = [stage.index(Slot.hessian), stage.index(Slot.gradient), stage.index(Slot.gradientFactors)];
  const ofSamples = Float64Array.from({ length: rows }, (_, i) => (zLoss === 0 ? 0 : sampleFactors(tile, i).slope));
  eachElement(tile, (at, index, row) => {
    const scale = reals[factors + row]!;
    const sampleScale = ofSamples[row]!;
    const p = reals[h + at]!;
    let curvature = 0;
    if (scale !== 0) {
      const exact = sums[row]! * factor * p * (1 - p);
      curvature = scale * (exact < least ? least : exact);
    }
    if (sampleScale !== 0) {
      curvature += 2 * zLoss * sampleScale * (p * p + (hessian === "exact" ? reals[partitions + row]! * p * (1 - p) : 0));
    }
    curvature /= divisor * divisor;
    if (cap !== Infinity && (scale !== 0 || sampleScale !== 0)) {
      const { slope, bend } = capAt(call.x[index]!, cap);
      curvature = curvature * slope * slope + (hessian === "exact" ? (reals[g + at]! / divisor) * bend : 0);
    }
    reals[h + at] = curvature;
  });
  if (mask !== undefined) maskOutput(tile, mask, Slot.hessian, 0);
}

/** First and second derivative of cap tanh(x / cap). */
function capAt(x: number, cap: number): { slope: number; bend: number } {
  const e = Math.exp(-2 * Math.abs(x / cap));
  const slope = (4 * e) / ((1 + e) * (1 + e));
  return { slope, bend: (-2 * Math.tanh(x / cap) * slope) / cap };
}
