/** The reduction `"batchMean"`: the sum over the number of samples, which `classes` or `shape` tell. */

import { checkReduction, reductions } from "../checks";
import { batchOf, type LayoutOptions } from "../layout";
import type { Reduction } from "../types";

/** The names of its options. */
export const batchOptions = ["classes", "shape"] satisfies (keyof LayoutOptions)[];

/** The number of samples of `count` elements if the sum is to be divided by it. */
export function batchMean(count: number, options: LayoutOptions & { reduction?: Reduction | "batchMean" }): number | undefined {
  const size = batchOf(count, options);
  if (checkReduction(options.reduction, [...reductions, "batchMean"]) !== "batchMean") return undefined;
  if (size === undefined) throw new TypeError('classes (or shape) must be given with reduction "batchMean", got neither');
  return size;
}
