/** Wrong calls of what works element by element: losses, penalties, activations; and calls with nothing in them. */

import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { arena, crossEntropy, defineLoss, init, mse } from "../src/index";
import { arrayOf, backends, precisions } from "./available";
import { activations, elementActivations, penalties, pointwiseLosses, reducing } from "./catalogue";
import {
  expectRefused,
  type Mistake,
  numbers,
  reals,
  six,
  wrongEntries,
  wrongKinds,
  wrongOptions,
  wrongOuts,
  wrongParameters,
  wrongShared,
} from "./mistakes";

const integers: readonly (readonly [unknown, string])[] = [
  [new Int32Array(6), "an Int32Array"],
  [new Uint8Array(6), "a Uint8Array"],
];

const weightMistakes: readonly Mistake[] = [4, 0, 12].map((length) => ({
  what: `${length} weights for 6 elements`,
  options: { weights: new Float64Array(length) },
  error: RangeError,
  message: `weights must have a number for each element or sample of 6 elements, got ${length}`,
}));

const batchMistakes: readonly Mistake[] = [
  {
    what: "batchMean of no shape",
    options: { reduction: "batchMean" },
    error: TypeError,
    message: 'classes (or shape) must be given with reduction "batchMean", got neither',
  },
  {
    what: "classes that do not divide",
    options: { reduction: "batchMean", classes: 4 },
    error: RangeError,
    message: "the number of elements must be a multiple of classes, 4, got 6",
  },
  {
    what: "a shape of another size",
    options: { reduction: "batchMean", shape: [2, 4] },
    error: RangeError,
    message: "shape must be of 6 elements, the data's length, got [2, 4] of 8",
  },
];

const powerMistakes: readonly Mistake[] = [0.5, Number.MIN_VALUE, 0.999].map((power) => ({
  what: `power ${power}`,
  options: { power },
  error: RangeError,
  message: `power must be at most 0 or at least 1, got ${power}`,
}));

