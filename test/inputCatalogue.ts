/** Inputs of losses whose samples are more than an element: what the catalogue draws for them. */

import { logSoftmax } from "../src/index";
import type { Options } from "./catalogue";
import { between, draws, pick, type Random } from "./random";

/** Drawn inputs by name, in the order of the loss's arguments, and the options that go with them. */
interface DrawnInputs {
  readonly operands: Readonly<Record<string, readonly number[]>>;
  readonly options: Options;
}

/** Draws inputs of so many samples of `size` elements each. */
type DrawInputs = (next: Random, samples: number, size: number) => DrawnInputs;

/** How a loss with several inputs, of vectors, of regions or of sequences is tested. */
export interface InputsKind {
  readonly kind: "inputs";
  readonly draw: DrawInputs;
  /** The differentiable inputs; if there is but one, gradients are arrays, not objects by name. */
  readonly differentiable: readonly string[];
  readonly settings: readonly Options[];
  readonly arithmetic: boolean;
  /** Whether all samples meet in the value of each: then NaN spreads, and samples cannot be split. */
  readonly meeting?: boolean;
  /** Whether the gradient is 0 where NaN goes in. */
  readonly deaf?: boolean;
  /** Whether the value depends on an element whatever the others are. Default: on all. What it leaves out is not read. */
  readonly read?: (index: number, options: Options) => boolean;
  /** The largest inputs for which the reference is quick. Default 12 samples of 40 elements. */
  readonly most?: readonly [samples: number, size: number];
  /** For differences: what the loss's input is a function of, where the gradient is with respect to that. */
  readonly through?: (x: Float64Array, options: Options) => Float64Array;
}

const number = (next: Random) => between(next, -3, 3);
const sign = (next: Random) => pick(next, [1, -1]);
const share = (next: Random) => pick(next, [between(next, 0, 1), 0.01, 0.99]);

/** Rows side by side, or along the middle one of three axes. */
function laidOut(next: Random, samples: number, size: number): Options {
  if (samples % 2 === 1 || size === 0 || next() < 0.5) return { dimensions: size };
  return { shape: [samples / 2, size, 2], axis: 1 };
}

const vectors =
  (names: readonly string[], draw: (next: Random) => number, labelled: boolean): DrawInputs =>
  (next, samples, size) => ({
    operands: {
      ...Object.fromEntries(names.map((name) => [name, draws(next, samples * size, draw)])),
      ...(labelled && { target: draws(next, samples, sign) }),
    },
    options: laidOut(next, samples, size),
  });

/** Times of the sequences drawn: so few that all alignments can be counted. */
const TIMES = 4;

const sequences =
  (name: string): DrawInputs =>
  (next, samples, size) => {
    const classes = Math.max(size, 2);
    const blank = Math.floor(next() * classes);
    const logits = Float64Array.from(draws(next, TIMES * samples * classes, number));
    const inputLengths = draws(next, samples, () => 2 + Math.floor(next() * (TIMES - 1)));
    const targetLengths = inputLengths.map((length) => Math.floor((next() * (length + 1)) / 2));
    const count = targetLengths.reduce((a, b) => a + b, 0);
    const labels = draws(next, count, () => (blank + 1 + Math.floor(next() * (classes - 1))) % classes);
    const x = name === "logits" || logits.length === 0 ? logits : logSoftmax(logits, { classes });
    return { operands: { [name]: [...x], labels }, options: { classes, blank, inputLengths, targetLengths, zeroInfinity: true } };
  };

/** The blank, up to a sequence's end: a class that is no label is on no alignment, and a label not at all times. */
function blankInTime(index: number, options: Options): boolean {
  const { classes, blank, inputLengths } = options as { classes: number; blank: number; inputLengths: readonly number[] };
  const row = Math.floor(index / classes);
  const sequences = inputLengths.length;
  return index % classes === blank && Math.floor(row / sequences) < inputLengths[row % sequences]!;
}

const both = (
  draw: DrawInputs,
  differentiable: readonly string[],
  settings: readonly Options[],
  more: Partial<InputsKind> = {},
): InputsKind => ({
  kind: "inputs",
  draw,
  differentiable,
  settings,
  arithmetic: true,
  ...more,
});

const pair = ["prediction", "target"];

export const inputKinds: Readonly<Record<string, InputsKind>> = {
  gaussianNll: both(
    (next, samples) => {
      const shared = samples % 3 === 0 && samples > 0 && next() < 0.3;
      return {
        operands: {
          prediction: draws(next, samples, number),
          target: draws(next, samples, number),
          variance: draws(next, shared ? samples / 3 : samples, (u) => pick(u, [between(u, 0.1, 4), 0.01])),
        },
        options: {},
      };
    },
    ["prediction", "variance"],
    [{}, { full: true }, { eps: 0.5 }],
    { arithmetic: false },
  ),
  marginRanking: both(
    (next, samples) => ({
      operands: { input1: draws(next, samples, number), input2: draws(next, samples, number), target: draws(next, samples, sign) },
      options: {},
    }),
    ["input1", "input2"],
    [{}, { margin: 0.7 }],
    { deaf: true },
  ),
  cosineSimilarity: both(vectors(pair, number, false), ["prediction"], [{}, { eps: 2 }]),
  cosineEmbedding: both(vectors(["input1", "input2"], number, true), ["input1", "input2"], [{}, { margin: -0.3 }]),
  tripletMargin: both(
    vectors(["anchor", "positive", "negative"], number, false),
    ["anchor", "positive", "negative"],
    [{}, { p: 1, margin: 2 }, { p: 3, swap: true }, { p: 2.6, eps: 0.01 }, { swap: true }],
  ),
  infoNce: both(
    (next, samples, size) => {
      const [rows, dimensions] = [Math.min(samples, 50), Math.max(size, 1)];
      const keys = rows + Math.floor(next() * 3);
      return {
        operands: { queries: draws(next, rows * dimensions, number), keys: draws(next, keys * dimensions, number) },
        options: { dimensions },
      };
    },
    ["queries", "keys"],
    [{}, { temperature: 0.5 }, { normalize: false, temperature: 4 }],
    { arithmetic: false, meeting: true, most: [7, 10] },
  ),
  dice: both(vectors(pair, share, false), ["prediction"], [{}, { squared: true }, { smooth: 0.01 }]),
  tversky: both(vectors(pair, share, false), ["prediction"], [{}, { alpha: 0.3, beta: 0.7 }, { alpha: 1, beta: 0.2, smooth: 0.1 }]),
  ctc: both(sequences("logProbabilities"), ["logProbabilities"], [{}], {
    arithmetic: false,
    read: blankInTime,
    most: [4, 4],
    through: (x, { classes }) => logSoftmax(x, { classes: classes as number }),
  }),
  ctcWithLogits: both(sequences("logits"), ["logits"], [{}], { arithmetic: false, read: blankInTime, most: [4, 4] }),
};
