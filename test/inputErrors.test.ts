/** Wrong calls of losses with several inputs, of vectors, regions and sequences; and calls with nothing in them. */

import { beforeAll, describe, expect, test } from "vitest";
import { cosineEmbedding, cosineSimilarity, ctc, gaussianNll, infoNce, init, marginRanking, tripletMargin } from "../src/index";
import { backends, precisions, typed } from "./available";
import { gradientOf } from "./calls";
import { inputLosses, type Options } from "./catalogue";
import { wrongParameters } from "./mistakes";
import { random } from "./random";

const shared = ["reduction", "weights", "out", "upstream"];

/** A right call of each loss, of four samples. */
const right = inputLosses.map((entry) => {
  const { operands, options } = entry.draw(random(5), 4, 3);
  return { entry, inputs: Object.values(operands).map((numbers) => Float64Array.from(numbers)), options };
});

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(right.map((call) => [call.entry.name, call] as const))("%s", (_, { entry, inputs, options }) => {
    const { loss, differentiable } = entry;
    const labelled = loss.inputs.includes("labels");
    const given = () => inputs.map((array, i) => (loss.inputs[i] === "labels" ? Int32Array.from(array) : array.slice()));
    const refuse = (what: readonly unknown[], own: unknown, error: Error) => {
      const before = what.map((array) => (ArrayBuffer.isView(array) ? (array as Float64Array).slice() : array));
      expect(() => loss.grad(...what, own)).toThrow(error);
      expect(() => loss.valueAndGrad(...what, own)).toThrow(error);
      expect(what).toEqual(before);
    };

    test("an input that is no array of numbers", () => {
      loss.inputs.forEach((name, i) => {
        const reals = i === 0 || differentiable.includes(name);
        const must = reals ? "a Float32Array, a Float64Array or an array of numbers" : "a typed array or an array of numbers";
        const kind = name === "labels" ? "an integer array or an array of integers" : must;
        refuse((given() as unknown[]).with(i, "abc"), options, new TypeError(`${name} must be ${kind}, got the string "abc"`));
      });
    });

    test("an input of another length", () => {
      loss.inputs.forEach((name, i) => {
        const { length } = inputs[i]!;
        const longer = (given() as unknown[]).with(
          i,
          name === "labels" ? new Int32Array(length + 1).fill(1) : new Float64Array(length + 1),
        );
        const must = () => {
          if (name === "labels") return `labels must be concatenated, ${length} in all, or padded, .*, got ${length + 1}`;
          if (labelled) return `${name} must have a multiple of 12 elements, 3 classes for each of 4 sequences, got ${length + 1}`;
          // Vectors that are compared with every other one are in any number.
          if (entry.meeting) return `the number of elements must be a multiple of dimensions, 3, got ${length + 1}`;
          // The first input is what the others are measured by.
          if (i === 0) return `${loss.inputs[1]} must have .*, ${length + 1}, got ${length}`;
          return `${name} must have .*, ${length}, got ${length + 1}`;
        };
        for (const call of [loss, loss.grad, loss.valueAndGrad]) {
          expect(() => call(...longer, options)).toThrow(RangeError);
          expect(() => call(...longer, options)).toThrow(new RegExp(`^${must()}$`));
        }
      });
    });

    test("wrong options", () => {
      refuse(given(), null, new TypeError("options must be an object, got null"));
      const known = [...loss.options].join(", ");
      expect([...loss.options]).toEqual(expect.arrayContaining(shared));
      refuse(given(), { ...options, typo: 1 }, new TypeError(`option "typo" is not known here: expected one of ${known}`));
      refuse(
        given(),
        { ...options, reduction: "average" },
        new TypeError('reduction must be one of mean, sum, none, got the string "average"'),
      );
      refuse(given(), { ...options, weights: 2 }, new TypeError("weights must be a typed array or an array of numbers, got 2"));
      refuse(given(), { ...options, upstream: [1] }, new TypeError('upstream must be a number under reduction "mean", got an Array'));
      for (const mistake of wrongParameters(loss.parameters)) {
        refuse(given(), { ...options, ...(mistake.options as object) }, new mistake.error(mistake.message));
      }
    });

    test("a place for results that cannot take them", () => {
      const length = (name: string) => inputs[loss.inputs.indexOf(name)]!.length;
      const [first] = differentiable as [string];
      const f64 = "must be a Float64Array, as the result is computed in f64, got";
      if (differentiable.length === 1) {
        refuse(given(), { ...options, out: new Float32Array(length(first)) }, new TypeError(`out ${f64} a Float32Array`));
        refuse(given(), { ...options, out: new Float64Array(1) }, new RangeError(`out must have ${length(first)} elements, got 1`));
        return;
      }
      const names = [...differentiable, "value"].join(", ");
      refuse(
        given(),
        { ...options, out: new Float64Array(1) },
        new TypeError("out must be an object of arrays by name, got a Float64Array"),
      );
      refuse(given(), { ...options, out: { target: [] } }, new TypeError(`out.target is not known here: expected one of ${names}`));
      for (const name of differentiable) {
        refuse(
          given(),
          { ...options, out: { [name]: new Float32Array(length(name)) } },
          new TypeError(`out.${name} ${f64} a Float32Array`),
        );
        const short = { out: { [name]: new Float64Array(1) } };
        refuse(given(), { ...options, ...short }, new RangeError(`out.${name} must have ${length(name)} elements, got 1`));
      }
    });

    test("results go where they should, and inputs may be among them", () => {
      const expected = loss.valueAndGrad(...given(), { ...options, reduction: "none" });
      for (const name of differentiable) {
        const operands = given();
        const own = operands[loss.inputs.indexOf(name)]!;
        const out = differentiable.length === 1 ? own : { [name]: own };
        const got = loss.valueAndGrad(...operands, { ...options, reduction: "none", out });
        expect(gradientOf(got.grad, name)).toBe(own);
        expect(got).toEqual(expected);
      }
      const values = new Float64Array((expected.value as Float64Array).length);
      const out = differentiable.length === 1 ? values : { value: values };
      expect(loss(...given(), { ...options, reduction: "none", out })).toBe(values);
      expect(values).toEqual(expected.value);
    });

    test.each(precisions)("nothing in %s", (precision) => {
      const empty = loss.inputs.map((name) => (name === "labels" ? [] : typed(precision, [])));
      const { shape: _, axis: __, ...plain } = options;
      const none: Options = labelled ? { ...plain, inputLengths: [], targetLengths: [] } : plain;
      expect(loss(...empty, none)).toBeNaN();
      expect(loss(...empty, { ...none, reduction: "sum" })).toBe(0);
      expect(loss(...empty, { ...none, reduction: "none" })).toEqual(typed(precision, []));
      for (const name of differentiable) expect(gradientOf(loss.grad(...empty, none), name)).toEqual(typed(precision, []));
    });
  });
});

