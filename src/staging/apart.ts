/** Inputs that share memory with an output: which must be copied before a sweep of several tiles writes over them. */

import type { Numbers } from "../types";
import type { Values } from "./stage";

/** The array, or a copy of it if it lies across an output's elements without being the very same ones. */
export function apart<A extends Numbers | undefined>(array: A, first: Values | undefined, second?: Values): A {
  return array !== undefined && (across(array, first) || across(array, second)) ? (array.slice() as A) : array;
}

function across(array: Numbers, output: Values | undefined): boolean {
  if (output === undefined || array === output) return false;
  // A plain array has none of these, and is across nothing.
  const { byteOffset, byteLength } = array as Float32Array;
  const end = output.byteOffset + output.byteLength;
  // The buffer is asked for last: it takes 40 ns.
  return byteOffset < end && output.byteOffset < byteOffset + byteLength && (array as Float32Array).buffer === output.buffer;
}
