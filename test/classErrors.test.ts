/** Wrong calls of losses over classes and of shaped activations; and calls without a sample. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { crossEntropy, init, nll } from "../src/index";
import { arrayOf, backends, precisions } from "./available";
import { type ClassEntry, classLosses, reducing, rowActivations } from "./catalogue";
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

const refused = (what: string, options: object, error: Mistake["error"], message: string): Mistake => ({ what, options, error, message });
const relabelled = (labels: unknown, error: Mistake["error"], message: string, options = {}): Mistake => ({
  what: `labels ${JSON.stringify(labels)} ${JSON.stringify(options)}`,
  second: labels,
  options,
  error,
  message,
});

/** Shapes and axes that do not fit six elements. */
const layoutMistakes: readonly Mistake[] = [
  refused("classes that do not divide", { classes: 4 }, RangeError, "the number of elements must be a multiple of classes, 4, got 6"),
  refused("no classes", { classes: 0 }, RangeError, "classes must be a whole number of at least 1, got 0"),
  refused("classes NaN", { classes: NaN }, RangeError, "classes must be a whole number of at least 1, got NaN"),
  refused("half a class", { classes: 1.5 }, RangeError, "classes must be a whole number of at least 1, got 1.5"),
  refused("classes a string", { classes: "3" }, TypeError, 'classes must be a number, got the string "3"'),
  refused("a shape that is a number", { shape: 6 }, TypeError, "shape must be an array of whole numbers, got 6"),
  refused("a shape that is null", { shape: null }, TypeError, "shape must be an array of whole numbers, got null"),
  refused("a shape of strings", { shape: [2, "3"] }, TypeError, 'shape must hold whole numbers, got the string "3" at index 1'),
  refused("a shape of fractions", { shape: [1.5, 4] }, RangeError, "shape must hold whole numbers, got 1.5 at index 0"),
  refused("a shape below 0", { shape: [-2, -3] }, RangeError, "shape must hold whole numbers, got -2 at index 0"),
  refused("a shape of another size", { shape: [2, 4] }, RangeError, "shape must be of 6 elements, the data's length, got [2, 4] of 8"),
  refused("an axis past the shape", { shape: [2, 3], axis: 2 }, RangeError, "axis must be from -2 to 1 for a shape of 2 axes, got 2"),
  refused("an axis before the shape", { shape: [2, 3], axis: -3 }, RangeError, "axis must be from -2 to 1 for a shape of 2 axes, got -3"),
  refused("half an axis", { shape: [2, 3], axis: 0.5 }, RangeError, "axis must be a whole number, got 0.5"),
  refused("axis a string", { shape: [2, 3], axis: "1" }, TypeError, 'axis must be a number, got the string "1"'),
  refused("an axis without a shape", { axis: 1 }, TypeError, "axis must come with shape, got axis alone"),
  refused(
    "classes beside another shape",
    { shape: [2, 3], classes: 2 },
    RangeError,
    "classes must be shape[1], 3, when both are given, got 2",
  ),
];

