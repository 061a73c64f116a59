/** What elementwise functions must return, from their textbook formulas and the definition of the shared options. */

import type { Options } from "./catalogue";
import type { Expected } from "./closeness";
import type { Formula } from "./formulas";

/** What becomes of the values of the samples. */
export const reductions = ["mean", "sum", "none"] as const;

/** The options that all losses share, as plain numbers. */
export interface Shared {
  readonly reduction?: (typeof reductions)[number];
  readonly weights?: readonly number[];
  readonly upstream?: number | readonly number[];
}

/** A loss's value (one number, or one for each element) and gradient. */
export interface Result {
  readonly value: readonly Expected[];
  readonly grad: readonly Expected[];
}

/** A number times a factor. */
export function scaled({ is, added }: Expected, factor: number): Expected {
  return factor === 0 ? { is: 0, added: 0 } : { is: is * factor, added: added * Math.abs(factor) };
}

/** The sum, and the magnitude of its rounding. */
export function summed(terms: readonly Expected[]): Expected {
  return terms.reduce((sum, term) => ({ is: sum.is + term.is, added: sum.added + term.added }), { is: 0, added: 0 });
}

const nothing = { value: 0, slope: 0 };

/** The numbers, for a loss whose option `posWeight` may hold one for each label of the last axis, or of the second of `shape`. */
function optionsAt(options: Options, index: number): Options {
  const { posWeight, shape } = options;
  const positions = shape === undefined ? 1 : (shape as readonly number[])[2]!;
  return Array.isArray(posWeight) ? { ...options, posWeight: posWeight[Math.floor(index / positions) % posWeight.length] } : options;
}

/** Expected outputs of an activation, and its vector-Jacobian product. */
export function activationResult(formula: Formula, x: ArrayLike<number>, upstream: ArrayLike<number>, options: Options): Result {
  const added = (at: number) => formula.added?.(at, 0, options) ?? nothing;
  return {
    value: Array.from(x, (at) => ({ is: formula.value(at, 0, options), added: added(at).value })),
    grad: Array.from(x, (at, i) => scaled({ is: formula.slope(at, 0, options), added: added(at).slope }, upstream[i]!)),
  };
}

/** Expected value and gradient of a pointwise loss. */
export function pointwiseResult(
  formula: Formula,
  p: ArrayLike<number>,
  t: ArrayLike<number>,
  options: Options = {},
  { reduction = "mean", weights, upstream = 1 }: Shared = {},
): Result {
  const count = p.length;
  const repeat = weights === undefined ? 1 : count / weights.length;
  const weightOf = (i: number) => (weights === undefined ? 1 : weights[Math.floor(i / repeat)]!);
  const terms = Array.from({ length: count }, (_, i) => {
    const added = formula.added?.(p[i]!, t[i]!, optionsAt(options, i)) ?? nothing;
    return scaled({ is: formula.value(p[i]!, t[i]!, optionsAt(options, i)), added: added.value }, weightOf(i));
  });
  const weight = weights === undefined || formula.meanOver === "elements" ? count : weights.reduce((a, b) => a + b, 0) * repeat;
  const divisor = reduction === "mean" ? weight : 1;
  const grad = Array.from({ length: count }, (_, i) => {
    const added = formula.added?.(p[i]!, t[i]!, optionsAt(options, i)) ?? nothing;
    const seed = (typeof upstream === "number" ? upstream : upstream[i]!) / divisor;
    return scaled(
      { is: formula.slope(p[i]!, t[i]!, optionsAt(options, i)), added: added.slope },
      weightOf(i) === 0 ? 0 : weightOf(i) * seed,
    );
  });
  if (reduction === "none") return { value: terms, grad };
  const sum = summed(terms);
  return { value: [{ is: sum.is / divisor, added: sum.added / divisor }], grad };
}
