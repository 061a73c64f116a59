/** Contrast within a batch: the cross-entropy of each query's similarities to all keys, of which one is its own. */

import type { CheckedCall } from "../face/samples";
import { type Matrix, product } from "../staging/matrices";
import type { Numbers } from "../types";
import { crossEntropy } from "./crossEntropy";

/** Similarities that are at work at a time. */
const BLOCK = 262144;

/** A call of InfoNCE: vectors of `dimensions`; the key of each query is that of the same index. */
export function contrastCall(queries: Numbers, keys: Numbers, dimensions: number, temperature: number, normalize: boolean): CheckedCall {
  const samples = queries.length / dimensions;
  const count = keys.length / dimensions;
  return {
    samples,
    run(_, factors, grads) {
      const [q, queryNorms] = directions(queries, dimensions, normalize);
      const [k, keyNorms] = directions(keys, dimensions, normalize);
      const values = new Float64Array(samples);
      const most = Math.max(1, Math.floor(BLOCK / Math.max(count, 1)));
      const queryGradient = new Float64Array(factors === undefined ? 0 : queries.length);
      const keyGradient = new Float64Array(factors === undefined ? 0 : keys.length);
      for (let first = 0; first < samples; first += most) {
        const rows = Math.min(most, samples - first);
        const block = { numbers: q.numbers.subarray(first * dimensions, (first + rows) * dimensions), rows, columns: dimensions };
        const similarities = product(block, k, { transposeB: true }).numbers;
        for (let i = 0; i < similarities.length; i++) similarities[i]! /= temperature;
        const own = new Int32Array(rows).map((_, i) => first + i);
        const options = { classes: count, reduction: "none" } as const;
        if (factors === undefined) {
          values.set(crossEntropy(similarities, own, options), first);
          continue;
        }
        const share = factors.subarray(first, first + rows);
        const { value, grad: slopes } = crossEntropy.valueAndGrad(similarities, own, { ...options, upstream: share, out: similarities });
        values.set(value, first);
        const gradient: Matrix = { numbers: slopes, rows, columns: count };
        for (let i = 0; i < slopes.length; i++) slopes[i]! /= temperature;
        // A query whose factor is 0 is silent, even if it is NaN.
        const silenced = share.includes(0) ? silence(block, share) : block;
        queryGradient.set(product(gradient, k).numbers, first * dimensions);
        const part = product(gradient, silenced, { transposeA: true }).numbers;
        for (let i = 0; i < part.length; i++) keyGradient[i]! += part[i]!;
      }
      if (factors !== undefined) {
        for (let i = 0; i < samples; i++) if (factors[i] === 0) queryGradient.fill(0, i * dimensions, (i + 1) * dimensions);
        project(queryGradient, q, queryNorms, factors);
        project(keyGradient, k, keyNorms);
        grads[0]!.set(queryGradient);
        grads[1]!.set(keyGradient);
      }
      return values;
    },
  };
}

/** The vectors in f64, each divided by its length if `normalize`, and their lengths. */
function directions(vectors: Numbers, dimensions: number, normalize: boolean): [Matrix, Float64Array | undefined] {
  const numbers = Float64Array.from(vectors);
  const rows = numbers.length / dimensions;
  const matrix = { numbers, rows, columns: dimensions };
  if (!normalize) return [matrix, undefined];
  const norms = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let c = 0; c < dimensions; c++) sum += numbers[i * dimensions + c]! ** 2;
    const norm = Math.sqrt(sum);
    norms[i] = norm < LEAST ? LEAST : norm;
    for (let c = 0; c < dimensions; c++) numbers[i * dimensions + c]! /= norms[i]!;
  }
  return [matrix, norms];
}

/** The least length that a vector is divided by, as in PyTorch's `normalize`. */
const LEAST = 1e-12;

/** The gradient with respect to the vectors, from that with respect to their directions. */
function project(
  gradient: Float64Array,
  { numbers, rows, columns }: Matrix,
  norms: Float64Array | undefined,
  factors?: Float64Array,
): void {
  if (norms === undefined) return;
  for (let i = 0; i < rows; i++) {
    if (factors?.[i] === 0) continue;
    let along = 0;
    for (let c = i * columns; c < (i + 1) * columns; c++) along += gradient[c]! * numbers[c]!;
    // Below the least length, the length is a constant.
    if (norms[i] === LEAST) along = 0;
    for (let c = i * columns; c < (i + 1) * columns; c++) gradient[c] = (gradient[c]! - numbers[c]! * along) / norms[i]!;
  }
}

/** The matrix with zeros in the rows whose factor is 0. */
function silence({ numbers, rows, columns }: Matrix, factors: Float64Array): Matrix {
  const copy = numbers.slice();
  for (let i = 0; i < rows; i++) if (factors[i] === 0) copy.fill(0, i * columns, (i + 1) * columns);
  return { numbers: copy, rows, columns };
}
