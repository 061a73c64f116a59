/** The answers that the self-test knows, computed anew with 50 digits; and that it notices what is wrong. */

import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import {
  BINARY_CROSS_ENTROPY,
  BINARY_CROSS_ENTROPY_SLOPES,
  COUNT,
  CROSS_ENTROPY,
  CROSS_ENTROPY_SLOPES,
  LABEL,
  MIDDLE,
  STEP,
} from "../assembly/knownAnswers";
import { moduleOf } from "../src/backends/binaries";
import { precisions, wasmBackends } from "../src/backends/kinds";
import { checkPrecision, selfTest } from "../src/backends/selfTest";

const Exact = Decimal.clone({ precision: 50 });
const indices = Array.from({ length: COUNT }, (_, i) => i);
const logits = indices.map((i) => new Exact(i - MIDDLE).times(STEP));
const sum = (terms: readonly Decimal[]) => terms.reduce((a, b) => a.plus(b), new Exact(0));
const weighted = (slopes: readonly Decimal[]) => sum(slopes.map((slope, i) => slope.times(i + 1))).toNumber();

test("the logits are exact in f32", () => {
  expect(logits.map((x) => Math.fround(x.toNumber()))).toEqual(logits.map((x) => x.toNumber()));
});

test("binary cross-entropy", () => {
  const value = sum(
    logits.map((x, i) =>
      x
        .neg()
        .exp()
        .plus(1)
        .ln()
        .plus(x.times(1 - (i % 2))),
    ),
  );
  expect(BINARY_CROSS_ENTROPY).toBe(value.toNumber());
  expect(BINARY_CROSS_ENTROPY_SLOPES).toBe(weighted(logits.map((x, i) => new Exact(1).div(x.neg().exp().plus(1)).minus(i % 2))));
});

test("cross-entropy", () => {
  const total = sum(logits.map((x) => x.exp()));
  expect(CROSS_ENTROPY).toBe(total.ln().minus(logits[LABEL]!).toNumber());
  expect(CROSS_ENTROPY_SLOPES).toBe(
    weighted(
      logits.map((x, i) =>
        x
          .exp()
          .div(total)
          .minus(i === LABEL ? 1 : 0),
      ),
    ),
  );
});

const cases = wasmBackends.flatMap((backend) => precisions.map((precision) => [backend, precision] as const));

describe.each(cases)("%s, %s", (backend, precision) => {
  const module = moduleOf(backend, precision);
  const { exports } = new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 2 }) } });
  const run = exports as Record<string, (...given: number[]) => number>;
  const call = 65536;

  test("passes", () => {
    expect(() => selfTest(module)).not.toThrow();
    expect(() => checkPrecision(module, precision)).not.toThrow();
  });

  test("is not taken for one of the other precision", () => {
    for (const other of precisions) {
      if (other !== precision) expect(() => checkPrecision(module, other)).toThrow(`this module is no ${other}`);
    }
  });

  test("notices a sum that is a little off", () => {
    run.prepareTest!(call);
    const sum = run.binaryCrossEntropyWithLogits!(0, 0, call);
    expect(run.selfTest!(call, sum)).toBe(0);
    expect(run.selfTest!(call, sum * (1 + 1e-4))).toBe(1);
    expect(run.selfTest!(call, NaN)).toBe(1);
  });

  test("notices a gradient that was not written", () => {
    run.prepareTest!(call);
    expect(run.selfTest!(call, BINARY_CROSS_ENTROPY)).toBe(2);
  });
});
