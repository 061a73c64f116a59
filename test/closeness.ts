/** When a result is close enough: the library's accuracy contract by precision. */

import { expect } from "vitest";
import type { Precision } from "./available";

/**
 * The tolerances of test/oracle/FORMAT.md, relative to the result and to the magnitude of the numbers whose sum it is; in
 * f64 the latter is tighter than there: 64 roundings, for sums of 1000 terms on both sides of the comparison.
 */
const bounds = { f32: { rel: 1e-6, added: 2.4e-7 }, f64: { rel: 1e-12, added: 64 * 2 ** -52 } } as const;

/** A number that a result must meet; `added` is the magnitude of the numbers whose sum it is, where they may cancel. */
export interface Expected {
  readonly is: number;
  readonly added: number;
}

/** Whether a result meets the contract. */
export function meets(precision: Precision, got: number, { is, added }: Expected): boolean {
  const rounded = precision === "f32" ? Math.fround(is) : is;
  if (Number.isNaN(is) || !Number.isFinite(rounded)) return Object.is(got, rounded) || got === is;
  const bound = bounds[precision];
  return Math.abs(got - is) <= bound.rel * Math.abs(is) + bound.added * added + (precision === "f32" ? 2 ** -148 : 0);
}

/** Numbers that a result must meet, each the sum of numbers of the magnitude `added`. Default 0: nothing cancels. */
export function near(numbers: number | ArrayLike<number>, added = 0): Expected[] {
  return Array.from(listed(numbers), (is) => ({ is, added }));
}

const listed = (numbers: number | ArrayLike<number>) => (typeof numbers === "number" ? [numbers] : numbers);

/** Fails at the first element of the result that does not meet `expected`. */
export function expectClose(precision: Precision, result: number | ArrayLike<number>, expected: readonly Expected[], what: string): void {
  const got = listed(result);
  expect(got.length, `${what}: length`).toBe(expected.length);
  const bad = expected.findIndex((e, i) => !meets(precision, got[i]!, e));
  if (bad >= 0) {
    expect.fail(`${what}: element ${bad} of ${got.length} is ${got[bad]}, expected ${expected[bad]!.is} (${precision})`);
  }
}

/** {@link expectClose} of one number. */
export function expectNumber(precision: Precision, got: number, expected: Expected, what: string): void {
  expectClose(precision, [got], [expected], what);
}
