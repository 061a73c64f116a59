/** Baseline SIMD and the plain machine give the same bits, where nothing but arithmetic is at work. */

import { describe, expect, test } from "vitest";
import { backends, type Precision, precisions, typed } from "./available";
import { calls } from "./calls";
import { classLosses, inputLosses, penalties, pointwiseLosses, rowLosses } from "./catalogue";
import { between, draws, random } from "./random";
import { reductions } from "./reference";
import { expectSameBits, outcomes } from "./sameBits";

const lengths = [...Array.from({ length: 40 }, (_, i) => i), 63, 64, 65, 255, 256, 257, 4095, 4097, 8192, 8193, 16384, 16391, 40000];
const arithmetic = [...pointwiseLosses, ...classLosses, ...inputLosses, ...rowLosses].filter((entry) => entry.arithmetic);

test("both machines run here", () => {
  expect(backends).toContain("js");
  expect(backends).toContain("simd");
});

describe.each(precisions)("%s", (precision: Precision) => {
  test.each(pointwiseLosses.filter((entry) => entry.arithmetic).map((entry) => [entry.name, entry] as const))("%s", async (_, entry) => {
    const { loss, settings } = entry;
    await expectSameBits(() => {
      const results: Record<string, Float32Array | Float64Array | number> = {};
      for (const length of lengths) {
        const next = random(length);
        const p = typed(precision, draws(next, length, entry.prediction));
        const t = typed(precision, draws(next, length, entry.target));
        const weights = typed(
          precision,
          draws(next, length, (u) => u()),
        );
        for (const [i, own] of settings.entries()) {
          for (const reduction of reductions) {
            for (const options of [
              { ...own, reduction },
              { ...own, reduction, weights },
            ]) {
              const what = `${length} ${i} ${reduction} ${"weights" in options}`;
              const { value, grad } = loss.valueAndGrad(p, t, options);
              results[`${what} value`] = value;
              results[`${what} gradient`] = grad;
            }
          }
        }
      }
      return results;
    });
  });

  test.each(penalties.map((penalty) => [penalty.penaltyName, penalty] as const))("%s", async (_, penalty) => {
    await expectSameBits(() => {
      const results: Record<string, Float32Array | Float64Array | number> = {};
      for (const length of lengths) {
        const x = typed(
          precision,
          draws(random(length), length, (next) => between(next, -4, 4)),
        );
        const { value, grad } = penalty.valueAndGrad(x, { lambda: 0.3 });
        results[`${length} value`] = value;
        results[`${length} gradient`] = grad;
      }
      return results;
    });
  });

  test.each([
    [2, 1],
    [6, 3],
    [14, 17],
    [100, 40],
    [10000, 5],
  ])("%i rows of %i classes, in every layout", async (samples, classes) => {
    const names = arithmetic.map(({ name }) => name);
    const list = calls(samples, classes).filter(({ what }) => names.some((name) => what.startsWith(`${name} `)));
    expect(list.some(({ what }) => what.startsWith("nll"))).toBe(true);
    await expectSameBits(() => outcomes(list, precision));
  });
});
