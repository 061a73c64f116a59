/** Runs a computation on the plain machine and on baseline SIMD, and compares the bits. */

import { expect } from "vitest";
import { init } from "../src/index";
import type { Precision } from "./available";
import { arraysOf, bitsOf, type Call } from "./calls";

/** Results by what they are of. */
export type Outcomes = Record<string, Float32Array | Float64Array | number | undefined>;

/** Fails with the names of the results whose bits differ between the machines. */
export async function expectSameBits(compute: () => Outcomes): Promise<void> {
  await init({ backend: "js" });
  const plain = compute();
  await init({ backend: "simd" });
  const simd = compute();
  const different = Object.keys(plain).filter((what) => !bitsOf(plain[what]).equals(bitsOf(simd[what])));
  expect(different).toEqual([]);
  expect(Object.keys(plain).length).toBeGreaterThan(0);
}

/** What the calls return of their operands in a precision. */
export function outcomes(list: readonly Call[], precision: Precision): Outcomes {
  const results: Outcomes = {};
  for (const { what, operands, run } of list) {
    const { out, values } = run(arraysOf(operands, precision));
    results[`${what} output`] = out;
    results[`${what} values`] = values;
  }
  return results;
}
