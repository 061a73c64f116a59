/** The sum of an array of any kind: of weights, which a mean divides by. */

import type { Numbers } from "../types";

export function sumOf(numbers: Numbers): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}
