/** Inputs that share memory with an output: which must be copied before a sweep of several tiles writes over them. */

import type { Numbers } from "../types";

/** The array, or a copy of it if it lies across an output's elements without being the very same ones. */
export function apart<A extends Numbers | undefined>(array: A, ...outputs: readonly (Float32Array | Float64Array | undefined)[]): A {
  const destroyed = outputs.some((output) => {
    if (output === undefined || array === output || !ArrayBuffer.isView(array) || array.buffer !== output.buffer) return false;
    return array.byteOffset < output.byteOffset + output.byteLength && output.byteOffset < array.byteOffset + array.byteLength;
  });
  return destroyed ? (array!.slice() as A) : array;
}
