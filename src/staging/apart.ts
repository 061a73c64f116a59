/** Inputs that share memory with the output: which must be copied before a sweep of several tiles writes over them. */

import type { Numbers } from "../types";

/** The array, or a copy of it if it lies across the output's elements without being the very same ones. */
export function apart<A extends Numbers>(array: A, output: Float32Array | Float64Array | undefined): A {
  if (output === undefined || array === (output as Numbers) || !ArrayBuffer.isView(array) || array.buffer !== output.buffer) return array;
  const disjoint = array.byteOffset >= output.byteOffset + output.byteLength || output.byteOffset >= array.byteOffset + array.byteLength;
  return disjoint ? array : (array.slice() as A);
}
