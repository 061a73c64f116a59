/** When a result is close enough: the library's accuracy contract by precision. */

import { expect } from "vitest";
import type { Precision } from "./available";

/** Relative tolerance, and twice the unit in the last place of 1. */
const bounds = { f32: { rel: 1e-6, ulps: 2 * 2 ** -23 }, f64: { rel: 1e-12, ulps: 2 * 2 ** -52 } } as const;

/** A number that a result must meet; `added` is the magnitude of the numbers whose sum it is, where they may cancel. */
export interface Expected {
  readonly is: number;
  readonly added: number;
}

/** Whether a result meets the contract. */
export function meets(precision: Precision, got: number, { is, added }: Expected): boolean {
  const rounded = precision === "f32" ? Math.fround(is) : is;
  if (Number.isNaN(is) || !Number.isFinite(rounded)) return Object.is(got, rounded) || got === is;
  const { rel, ulps } = bounds[precision];
  return Math.abs(got - is) <= rel * Math.abs(is) + ulps * added + (precision === "f32" ? 2 ** -148 : 0);
}

/** Fails at the first element of `got` that does not meet `expected`. */
export function expectClose(precision: Precision, got: ArrayLike<number>, expected: readonly Expected[], what: string): void {
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
