/** The line that a loss fits best to points, found with nothing but the loss's values. */

import type { AnyLoss } from "../catalogue";

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const ROUNDS = 48;

/**
 * Where a convex function of one number is least between two bounds, by golden-section search.
 */
function leastOf(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let [atLeft, atRight] = [f(left), f(right)];
  for (let i = 0; i < ROUNDS; i++) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}

/** Least over the slope of the least over the intercept: both are convex for a convex loss. */
export function fitLine(loss: AnyLoss, xs: readonly number[], ys: readonly number[]): Line {
  const reach = Math.max(...ys.map(Math.abs)) + 1;
  const predictions = new Float64Array(xs.length);
  const targets = Float64Array.from(ys);
  const lossOf = (slope: number, intercept: number) => {
    for (let i = 0; i < xs.length; i++) predictions[i] = slope * xs[i]! + intercept;
    return loss(predictions, targets) as number;
  };
  const interceptFor = (slope: number) => leastOf((intercept) => lossOf(slope, intercept), -3 * reach, 3 * reach);
  const slope = leastOf((candidate) => lossOf(candidate, interceptFor(candidate)), -reach, reach);
  return { slope, intercept: interceptFor(slope) };
}
