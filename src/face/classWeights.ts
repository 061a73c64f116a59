/** What class weights and label smoothing make of targets, and of what the mean divides by. */

import type { Labels, Numbers } from "../types";
import { sumOf } from "./sum";

/** The same share of the target for each class, times the class's weight. */
export function shares(classes: number, share: number, classWeights: Numbers | undefined): Float64Array {
  return Float64Array.from({ length: classes }, (_, c) => share * (classWeights?.[c] ?? 1));
}

/** What label smoothing by `epsilon` and class weights make of a target: t becomes t keep + add, by class. */
export function mixture(classes: number, epsilon: number, classWeights: Numbers | undefined): { keep: Float64Array; add: Float64Array } {
  return { keep: shares(classes, 1 - epsilon, classWeights), add: shares(classes, epsilon / classes, classWeights) };
}

/** The sum of the weights of the samples that are not ignored. */
export function usedWeight(labels: Labels, ignored: number, weights: Numbers | undefined, classWeights: Numbers | undefined): number {
  const used = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label !== ignored) used[i] = (weights?.[i] ?? 1) * (classWeights?.[label] ?? 1);
  }
  return sumOf(used);
}
