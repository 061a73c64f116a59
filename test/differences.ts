/** Difference quotients: where a function may be held against them, and how closely. */

import { expect } from "vitest";
import type { Options, PointwiseEntry } from "./catalogue";
import { formulas } from "./formulas";
import type { Random } from "./random";

/** How far around a number the quotient reaches. */
export const stepAt = (x: number) => 1e-5 * (Math.abs(x) || 1);

/** How far a quotient may be from the derivative: by the step's square, and by the rounding of numbers of a size. */
export function slackOf(quotient: number, size: number, step: number): number {
  return 1e-6 * Math.abs(quotient) + (1e-15 * (1 + Math.abs(size))) / step + 1e-8;
}

/** Predictions and targets away from the points where the slope jumps or bends. */
export function smoothPairs({ name, prediction, target }: PointwiseEntry, options: Options, next: Random, count: number) {
  const kink = formulas[name]!.kink ?? (() => Infinity);
  const pairs = Array.from({ length: 200 }, () => [prediction(next), target(next)] as const)
    .filter(([p, t]) => kink(p, t, options) > 1e-3)
    .slice(0, count);
  expect(pairs.length).toBe(count);
  return { p: Float64Array.from(pairs, ([p]) => p), t: Float64Array.from(pairs, ([, t]) => t) };
}
