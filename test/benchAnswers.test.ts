/** The benchmark's check of answers: what no longer has the precision's digits is wrong, and what rounding explains is not. */

import { expect, test } from "vitest";
import { losses } from "./catalogue";

type Numbers = Float32Array | Float64Array;
interface Answer {
  readonly value?: number;
  readonly output?: Numbers;
}
interface Truth {
  readonly value: number;
  readonly output: Float64Array;
  readonly parts: readonly number[];
}

const load = (path: string) => import(new URL(`../bench/${path}`, import.meta.url).href);
const { makeInputs } = await load("inputs.mjs");
const { errorsOf, referenceFor } = await load("reference.mjs");
const { workloadsOf } = await load("workloads.mjs");
const workloads: { name: string }[] = workloadsOf(losses.map(({ lossName }) => lossName));

function given(name: string) {
  const workload = workloads.find((one) => one.name === name);
  const inputs: { prediction: Numbers; target: Numbers } = makeInputs(workload, 1);
  return { inputs, truth: referenceFor(workload, inputs) as Truth };
}

const largestOf = (output: Float64Array) => output.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
const withoutSmall = (output: Float64Array) => {
  const limit = largestOf(output) / 1000;
  return output.map((x) => (Math.abs(x) < limit ? 0 : x));
};
const scaled =
  (factor: number) =>
  ({ value, output }: Truth): Answer => ({ value, output: output.map((x) => x * factor) });

const mistakes: [string, string, (truth: Truth) => Answer][] = [
  ["softmax 1024x1000", "all below a thousandth of the largest is zero", ({ output }) => ({ output: withoutSmall(output) })],
  ["mape value+grad 1e5", "nearly all of the gradient is zero", ({ value, output }) => ({ value, output: withoutSmall(output) })],
  [
    "binaryCrossEntropyWithLogits value+grad 1e5 f64",
    "the gradient has f32's digits",
    ({ value, output }) => ({ value, output: Float64Array.from(output, Math.fround) }),
  ],
  ["mse 1e5 f64", "the value has f32's digits", ({ value }) => ({ value: Math.fround(value) })],
  ["mse 1e5", "the value is off by 0.09 %", ({ value }) => ({ value: value * 1.0009 })],
  ["mse value+grad 1e5", "the gradient is off by 0.09 %", scaled(1.0009)],
  [
    "softmax 1024x1000",
    "small elements are off by 1 %",
    ({ output }) => {
      const limit = largestOf(output) / 1000;
      return { output: output.map((x) => (x < limit ? x * 1.01 : x)) };
    },
  ],
  [
    "crossEntropy value+grad 1024x1000",
    "the gradient lacks the softmax",
    ({ value, output }) => ({ value, output: output.map((x) => Math.min(x, 0)) }),
  ],
  ["mse value+grad 1e5", "an element is no number", ({ value, output }) => ({ value, output: output.map((x, i) => (i === 7 ? NaN : x)) })],
  ["mse value+grad 1e5", "an element is missing", ({ value, output }) => ({ value, output: output.slice(1) })],
  ["mse value+grad 1e5", "the value is missing", ({ output }) => ({ output })],
];

test.each(mistakes)("%s is wrong where %s", (name, _, mistaken) => {
  const { truth } = given(name);
  expect(errorsOf(truth, truth).wrong).toBe(false);
  expect(errorsOf(mistaken(truth), truth).wrong).toBe(true);
});

test.each([
  ["tripletMargin value+grad 1000x100", 3],
  ["gaussianNll value+grad 1e5", 2],
  ["marginRanking value+grad 1e5", 2],
  ["cosineEmbedding value+grad 1000x100", 2],
  ["infoNce value+grad 250x400", 2],
] as const)("%s is wrong where one of its %i gradients is zero", (name, gradients) => {
  const { truth } = given(name);
  expect(truth.parts).toHaveLength(gradients);
  let start = 0;
  for (const length of truth.parts) {
    expect(errorsOf({ value: truth.value, output: truth.output.slice().fill(0, start, start + length) }, truth).wrong).toBe(true);
    start += length;
  }
  expect(start).toBe(truth.output.length);
});

test("f32's rounding is not wrong", () => {
  const { truth } = given("crossEntropy value+grad 1024x1000");
  const answer = { value: Math.fround(truth.value), output: Float32Array.from(truth.output) };
  expect(errorsOf(answer, truth).wrong).toBe(false);
});

test("a Huber gradient that cancels at small errors, as TensorFlow.js's, is not wrong", () => {
  const { inputs, truth } = given("huber value+grad 1e5");
  const share = Math.fround(1 / inputs.prediction.length);
  const output = Float32Array.from(inputs.prediction, (p, i) => {
    const d = Math.fround(p - inputs.target[i]!);
    const quadratic = Math.min(Math.abs(d), 1);
    return Math.sign(d) * Math.fround(Math.fround(Math.fround(quadratic * share) - share) + share);
  });
  const errors = errorsOf({ value: truth.value, output }, truth);
  expect(errors.output).toBeGreaterThan(1e-3);
  expect(errors.wrong).toBe(false);
});

test("results too small for f32's digits are not wrong as zeros", () => {
  const truth = { output: Float64Array.of(1, 1e-40), parts: [2], precision: "f32" };
  expect(errorsOf({ output: Float32Array.of(1, 0) }, truth).wrong).toBe(false);
});