const sequence = { classes: 3, inputLengths: [2], targetLengths: [1] };
const six = [0, -1, -2, -1, 0, -2];

test.each([
  ["a target that is no sign", () => cosineEmbedding([1, 2], [1, 2], [0]), new RangeError("target must hold 1 and -1, got 0 at index 0")],
  [
    "vectors that do not fit",
    () => cosineSimilarity([1, 2, 3], [1, 2, 3], { dimensions: 2 }),
    new RangeError("the number of elements must be a multiple of dimensions, 2, got 3"),
  ],
  [
    "dimensions against a shape",
    () => cosineSimilarity([1, 2], [1, 2], { dimensions: 1, shape: [1, 2] }),
    new RangeError("dimensions must be shape[1], 2, when both are given, got 1"),
  ],
  ["a flag", () => tripletMargin([1], [2], [3], { swap: 1 as never }), new TypeError("swap must be true or false, got 1")],
  [
    "another flag",
    () => gaussianNll([1], [2], [3], { full: "no" as never }),
    new TypeError('full must be true or false, got the string "no"'),
  ],
  ["no dimensions", () => infoNce([1], [2], {} as never), new TypeError("dimensions must be a number, got undefined")],
  ["too few keys", () => infoNce([1, 2], [1], { dimensions: 1 }), new RangeError("keys must have a vector for each query, 2, got 1")],
  [
    "a variance that is shared unevenly",
    () => gaussianNll([1, 2, 3], [1, 2, 3], [1, 2]),
    new RangeError("variance must have the length of prediction, or a part of it, 3, got 2"),
  ],
  ["a target of scores", () => marginRanking([1], [2], [1, 1]), new RangeError("target must have the length of input1, 1, got 2")],
  ["a label that is no class", () => ctc(six, [3], sequence), new RangeError("label 3 at index 0 is not a class: there are 3 classes")],
  ["the blank as a label", () => ctc(six, [0], sequence), new RangeError("labels must not hold the blank, 0, which stands between them")],
  ["a blank that is no class", () => ctc(six, [1], { ...sequence, blank: 3 }), new RangeError("blank must be at most 2, got 3")],
  [
    "a blank between classes",
    () => ctc(six, [1], { ...sequence, blank: 0.5 }),
    new RangeError("blank must be a whole number of at least 0, got 0.5"),
  ],
  [
    "more times than there are",
    () => ctc(six, [1], { ...sequence, inputLengths: [3] }),
    new RangeError("inputLengths must hold whole numbers from 0 to 2, the number of times, got 3 at index 0"),
  ],
  [
    "lengths that are missing",
    () => ctc(six, [1], { classes: 3 } as never),
    new TypeError("inputLengths must be an integer array or an array of integers, got undefined"),
  ],
  [
    "data that do not fit",
    () => ctc([1, 2], [1], sequence),
    new RangeError("logProbabilities must have a multiple of 3 elements, 3 classes for each of 1 sequences, got 2"),
  ],
  [
    "labels that do not fit",
    () => ctc([...six, ...six], [1, 2, 1], { ...sequence, inputLengths: [2, 2], targetLengths: [1, 1] }),
    new RangeError("labels must be concatenated, 2 in all, or padded, the same number for each of 2 sequences, got 3"),
  ],
] as const)("%s", (_, call, error) => {
  expect(call).toThrow(error);
});

test("labels padded or concatenated give the same", () => {
  const options = { classes: 3, inputLengths: [2, 2], targetLengths: [1, 2], zeroInfinity: true };
  const x = [...six, ...six];
  expect(ctc(x, [1, -1, 2, 1], options)).toBe(ctc(x, [1, 2, 1], options));
});
