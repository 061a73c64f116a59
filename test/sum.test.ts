/** Sums without rounding error, held against sums of integers. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { addExactly, type ExactSum, rounded, sumOf } from "../src/face/sum";
import { correctlyRounded } from "./exactNumbers";
import { draws, random } from "./random";

function added(terms: readonly number[]): ExactSum {
  const parts: ExactSum = [];
  addExactly(parts, terms);
  return parts;
}

/** Numbers of every size and sign whose sums stay in the range of f64, beside ones that cancel them or fall half way. */
const terms = fc
  .array(
    fc.oneof(
      fc.double({ min: -1e300, max: 1e300, noNaN: true }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.constantFrom(1, 2 ** 53, 2 ** -53, 2 ** -106, 1e16, 5e-324, 0),
    ),
    { maxLength: 60 },
  )
  .chain((xs) => fc.shuffledSubarray([...xs, ...xs.map((x) => -x)]));

test("correctly rounded, in any order, read at any time", () => {
  fc.assert(
    fc.property(terms, fc.nat(), (xs, cut) => {
      const sum = rounded(added(xs));
      expect(correctlyRounded(sum, xs)).toBe(true);
      expect(rounded(added(xs.toReversed()))).toBe(sum);
      const parts = added(xs.slice(0, cut));
      expect(correctlyRounded(rounded(parts), xs.slice(0, cut))).toBe(true);
      addExactly(parts, xs.slice(cut));
      expect(rounded(added(parts))).toBe(sum);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  [[], 0],
  [[-0], 0],
  [[1e16, 1, -1e16], 1],
  [[1e200, 1e100, 1, -1e100, -1e200], 1],
  [[1, 2 ** -53, 2 ** -106], 1 + 2 ** -52],
  [[1, 2 ** -53, -(2 ** -106)], 1],
  [[5e-324, 5e-324], 1e-323],
  [[Infinity, 1, -5], Infinity],
  [[1, -Infinity, 2 ** -53], -Infinity],
  [[1, 2 ** -53, Infinity, Infinity], Infinity],
  [[Infinity, -Infinity], NaN],
  [[1, NaN, 2], NaN],
  [[NaN, Infinity], NaN],
  [[1e308, 1e308], Infinity],
  [[-1e308, -1e308, -1e308, 3], -Infinity],
])("%j", (xs, expected) => {
  expect(rounded(added(xs))).toBe(expected);
  const both = added(xs.slice(1));
  addExactly(both, added(xs.slice(0, 1)));
  expect(rounded(both)).toBe(expected);
});

test("sums of a million weights have 14 digits", () => {
  expect(sumOf(new Float64Array(1e6).fill(0.1))).toBeCloseTo(1e5, 8);
  const weights = draws(random(1), 1e6, (next) => next());
  expect(Math.abs(sumOf(weights) / rounded(added(weights)) - 1)).toBeLessThan(3e-14);
});
