/** Inputs that share memory with an output: which must be copied before a sweep of several tiles writes over them. */

import type { Numbers } from "../types";
import type { Values } from "./stage";

/** The array, or a copy of it if it lies across an output's elements without being the very same ones. */
export function apart<A extends Numbers | undefined>(array: A, first: Values | undefined, second?: Values): A {
  return array !== undefined && (across(array, first) || across(array, second)) ? (array.slice() as A) : array;
}

function across(array: Numbers, output: Values | undefined): boolean {
  if (output === undefined || array === output) return false;
  // A plain array has no offset, and is across nothing.
  const { byteOffset } = array as Float32Array;
  const begin = output.byteOffset;
  // Node 20 takes 15 ns for an offset as for `byteLength`, which is spared, and 40 for the buffer, which is asked for last.
  return byteOffset < begin + bytesOf(output) && begin < byteOffset + bytesOf(array) && (array as Float32Array).buffer === output.buffer;
}

function bytesOf(array: Numbers): number {
  return array.length * (array as Float32Array).BYTES_PER_ELEMENT;
}
