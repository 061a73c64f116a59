/** With the library's own polynomials in place of `Math`, the plain machine gives the bits of baseline SIMD in every function. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DoubleMachine, SingleMachine } from "../assembly/machine";
import { precisions } from "./available";
import { calls } from "./calls";
import { DoublePolynomialMachine, SinglePolynomialMachine } from "./polynomialMachine";
import { expectSameBits, outcomes } from "./sameBits";

const pairs = [
  [SingleMachine, SinglePolynomialMachine],
  [DoubleMachine, DoublePolynomialMachine],
] as const;
const functionsOf = (machine: { prototype: object }) =>
  Object.getOwnPropertyNames(machine.prototype).filter((name) => name !== "constructor");

// The fallback's machines inherit the functions that are replaced here, and so get them back when these are deleted.
beforeAll(() => {
  for (const [plain, polynomial] of pairs) {
    for (const name of functionsOf(polynomial)) {
      const { value } = Object.getOwnPropertyDescriptor(polynomial.prototype, name)!;
      Object.defineProperty(plain.prototype, name, { value, configurable: true });
    }
  }
});

afterAll(() => {
  for (const [plain, polynomial] of pairs) for (const name of functionsOf(polynomial)) Reflect.deleteProperty(plain.prototype, name);
});

test("the functions that differ are replaced", () => {
  expect(functionsOf(SinglePolynomialMachine)).toContain("exp");
  expect(new SingleMachine(new ArrayBuffer(16)).exp).toBe(new SinglePolynomialMachine(new ArrayBuffer(16)).exp);
});

describe.each(precisions)("%s", (precision) => {
  test.each([
    [2, 1],
    [2, 2],
    [6, 3],
    [14, 17],
    [8, 100],
    [2, 1030],
    // More than a tile in all, and in f64 in a group of a shape.
    [3400, 5],
  ])("%i rows of %i classes, of every function in every layout", async (samples, classes) => {
    await expectSameBits(() => outcomes(calls(samples, classes), precision));
  });
});