function labelMistakes({ input, distribution, binary }: ClassEntry): readonly Mistake[] {
  return [
    relabelled(Int32Array.of(0, 3), RangeError, "label 3 at index 1 is not a class: there are 3 classes"),
    relabelled([-1, 0], RangeError, "label -1 at index 0 is not a class: there are 3 classes"),
    relabelled([0, -100], RangeError, "label -100 at index 1 is not a class: there are 3 classes", { ignoreIndex: -1 }),
    relabelled(Uint8Array.of(255, 0), RangeError, "label 255 at index 0 is not a class: there are 3 classes"),
    relabelled([0, 1.5], RangeError, "label 1.5 at index 1 is not an integer"),
    relabelled([NaN, 0], RangeError, "label NaN at index 0 is not an integer"),
    relabelled([0, Infinity], RangeError, "label Infinity at index 1 is not an integer"),
    relabelled([0, "1"], TypeError, 'labels must hold integers, got the string "1" at index 1'),
    relabelled([undefined, 1], TypeError, "labels must hold integers, got undefined at index 0"),
    relabelled([null, 1], TypeError, "labels must hold integers, got null at index 0"),
    relabelled([0, 0, 0, 0], RangeError, `${input} must have a multiple of 4 elements, one row for each label, got 6`),
    relabelled([], RangeError, `${input} must have a multiple of 0 elements, one row for each label, got 6`),
    relabelled([0, 0, 0], RangeError, "labels must have one label for each sample, 2, got 3", { classes: 3 }),
    relabelled([0, 0, 0], RangeError, "labels must have one label for each sample, 2, got 3", { shape: [2, 3] }),
    ...(distribution
      ? [
          ...(binary ? [] : [relabelled(six(), TypeError, "classes (or shape) must be given with a target distribution, got neither")]),
          relabelled(new Float32Array(5), RangeError, "target must have a probability for each class of each sample, 6, got 5", {
            classes: 3,
          }),
          relabelled(six(), RangeError, "the number of elements must be a multiple of classes, 4, got 6", { classes: 4 }),
          relabelled([0.5, "1", 0, 0, 0, 0], TypeError, 'target must hold numbers, got the string "1" at index 1', { classes: 3 }),
        ]
      : [relabelled(new Float64Array(2), TypeError, "labels must be an integer array or an array of integers, got a Float64Array")]),
  ];
}

/** Weights that do not fit two samples of three classes. */
const weightMistakes: readonly Mistake[] = [
  refused("three weights", { weights: [1, 1, 1] }, RangeError, "weights must have one number for each sample, 2, got 3"),
  refused("a weight by element", { weights: six() }, RangeError, "weights must have one number for each sample, 2, got 6"),
  refused("two class weights", { classWeights: [1, 1] }, RangeError, "classWeights must have one number for each class, 3, got 2"),
  refused("classWeights a string", { classWeights: "111" }, TypeError, `classWeights ${numbers}, got the string "111"`),
  refused(
    "classWeights of strings",
    { classWeights: [1, 1, "1"] },
    TypeError,
    'classWeights must hold numbers, got the string "1" at index 2',
  ),
];

const ignoringMistakes: readonly Mistake[] = [0.5, Infinity].map((ignoreIndex) =>
  refused(`ignoreIndex ${ignoreIndex}`, { ignoreIndex }, RangeError, `ignoreIndex must be a whole number, got ${ignoreIndex}`),
);

test("labels that are big integers", () => {
  expect(() => crossEntropy([1, 2, 3], [1n] as never)).toThrow(new TypeError("labels must hold integers, got 1 at index 0"));
});