const posWeightMistakes: readonly Mistake[] = [
  { what: "posWeight -1", options: { posWeight: -1 }, error: RangeError, message: "posWeight must be at least 0, got -1 at index 0" },
  {
    what: "posWeight NaN",
    options: { posWeight: [1, NaN] },
    error: RangeError,
    message: "posWeight must be at least 0, got NaN at index 1",
  },
  { what: "posWeight a string", options: { posWeight: "1" }, error: TypeError, message: `posWeight ${numbers}, got the string "1"` },
  {
    what: "posWeight of a length that does not divide",
    options: { posWeight: [1, 1, 1, 1] },
    error: RangeError,
    message: "posWeight must have one number for each label of the last axis of 6 elements, got 4",
  },
  {
    what: "posWeight of another length than the axis",
    options: { posWeight: [1, 1], shape: [1, 3, 2] },
    error: RangeError,
    message: "posWeight must have one number for each label, 3, got 2",
  },
  { what: "axis alone", options: { posWeight: [1, 1], axis: 0 }, error: TypeError, message: "axis must come with shape, got axis alone" },
];

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(pointwiseLosses.map((entry) => [entry.name, entry.loss] as const))("%s", (_name, loss) => {
    const weighted = loss.options.has("posWeight");
    const batched = loss.options.has("classes");
    const own = [...(batched ? ["classes", "shape"] : []), ...(weighted ? ["posWeight", "shape", "axis"] : [])];
    const known = [...Object.keys(loss.parameters), ...own, "reduction", "weights", "out", "upstream"];
    const mistakes: readonly Mistake[] = [
      ...wrongKinds("first", `prediction ${reals}`, integers),
      ...wrongEntries("first", "prediction"),
      ...wrongKinds("second", `target ${numbers}`),
      ...wrongEntries("second", "target"),
      ...[5, 7, 0].map((length) => ({
        what: `target of ${length}`,
        second: new Float64Array(length),
        error: RangeError,
        message: `target must have the prediction's length, 6, got ${length}`,
      })),
      ...wrongOptions(known),
      ...wrongParameters(loss.parameters),
      ...wrongShared(6, batched ? "one of mean, sum, none, batchMean" : undefined),
      ...(batched ? batchMistakes : []),
      ...("power" in loss.parameters ? powerMistakes : []),
      ...weightMistakes,
      ...(weighted ? posWeightMistakes : []),
      ...wrongOuts(),
    ];
    const right = [six(), six(), {}];
    test.each(mistakes.map((mistake) => [mistake.what, mistake] as const))("%s", (_, mistake) => {
      expectRefused(mistake, loss.grad as never, right);
      expectRefused(mistake, loss.valueAndGrad as never, right);
      if (mistake.out === undefined) expectRefused(mistake, loss as never, right);
      else expectRefused({ ...mistake, options: { ...(mistake.options as object), reduction: "none" } }, loss as never, right);
    });
  });

  describe.each(penalties.map((penalty) => [penalty.penaltyName, penalty] as const))("%s", (_, penalty) => {
    const mistakes: readonly Mistake[] = [
      ...wrongKinds("first", `parameters ${reals}`, integers),
      ...wrongEntries("first", "parameters"),
      ...wrongOptions(["lambda", "out"]),
      ...wrongParameters({ lambda: { atLeast: 0 } }),
      ...wrongOuts(),
    ];
    test.each(mistakes.map((mistake) => [mistake.what, mistake] as const))("%s", (_what, mistake) => {
      for (const f of [penalty.grad, penalty.valueAndGrad] as readonly ((x: never, options: never) => unknown)[]) {
        expectRefused(mistake, (x, _unused, options) => f(x as never, options as never), [six(), undefined, {}]);
      }
    });
  });

  describe.each(activations.map((activation) => [activation.activationName, activation] as const))("%s", (name, activation) => {
    const elementwise = elementActivations.includes(activation);
    const elementOptions = name === "softplus" ? ["beta", "threshold"] : [];
    const rowOptions = ["classes", "shape", "axis", ...(reducing.has(activation) ? [] : ["temperature", "mask"])];
    const own = elementwise ? elementOptions : rowOptions;
    const mistakes: readonly Mistake[] = [
      ...wrongKinds("first", `x ${reals}`, integers),
      ...wrongEntries("first", "x"),
      ...wrongOptions([...own, "out"]),
      ...(name === "softplus" ? wrongParameters({ beta: { above: 0 }, threshold: {} }) : []),
      ...(reducing.has(activation) ? [] : wrongOuts()),
    ];
    test.each(mistakes.map((mistake) => [mistake.what, mistake] as const))("%s", (_, mistake) => {
      expectRefused(mistake, (x, _unused, options) => activation(x as never, options as never), [six(), undefined, {}]);
      expectRefused(mistake, activation.grad as never, [six(), reducing.has(activation) ? new Float64Array(1) : six(), {}]);
    });

    const count = reducing.has(activation) ? 1 : 6;
    const backward: readonly Mistake[] = [
      ...wrongKinds("second", `upstream ${numbers}`),
      ...(reducing.has(activation) ? [] : wrongEntries("second", "upstream")),
      {
        what: "upstream of a wrong length",
        second: new Float64Array(count + 1),
        error: RangeError,
        message: `upstream must have ${count === 1 ? "one number for each row" : "the length of x"}, ${count}, got ${count + 1}`,
      },
    ];
    test.each(backward.map((mistake) => [mistake.what, mistake] as const))("grad: %s", (_, mistake) => {
      expectRefused(mistake, activation.grad as never, [six(), new Float64Array(count), {}]);
    });
  });

  test("options of any class, of none and of another realm are options", () => {
    class Summed {
      readonly reduction = "sum";
    }
    const sum = { reduction: "sum" } as const;
    for (const options of [
      new Summed(),
      Object.assign(Object.create(null), sum),
      Object.create(sum),
      runInNewContext('({ reduction: "sum" })'),
    ]) {
      expect(mse([1, 2], [2, 4], options)).toBe(5);
    }
  });

  test("what another realm made is called so", () => {
    const array = (name: string) => runInNewContext(`new ${name}(2)`);
    expect(() => mse(array("Float64Array"), [1, 2])).toThrow(new TypeError(`prediction ${reals}, got a Float64Array of another realm`));
    expect(() => mse([1, 2], array("Float32Array"))).toThrow(new TypeError(`target ${numbers}, got a Float32Array of another realm`));
    expect(() => crossEntropy([1, 2], array("Int32Array"))).toThrow(
      new TypeError("labels must be an integer array or an array of integers, got an Int32Array of another realm"),
    );
    expect(() => mse(Object.create(null), [1])).toThrow(new TypeError(`prediction ${reals}, got an Object`));
  });

  test.each([...reducing].map((activation) => [activation.activationName, activation] as const))(
    "out that %s cannot fill",
    (_, activation) => {
      expect(() => activation([1, 2, 3], { out: new Float64Array(3) })).toThrow(new RangeError("out must have 1 elements, got 3"));
    },
  );

  describe.each(precisions)("nothing in %s", (precision) => {
    const nothing = new arrayOf[precision](0);
    test.each(pointwiseLosses.map((entry) => [entry.name, entry.loss] as const))("%s", (_, loss) => {
      expect(loss(nothing, nothing)).toBeNaN();
      expect(loss(nothing, nothing, { reduction: "sum" })).toBe(0);
      expect(loss(nothing, nothing, { reduction: "none" })).toEqual(nothing);
      expect(loss.grad(nothing, nothing)).toEqual(nothing);
      expect(loss.valueAndGrad(nothing, nothing, { weights: [] })).toEqual({ value: NaN, grad: nothing });
    });

    test.each(activations.map((f) => [f.activationName, f] as const))("%s", (_, activation) => {
      const reduces = reducing.has(activation);
      // One row of nothing: the logarithm of 0.
      expect([...activation(nothing)]).toEqual(reduces ? [-Infinity] : []);
      expect(activation.grad(nothing, reduces ? [1] : [])).toEqual(nothing);
    });

    test.each(penalties.map((f) => [f.penaltyName, f] as const))("%s", (_, penalty) => {
      expect(penalty.valueAndGrad(nothing)).toEqual({ value: 0, grad: nothing });
    });
  });

  test("defineLoss refuses what is no function, and defaults that are no numbers", () => {
    const f = (p: number) => p;
    expect(() => defineLoss({ value: 1 as never, grad: f })).toThrow(new TypeError("value must be a function, got 1"));
    expect(() => defineLoss({ value: f, grad: undefined as never })).toThrow(new TypeError("grad must be a function, got undefined"));
    expect(() => defineLoss({ value: f, grad: f, options: { k: "1" as never } })).toThrow(
      new TypeError('k must be a number, got the string "1"'),
    );
    expect(() => defineLoss({ value: f, grad: f, hess: 2 as never })).toThrow(new TypeError("hess must be a function, got 2"));
    expect(() => defineLoss({ value: f, grad: f, options: { k: NaN } })).toThrow(new RangeError("k must be a number, got NaN"));
  });

  test.each([
    [0, RangeError, "bytes must be a whole number of at least 1, got 0"],
    [1.5, RangeError, "bytes must be a whole number of at least 1, got 1.5"],
    ["8", TypeError, 'bytes must be a number, got the string "8"'],
  ] as const)("arena(%j)", (bytes, error, message) => {
    expect(() => arena(bytes as number)).toThrow(new error(message));
  });
});
