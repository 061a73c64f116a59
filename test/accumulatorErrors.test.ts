/** What an accumulator refuses, in which words, and that it is left as it was. */

import { expect, test } from "vitest";
import { type AccumulatorState, binaryCrossEntropyWithLogits, crossEntropy, ctc, dice, huber, klDivergence, mae, mse } from "../src/index";

const state = huber.accumulator({ delta: 2 }).update([1], [2]).toJSON();
const has = (part: object) => () => huber.accumulator({ delta: 2 }).fromJSON({ ...state, ...part } as AccumulatorState);
const wrong = (value: unknown) => value as never;
test.each<[string, () => unknown, typeof TypeError | typeof RangeError, string]>([
  ["merge of another loss", () => mse.accumulator().merge(wrong(mae.accumulator())), RangeError, "other must be of mse, got mae"],
  [
    "merge of other options",
    () => huber.accumulator({ delta: 2 }).merge(huber.accumulator()),
    RangeError,
    'other must be of huber{"delta":2,"reduction":"mean"}, got huber{"delta":1,"reduction":"mean"}',
  ],
  ["a state of a list of losses", has({ loss: ["huber"] }), RangeError, "state must be of huber, got an Array"],
  ["a list for a state", () => mse.accumulator().fromJSON(wrong([])), TypeError, "state must be an accumulator or its state, got an Array"],
  ["merge of a number", () => mse.accumulator().merge(wrong(3)), TypeError, "other must be an accumulator or its state, got 3"],
  ["a state of another loss", () => mse.accumulator().fromJSON(state), RangeError, "state must be of mse, got huber"],
  ["a state of another loss, of any options", () => mse.accumulator.fromJSON(state), RangeError, "state must be of mse, got huber"],
  [
    "a state of other options",
    () => huber.accumulator({ reduction: "sum" }).fromJSON(state),
    RangeError,
    'state must be of huber{"delta":1,"reduction":"sum"}, got huber{"delta":2,"reduction":"mean"}',
  ],
  ["no state", () => mse.accumulator.fromJSON(wrong(null)), TypeError, "state must be an accumulator or its state, got null"],
  [
    "a state in a string",
    () => mse.accumulator().fromJSON(wrong("{}")),
    TypeError,
    'state must be an accumulator or its state, got the string "{}"',
  ],
  ["a state of no loss", has({ loss: undefined }), RangeError, "state must be of huber, got undefined"],
  ["a state without options", has({ options: undefined }), TypeError, "options must be an object, got undefined"],
  ["a state with half a count", has({ count: 0.5 }), RangeError, "state.count must be a whole number of at least 0, got 0.5"],
  ["a state without a sum", has({ sum: undefined }), TypeError, "state.sum must be a typed array or an array of numbers, got undefined"],
  ["a state with words", has({ weight: [1, "one"] }), TypeError, 'state.weight must hold numbers, got the string "one" at index 1'],
  ["none", () => mse.accumulator({ reduction: wrong("none") }), TypeError, 'reduction must be one of mean, sum, got the string "none"'],
  [
    "weights for all batches",
    () => mse.accumulator(wrong({ weights: [1] })),
    TypeError,
    'option "weights" is not known here: expected one of reduction',
  ],
  [
    "an option with a batch",
    () => huber.accumulator().update([1], [1], wrong({ delta: 2 })),
    TypeError,
    'option "delta" is not known here: expected one of weights, shape, mask, inputLengths, targetLengths',
  ],
  ...(
    [
      ["shape", () => 1, TypeError, "shape must be an array of whole numbers, got a Function"],
      ["shape", [2, "2"], TypeError, 'shape must hold whole numbers, got the string "2" at index 1'],
      ["axis", 0.5, RangeError, "axis must be a whole number, got 0.5"],
      ["classes", 0, RangeError, "classes must be a whole number of at least 1, got 0"],
      ["classes", 3n, TypeError, "classes must be a number, got 3"],
      ["classWeights", ["Infinity", 2], TypeError, 'classWeights must hold numbers, got the string "Infinity" at index 0'],
      ["classWeights", "abc", TypeError, 'classWeights must be a typed array or an array of numbers, got the string "abc"'],
      ["classWeights", [1, 2n], TypeError, "classWeights must hold numbers, got 2 at index 1"],
      ["mask", ["NaN"], TypeError, 'mask must hold booleans or numbers, got the string "NaN" at index 0'],
      ["ignoreIndex", 1n, TypeError, "ignoreIndex must be a number, got 1"],
    ] as const
  ).map(
    ([name, value, error, message]) =>
      [`${name} ${String(value)} for all batches`, () => crossEntropy.accumulator(wrong({ [name]: value })), error, message] as [
        string,
        () => unknown,
        typeof TypeError | typeof RangeError,
        string,
      ],
  ),
  [
    "class weights of another number of classes",
    () => crossEntropy.accumulator({ classes: 3, classWeights: [1, 2] }),
    RangeError,
    "classWeights must have one number for each class, 3, got 2",
  ],
  [
    "posWeight in a string",
    () => binaryCrossEntropyWithLogits.accumulator({ posWeight: wrong("NaN") }),
    TypeError,
    'posWeight must be a typed array or an array of numbers, got the string "NaN"',
  ],
  ["dimensions 0", () => dice.accumulator({ dimensions: 0 }), RangeError, "dimensions must be a whole number of at least 1, got 0"],
  [
    "lengths in a string",
    () => ctc.accumulator({ classes: 3, inputLengths: wrong("4") }),
    TypeError,
    'inputLengths must be an integer array or an array of integers, got the string "4"',
  ],
  [
    "batchMean of a loss that has none",
    () => mse.accumulator({ reduction: wrong("batchMean") }),
    TypeError,
    'reduction must be one of mean, sum, got the string "batchMean"',
  ],
  [
    "batchMean of no classes",
    () => klDivergence.accumulator({ reduction: "batchMean" }).update([1], [1]),
    TypeError,
    'classes (or shape) must be given with reduction "batchMean", got neither',
  ],
  ["an option out of bounds", () => huber.accumulator({ delta: 0 }), RangeError, "delta must be above 0, got 0"],
])("%s", (_, call, error, message) => {
  expect(call).toThrow(new error(message));
});

test("an accumulator that refuses is left as it was", () => {
  const accumulator = mse.accumulator().update([1], [3]);
  const before = accumulator.toJSON();
  expect(() => accumulator.update([1, 2], [1])).toThrow(RangeError);
  expect(() => accumulator.fromJSON({ ...before, weight: ["one"] })).toThrow(TypeError);
  expect(() => accumulator.merge(wrong(mae.accumulator()))).toThrow(RangeError);
  expect(accumulator.toJSON()).toEqual(before);
});