test("class weights of no samples say nothing of how many classes there are", () => {
  expect(() => crossEntropy([], [], { classWeights: [1, 2] })).toThrow(
    new TypeError("classes (or shape) must be given with classWeights where there are no samples, got neither"),
  );
  expect(crossEntropy([], [], { classWeights: [1, 2], classes: 2, reduction: "sum" })).toBe(0);
  expect(crossEntropy([], [], { classWeights: [1, 2], shape: [0, 2], reduction: "sum" })).toBe(0);
});

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(classLosses.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const { loss, input } = entry;
    const shared = ["reduction", "weights", "out", "upstream"];
    const weighted = entry.classWeights !== false;
    const others = [...(weighted ? ["classWeights"] : []), ...(loss.options.has("mask") ? ["mask"] : [])];
    const known = ["classes", "shape", "axis", ...others, ...Object.keys(loss.parameters), ...shared];
    const mistakes: readonly Mistake[] = [
      ...wrongKinds("first", `${input} ${reals}`, [[new Int32Array(6), "an Int32Array"]]),
      ...wrongEntries("first", input),
      // The wrong kind of array that is as long as the prediction is no yes or no either.
      ...wrongKinds("second", "labels must be an integer array or an array of integers").map((mistake) =>
        entry.binary && mistake.second instanceof BigInt64Array
          ? { ...mistake, message: `target ${numbers}, got a BigInt64Array` }
          : mistake,
      ),
      ...wrongOptions(known),
      ...wrongParameters(loss.parameters),
      ...("ignoreIndex" in loss.parameters ? ignoringMistakes : []),
      ...wrongShared(2),
      ...labelMistakes(entry),
      ...weightMistakes.filter(({ options }) => weighted || !("classWeights" in (options as object))),
      ...layoutMistakes,
      ...wrongOuts(),
    ];
    test.each(mistakes.map((mistake) => [mistake.what, mistake] as const))("%s", (_what, mistake) => {
      const right = [six(), Int32Array.of(0, 2), {}];
      expectRefused(mistake, loss.grad as never, right);
      expectRefused(mistake, loss.valueAndGrad as never, right);
      if (mistake.out === undefined) expectRefused(mistake, loss as never, right);
    });

    test("out for the values", () => {
      const all = { reduction: "none" } as const;
      expect(() => loss(six(), [0, 2], { ...all, out: new Float64Array(6) })).toThrow(new RangeError("out must have 2 elements, got 6"));
      expect(() => loss(six(), [0, 2], { ...all, out: new Float32Array(2) })).toThrow(
        new TypeError("out must be a Float64Array, as the result is computed in f64, got a Float32Array"),
      );
    });

    test.each(precisions)("without a sample in %s", (precision) => {
      const nothing = new arrayOf[precision](0);
      for (const target of [new Int32Array(0), [], ...(entry.distribution ? [nothing] : [])]) {
        const options = target === nothing ? { classes: 3 } : {};
        expect(loss(nothing, target, options)).toBeNaN();
        expect(loss(nothing, target, { ...options, reduction: "sum" })).toBe(0);
        expect(loss(nothing, target, { ...options, reduction: "none" })).toEqual(nothing);
        expect(loss.grad(nothing, target, options)).toEqual(nothing);
        expect(loss.valueAndGrad(nothing, target, { ...options, shape: [0, 3] })).toEqual({ value: NaN, grad: nothing });
      }
    });
  });

  test.each(precisions)("one wrong label among many in %s", (precision) => {
    const kinds = [
      [Int32Array, [-1, 3, 255, 2 ** 31 - 1, -(2 ** 31)]],
      [Uint8Array, [3, 255]],
      [Int16Array, [-1, 3, -(2 ** 15)]],
      [Uint32Array, [3, 2 ** 31, 2 ** 32 - 1]],
    ] as const;
    const wrong = fc
      .constantFrom(...kinds)
      .chain(([kind, values]) => fc.record({ kind: fc.constant(kind), label: fc.constantFrom<number>(...values) }));
    // Up to more labels than the stage holds at a time.
    const counts = fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 16_300, max: 33_000 }));
    fc.assert(
      fc.property(counts, fc.nat(), wrong, (count, place, { kind, label }) => {
        const labels = new kind(count).map((_, i) => i % 3);
        const logits = new arrayOf[precision](3 * count);
        expect(crossEntropy(logits, labels)).toBeCloseTo(Math.log(3), 5);
        const at = place % count;
        labels[at] = label;
        const message = `label ${label} at index ${at} is not a class: there are 3 classes`;
        expect(() => crossEntropy(logits, labels)).toThrow(new RangeError(message));
        const out = new arrayOf[precision](3 * count).fill(7);
        expect(() => nll.grad(logits, labels, { out })).toThrow(new RangeError(message));
        expect(out.every((element) => element === 7)).toBe(true);
      }),
    );
  });

  describe.each(rowActivations.map((activation) => [activation.activationName, activation] as const))("%s", (_name, activation) => {
    test.each(layoutMistakes.map((mistake) => [mistake.what, mistake] as const))("%s", (_, mistake) => {
      expectRefused(mistake, (x, _unused, options) => activation(x as never, options as never), [six(), undefined, {}]);
      expectRefused(mistake, activation.grad as never, [six(), reducing.has(activation) ? new Float64Array(1) : six(), {}]);
    });

    test("rows of nothing", () => {
      const outputs = reducing.has(activation) ? [-Infinity, -Infinity] : [];
      const out = new Float64Array(outputs.length).fill(7);
      expect([...activation(new Float64Array(0), { shape: [2, 0], out })]).toEqual(outputs);
      expect([...activation(new Float64Array(0), { shape: [0, 2] })]).toEqual([]);
    });
  });
});
