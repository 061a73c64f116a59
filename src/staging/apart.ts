/** Inputs that share memory with an output: which must be copied before a sweep of several tiles writes over them. */

import { overlap } from "../overlap";
import type { Numbers } from "../types";
import type { Values } from "./stage";

/** The array, or a copy of it if it lies across an output's elements without being the very same ones. */
export function apart<A extends Numbers | undefined>(array: A, first: Values | undefined, second?: Values, third?: Values): A {
  return array !== undefined && (across(array, first) || across(array, second) || across(array, third)) ? (array.slice() as A) : array;
}

function across(array: Numbers, output: Values | undefined): boolean {
  return output !== undefined && array !== output && overlap(array, output);
}
