/** The sums of a report over classes, tile by tile: what each sample adds, and the means of the whole. */

import * as Call from "../../assembly/kernels/call";
import { elementOf } from "../layout";
import type { Labels, Numbers } from "../types";
import type { ClassKernel, Tile } from "./classCall";
import * as Slot from "./slots";
import { constant } from "./stage";
import { runOver } from "./terms";
import { setTargetStrides } from "./tiles";

/** What a report says; means are NaN where no sample is. */
export interface ClassReport {
  /** The mean loss. */
  loss: number;
  /** The share of samples whose label has the largest logit; of equal logits the first class counts as the largest. */
  accuracy: number;
  /** The share of samples whose label is among the `topK` largest logits. */
  topKAccuracy: number;
  /** e to the loss. */
  perplexity: number;
  /** The mean entropy of the predicted distributions, in nats. */
  meanEntropy: number;
  /** The mean loss of the samples of each class. */
  perClassLoss: Float64Array;
  /** The samples that are not ignored. */
  count: number;
}

/**
 * How many classes come before the label's: those of larger logits, and equal ones of a smaller index. NaN comes before
 * all, a label's after.
 */
function rankOf({ stage, call, across }: Tile, row: number, label: number): number {
  const { reals } = stage;
  const { classes } = call.layout;
  const first = stage.index(Slot.prediction) + elementOf(row, 0, classes, across);
  const own = reals[first + label * across]!;
  if (Number.isNaN(own)) return Infinity;
  let rank = 0;
  for (let c = 0; c < classes; c++) {
    const logit = reals[first + c * across]!;
    if (!(logit <= own) || (logit === own && c < label)) rank++;
  }
  return rank;
}

/** Whether a row's classes are all masked. */
function isMasked({ stage, call, across }: Tile, row: number): boolean {
  if (call.silent?.[row] !== 1) return false;
  const { classes } = call.layout;
  const first = stage.index(Slot.mask) + elementOf(row, 0, classes, across);
  for (let c = 0; c < classes; c++) if (stage.reals[first + c * across] !== 0) return false;
  return true;
}

/** Leaves the entropies of the rows' distributions in a slot for numbers by row, and returns its index. */
function entropies(tile: Tile, softmax: ClassKernel, distribution: ClassKernel): number {
  const { stage, call, across } = tile;
  runOver(tile, softmax, undefined, Slot.target);
  stage.set(Call.TARGET, stage.slot(Slot.target));
  setTargetStrides(stage, call.layout, across);
  stage.set(Call.HITS, constant(stage, 2, 0));
  stage.set(Call.HIT_STRIDE, 0);
  runOver(tile, distribution, Slot.weights);
  return stage.index(Slot.weights);
}

/** The sums of a report of labels. */
export function reportSums(
  labels: Labels,
  { weights, classWeights }: { weights?: Numbers; classWeights?: Numbers },
  topK: number,
  softmax: ClassKernel,
  distribution: ClassKernel,
): { visit(tile: Tile): void; report(): ClassReport } {
  let [count, total, divisor, all, hits, topHits, entropy] = [0, 0, 0, 0, 0, 0, 0];
  let sums = new Float64Array(0);
  let divisors = new Float64Array(0);

  function visit(tile: Tile): void {
    const { stage, call, row: first, rows } = tile;
    if (sums.length === 0) {
      sums = new Float64Array(call.layout.classes);
      divisors = new Float64Array(call.layout.classes);
    }
    const values = stage.index(Slot.values);
    const entropyAt = entropies(tile, softmax, distribution);
    for (let i = 0; i < rows; i++) {
      const label = labels[first + i]!;
      const weight = weights === undefined ? 1 : weights[first + i]!;
      if (label === call.ignored) continue;
      count++;
      if (weight === 0) continue;
      const share = weight * (classWeights === undefined ? 1 : classWeights[label]!);
      const loss = weight * stage.reals[values + i]!;
      const rank = rankOf(tile, i, label);
      total += loss;
      divisor += share;
      sums[label]! += loss;
      divisors[label]! += share;
      all += weight;
      if (rank === 0) hits += weight;
      if (rank < topK) topHits += weight;
      if (!isMasked(tile, i)) entropy += weight * stage.reals[entropyAt + i]!;
    }
  }

  return {
    visit,
    report: () => ({
      loss: total / divisor,
      accuracy: hits / all,
      topKAccuracy: topHits / all,
      perplexity: Math.exp(total / divisor),
      meanEntropy: entropy / all,
      perClassLoss: sums.map((sum, c) => sum / divisors[c]!),
      count,
    }),
  };
}
