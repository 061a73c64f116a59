/** A user's own formula has the face of a built-in loss, and gives what the built-in one of the same formula gives. */

import { beforeAll, describe, expect, test } from "vitest";
import { arena, defineLoss, huber, init, mse } from "../src/index";
import { backends, precisions, typed } from "./available";
import { expectClose, near } from "./closeness";
import { between, draws, random } from "./random";
import { pointwiseResult, reductions } from "./reference";

const cauchy = defineLoss({
  name: "cauchy",
  options: { scale: 1 },
  value: (p, t, { scale }) => Math.log1p(((p - t) / scale) ** 2),
  grad: (p, t, { scale }) => (2 * (p - t)) / (scale ** 2 + (p - t) ** 2),
});
const squared = defineLoss({ value: (p, t) => (p - t) ** 2, grad: (p, t) => 2 * (p - t) });
const ownHuber = defineLoss({
  name: "huber",
  options: { delta: 1 },
  value: (p, t, { delta }) => Math.min(Math.abs(p - t), delta) * (Math.abs(p - t) - Math.min(Math.abs(p - t), delta) / 2),
  grad: (p, t, { delta }) => Math.max(Math.min(p - t, delta), -delta),
});
/** The same formula in the terms of the reference. */
const formula = {
  value: (p: number, t: number, { scale = 1 }: { scale?: number }) => Math.log(1 + ((p - t) / scale) ** 2),
  slope: (p: number, t: number, { scale = 1 }: { scale?: number }) => (2 * (p - t)) / (scale ** 2 + (p - t) ** 2),
  added: () => ({ value: 1, slope: 0 }),
};

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
    const next = random(11);
    const p = typed(
      precision,
      draws(next, 5000, (u) => between(u, -3, 3)),
    );
    const t = typed(
      precision,
      draws(next, 5000, (u) => between(u, -3, 3)),
    );
    const weights = [
      ...typed(
        precision,
        draws(next, 2500, (u) => u()),
      ),
    ];

    test.each(reductions)("%s equals the formula", (reduction) => {
      for (const own of [{}, { scale: 0.5 }]) {
        const expected = pointwiseResult(formula as never, p, t, own, { reduction, weights });
        const { value, grad } = cauchy.valueAndGrad(p, t, { ...own, reduction, weights });
        expectClose(precision, value, expected.value, "value");
        expectClose(precision, grad, expected.grad, "gradient");
        expect(cauchy.grad(p, t, { ...own, reduction, weights })).toEqual(grad);
        expect(cauchy(p, t, { ...own, reduction, weights })).toEqual(value);
      }
    });

    test("the same formula has the built-in loss's results", () => {
      for (const [mine, builtIn] of [
        [squared(p, t), mse(p, t)],
        [ownHuber(p, t, { delta: 0.75 }), huber(p, t, { delta: 0.75 })],
      ] as const) {
        expectClose(precision, mine, near(builtIn), "mean");
      }
      expectClose(precision, squared.grad(p, t), near(mse.grad(p, t)), "gradient");
      expectClose(precision, ownHuber.grad(p, t, { upstream: 3 }), near(huber.grad(p, t, { upstream: 3 })), "gradient");
    });

    test("out may be the prediction, or lie in an arena", () => {
      const expected = cauchy.grad(p, t);
      const x = p.slice();
      expect(cauchy.grad(x, t, { out: x })).toBe(x);
      expect(x).toEqual(expected);
      const memory = arena(1 << 20);
      const own = precision === "f32" ? memory.float32(5000) : memory.float64(5000);
      own.set(p);
      expect(cauchy.grad(own, t, { out: own })).toEqual(expected);
    });
  });

  test("faults of the call are refused as those of built-in losses", () => {
    expect(() => cauchy([1], [1], { scael: 2 } as object)).toThrow(
      new TypeError('option "scael" is not known here: expected one of scale, reduction, weights, out, upstream'),
    );
    expect(() => cauchy([1], [1, 2])).toThrow(new RangeError("target must have the prediction's length, 1, got 2"));
    expect(() => cauchy([1], [1], { scale: NaN })).toThrow(new RangeError("scale must be a number, got NaN"));
    expect(() => cauchy([1], [1], { scale: "1" as never })).toThrow(new TypeError('scale must be a number, got the string "1"'));
  });

  test("an error of the formula comes through, and the loss works after it", () => {
    let fail = true;
    const failing = defineLoss({
      value: (p) => {
        if (fail) throw new Error("no value");
        return p;
      },
      grad: () => 1,
    });
    expect(() => failing([1], [1])).toThrow(new Error("no value"));
    fail = false;
    expect(failing([1, 3], [0, 0])).toBe(2);
  });

  test("a definition that is none", () => {
    const formula = { value: () => 0, grad: () => 0 };
    expect(() => defineLoss(undefined as never)).toThrow(new TypeError("options must be an object, got undefined"));
    expect(() => defineLoss({ ...formula, nmae: "cauchy" } as never)).toThrow(
      new TypeError('option "nmae" is not known here: expected one of name, value, grad, hess, options'),
    );
    expect(() => defineLoss({ ...formula, name: 5 as never })).toThrow(new TypeError("name must be a string, got 5"));
    for (const option of ["weights", "reduction", "hessian"]) {
      expect(() => defineLoss({ ...formula, options: { [option]: 1 } })).toThrow(
        new RangeError(`option "${option}" is one that every loss has: expected another name`),
      );
    }
  });

  test.each([
    [5, "options must be an object of numbers by name, got 5"],
    [[1], "options must be an object of numbers by name, got an Array"],
    [null, "options must be an object of numbers by name, got null"],
    [new Map([["a", 1]]), "options must be an object of numbers by name, got a Map"],
    [{ a: true }, "a must be a number, got true"],
    [{ a: undefined }, "a must be a number, got undefined"],
  ])("defaults %j", (options, message) => {
    expect(() => defineLoss({ value: () => 0, grad: () => 0, options: options as never })).toThrow(new TypeError(message));
  });

  test("what becomes of the definition after it was given is nothing to the loss", () => {
    const definition = {
      options: { scale: 2 },
      value: (p: number, _t: number, { scale }: { scale: number }) => scale * p,
      grad: () => 1,
      hess: () => 3,
    };
    const scaled = defineLoss(definition);
    definition.value = () => 7;
    definition.grad = () => 7;
    definition.hess = () => 7;
    definition.options.scale = 7;
    expect(scaled([1], [0])).toBe(2);
    expect(scaled.gradAndHess([1], [0])).toEqual({ grad: Float64Array.of(1), hess: Float64Array.of(3) });
  });

  test("a formula may call losses, its own kind among them", () => {
    const inner = defineLoss({ value: (p, t) => (p - t) ** 2, grad: (p, t) => 2 * (p - t) });
    const middle = defineLoss({ value: (p, t) => inner([p, 0], [t, 0], { reduction: "sum" }), grad: (p, t) => inner.grad([p], [t])[0]! });
    const outer = defineLoss({
      value: (p, t) => middle(new Float64Array(5).fill(p), new Float64Array(5).fill(t)) + mse([p], [t]),
      grad: (p, t) => middle.grad([p], [t])[0]! + mse.grad([p], [t])[0]!,
    });
    const [p, t] = [
      [5, 1, 3, -2],
      [0, 0, 1, 0],
    ];
    expect([...outer(p, t, { reduction: "none" })]).toEqual([50, 2, 8, 8]);
    expect([...outer.grad(p, t, { reduction: "sum" })]).toEqual([20, 4, 8, -8]);
    const failing = defineLoss({
      value: () => {
        throw new Error("no value");
      },
      grad: () => 0,
    });
    const catching = defineLoss({
      value: (p) => {
        expect(() => failing([p, p], [0, 0])).toThrow("no value");
        return p;
      },
      grad: () => 1,
    });
    expect([...catching(p, t, { reduction: "none" })]).toEqual(p);
  });

  test("a formula cannot change its options' defaults", () => {
    const greedy = defineLoss({
      options: { scale: 1 },
      value: (p, _t, options) => {
        (options as { scale: number }).scale += 1;
        return p;
      },
      grad: () => 0,
    });
    expect(() => greedy([1], [1])).toThrow(TypeError);
    expect(greedy.parameters).toEqual({ scale: { default: 1 } });
  });

  test("its name and parameters are told", () => {
    expect(cauchy.lossName).toBe("cauchy");
    expect(squared.lossName).toBe("custom");
    expect(cauchy.parameters).toEqual({ scale: { default: 1 } });
    expect(cauchy([], [])).toBeNaN();
  });

  test("NaN comes out where NaN goes in, and a weight of 0 silences it", () => {
    expect(cauchy([NaN, 1], [1, 1])).toBeNaN();
    expect(cauchy([NaN, 2], [1, 1], { weights: [0, 1] })).toBe(Math.log1p(1));
  });
});
