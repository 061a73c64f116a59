/** Losses of sums over two rows: their moments, a formula of these, and gradients that combine the rows. */

import { type Layout, type LayoutOptions, layoutOf } from "../layout";
import { stageFor } from "../staging/stages";
import { COEFFICIENTS, combineRows, MOMENTS, momentsOf } from "../staging/vectors";
import type { Numbers } from "../types";
import type { CheckedCall } from "./samples";

/** The sums of a row, of which x is the first array and t the second. */
export interface Moments {
  xt: number;
  xx: number;
  tt: number;
  x: number;
  t: number;
}

/** What a loss makes of a row's moments: its value, and the gradients k + kx x + kt t with respect to x, then t. */
export interface RowResult {
  value: number;
  k: number;
  kx: number;
  kt: number;
  /** Only of a loss that has a gradient for t. */
  other?: { kx: number; kt: number };
}

/** The names of the options that say where the vectors are. */
export const vectorOptions: readonly string[] = ["dimensions", "shape", "axis"];

/** The options that say where the vectors are. */
export interface VectorOptions extends Omit<LayoutOptions, "classes"> {
  /** Elements of a vector, the last axis of the data. Default: all the data are one vector. */
  dimensions?: number | undefined;
}

/** Where the vectors stand in data of `length` elements. */
export function vectorsOf(length: number, { dimensions, shape, axis }: VectorOptions): Layout {
  const one = { groups: length === 0 ? 0 : 1, classes: length, positions: 1 };
  return layoutOf(length, { classes: dimensions, shape, axis }, -1, "dimensions") ?? one;
}

/** A call of a loss of moments. */
export function momentCall(layout: Layout, x: Numbers, t: Numbers, formula: (sums: Moments, sample: number) => RowResult): CheckedCall {
  const samples = layout.groups * layout.positions;
  return {
    samples,
    run(precision, factors, grads) {
      const stage = stageFor(precision, x, t, grads[0]);
      const sums = momentsOf(stage, layout, x, t);
      const values = new Float64Array(samples);
      const coefficients = grads.map(() => new Float64Array(samples * COEFFICIENTS));
      for (let i = 0; i < samples; i++) {
        const at = i * MOMENTS;
        const row = formula({ xt: sums[at]!, xx: sums[at + 1]!, tt: sums[at + 2]!, x: sums[at + 3]!, t: sums[at + 4]! }, i);
        values[i] = row.value;
        if (factors === undefined || factors[i] === 0) continue;
        const factor = factors[i]!;
        put(coefficients[0]!, i, factor * row.k, factor * row.kx, factor * row.kt);
        if (row.other !== undefined) put(coefficients[1]!, i, 0, factor * row.other.kx, factor * row.other.kt);
      }
      if (factors !== undefined) combineRows(stage, layout, x, t, coefficients, grads);
      return values;
    },
  };
}

/** A row's coefficients, one by one: an array of them would take longer to copy than the row. */
function put(coefficients: Float64Array, row: number, k: number, kx: number, kt: number): void {
  const at = row * COEFFICIENTS;
  coefficients[at] = k;
  coefficients[at + 1] = kx;
  coefficients[at + 2] = kt;
}
