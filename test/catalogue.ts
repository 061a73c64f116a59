/** The public functions, found by what they are, each joined to inputs that it accepts: what tests enumerate. */

import type { Activation, Loss, Numbers, OutOption, Penalty } from "../src/index";
import * as library from "../src/index";
import { rowFormulas } from "./classReference";
import { activationFormulas } from "./formulas";
import { type InputsKind, inputKinds } from "./inputCatalogue";
import { between, draws, pick, type Random } from "./random";

export type Options = Readonly<Record<string, unknown>>;
export type AnyLoss = Loss<Numbers, Options>;
/** What gradients there are, by name if they are several. */
export type Gradients = Reals | Readonly<Record<string, Reals>>;
type Reals = Float32Array | Float64Array;
interface AnyInputsLoss extends Omit<AnyLoss, "grad" | "valueAndGrad" | "accumulator"> {
  (...given: readonly unknown[]): number | Reals;
  grad(...given: readonly unknown[]): Gradients;
  valueAndGrad(...given: readonly unknown[]): { value: number | Reals; grad: Gradients };
  accumulator(options?: Options): AnyInputsAccumulator;
  readonly inputs: readonly string[];
}
/** The face of their accumulators. */
interface AnyInputsAccumulator {
  update(...given: readonly unknown[]): unknown;
  merge(other: AnyInputsAccumulator): this;
  value(): number;
  readonly count: number;
}
export type AnyActivation = Activation<Options & OutOption>;

type Draw = (next: Random) => number;

/** Inputs of a pointwise loss, and the settings of its own options to try. */
export interface PointwiseEntry {
  readonly kind: "pointwise";
  readonly name: string;
  readonly loss: AnyLoss;
  readonly prediction: Draw;
  readonly target: Draw;
  readonly settings: readonly Options[];
  /** Whether it is arithmetic alone, of the same bits on every machine. */
  readonly arithmetic: boolean;
}

/** Inputs of a loss over classes, and what it takes. */
export interface ClassEntry {
  readonly kind: "classes";
  readonly name: string;
  readonly loss: AnyLoss;
  /** What its first argument is called. */
  readonly input: string;
  readonly prediction: Draw;
  readonly distribution: boolean;
  readonly smoothing: boolean;
  readonly arithmetic: boolean;
  /** Settings of its own options to try. Default none. */
  readonly settings?: readonly Options[];
  /** Magnitude of the numbers that an element of the gradient adds. Default 1. */
  readonly added?: number;
  /** Whether it takes class weights. Default true. */
  readonly classWeights?: boolean;
  /** Whether a target as long as the prediction, without a layout, is a yes or no for each element. */
  readonly binary?: boolean;
}

/** Inputs of a loss of a sample's classes whose target is always as long as the prediction. */
export interface RowEntry {
  readonly kind: "rows";
  readonly name: string;
  readonly loss: AnyLoss;
  readonly input: string;
  readonly prediction: Draw;
  /** The target of a sample. */
  readonly target: (next: Random, classes: number) => number[];
  /** Whether that is a list of labels, ended by -1, and not a number for each class. */
  readonly lists: boolean;
  readonly arithmetic: boolean;
}

/** A loss of several inputs, of vectors, of regions or of sequences. */
export interface InputsEntry extends InputsKind {
  readonly name: string;
  readonly loss: AnyInputsLoss;
}

type Inputs<Entry> = Omit<Entry, "name" | "loss">;

const number: Draw = (next) => between(next, -4, 4);
const positive: Draw = (next) => between(next, 0.25, 6);
const logit: Draw = (next) => pick(next, [between(next, -8, 8), between(next, -1, 1), 0]);
const probability: Draw = (next) => pick(next, [between(next, 0.001, 0.999), 1e-6, 0.5]);
/** A yes, a no, or a share between. */
const share: Draw = (next) => pick(next, [0, 1, next()]);

const pointwise = (prediction: Draw, target: Draw, settings: readonly Options[] = [{}], arithmetic = true): Inputs<PointwiseEntry> => ({
  kind: "pointwise",
  prediction,
  target,
  settings,
  arithmetic,
});

/** Labels of a sample, each once, ended by -1 and followed by anything. */
function labelList(next: Random, classes: number): number[] {
  const order = Array.from({ length: classes }, (_, c) => c).sort(() => next() - 0.5);
  const count = Math.floor(next() * (Math.min(classes, 4) + 1));
  return order.map((label, i) => (i === count ? -1 : i > count ? Math.floor(next() * classes) : label));
}

/** By name of the loss. One that is public and missing here fails `catalogue.test.ts`. */
export const inputs: Readonly<Record<string, Inputs<PointwiseEntry> | Inputs<ClassEntry> | Inputs<RowEntry> | InputsKind>> = {
  ...inputKinds,
  mse: pointwise(number, number),
  halfSquaredError: pointwise(number, number),
  mae: pointwise(number, number),
  mape: pointwise(number, (next) => pick(next, [between(next, 0.5, 4), between(next, -4, -0.5), 0]), [{}, { eps: 0.25 }]),
  huber: pointwise(number, number, [{}, { delta: 0.3 }, { delta: 2.5 }]),
  smoothL1: pointwise(number, number, [{}, { beta: 0.3 }, { beta: 2.5 }, { beta: 0 }]),
  binaryCrossEntropy: pointwise((next) => pick(next, [probability(next), 0, 1]), share, [{}, { labelSmoothing: 0.1 }], false),
  binaryCrossEntropyWithLogits: pointwise(
    (next) => pick(next, [logit(next), between(next, -30, 30)]),
    share,
    [{}, { posWeight: 2.5 }, { posWeight: 0 }, { labelSmoothing: 0.2 }, { labelSmoothing: 1, posWeight: 3 }],
    false,
  ),
  msle: pointwise(
    (next) => pick(next, [between(next, 0.01, 9), between(next, -0.5, -0.01)]),
    (next) => between(next, -0.25, 9),
    [{}, { eps: -1 }, { eps: 0.5 }],
    false,
  ),
  logCosh: pointwise(
    (next) => pick(next, [number(next), between(next, -0.1, 0.1), 1e-4]),
    (next) => pick(next, [number(next), 0]),
    [{}],
    false,
  ),
  quantile: pointwise(number, number, [{}, { quantile: 0.125 }, { quantile: 1 }, { quantile: 0 }]),
  pseudoHuber: pointwise(number, number, [{}, { delta: 0.25 }, { delta: 3 }]),
  poissonNll: pointwise(
    positive,
    (next) => pick(next, [0, 1, 2, 7, between(next, 0, 3)]),
    [{}, { full: true }, { logInput: false }, { logInput: false, full: true, eps: 0.5 }],
    false,
  ),
  tweedie: pointwise(
    positive,
    positive,
    [0, 1, 1.25, 1.5, 2, 2.7, 3, -1].map((power) => ({ power })),
    false,
  ),
  gammaDeviance: pointwise(positive, positive, [{}], false),
  focal: pointwise(logit, share, [{}, { gamma: 0 }, { gamma: 1.5, alpha: 0.5 }, { gamma: 5, alpha: -1 }, { labelSmoothing: 0.1 }], false),
  hinge: pointwise(logit, (next) => pick(next, [-1, 0, 1])),
  squaredHinge: pointwise(logit, (next) => pick(next, [-1, 0, 1])),
  softMargin: pointwise(logit, (next) => pick(next, [-1, 1, between(next, -1, 1)]), [{}], false),
  hingeEmbedding: pointwise(
    (next) => between(next, 0, 4),
    (next) => pick(next, [-1, 1]),
    [{}, { margin: 2.5 }],
  ),
  klDivergence: pointwise(
    (next) => between(next, -9, 0),
    (next) => pick(next, [0, probability(next)]),
    [{}, { logTarget: true }],
    false,
  ),
  crossEntropy: { kind: "classes", input: "logits", prediction: logit, distribution: true, smoothing: true, arithmetic: false },
  categoricalCrossEntropy: {
    kind: "classes",
    input: "prediction",
    prediction: probability,
    distribution: true,
    smoothing: true,
    arithmetic: false,
  },
  categoricalFocal: {
    kind: "classes",
    input: "prediction",
    prediction: probability,
    distribution: true,
    smoothing: true,
    arithmetic: false,
    settings: [{}, { alpha: 1, gamma: 0 }, { gamma: 0.5 }],
  },
  poly1: {
    kind: "classes",
    input: "logits",
    prediction: logit,
    distribution: true,
    smoothing: true,
    arithmetic: false,
    settings: [{}, { epsilon: -0.5 }],
    // p - t, and epsilon p (t - the mean of t under p).
    added: 6,
  },
  brier: {
    kind: "classes",
    input: "prediction",
    prediction: probability,
    distribution: true,
    smoothing: false,
    arithmetic: true,
    classWeights: false,
    binary: true,
  },
  categoricalHinge: {
    kind: "classes",
    input: "logits",
    prediction: number,
    distribution: true,
    smoothing: false,
    arithmetic: true,
    classWeights: false,
  },
  multiMargin: {
    kind: "classes",
    input: "logits",
    prediction: number,
    distribution: false,
    smoothing: false,
    arithmetic: true,
    settings: [{}, { p: 2 }, { margin: 0.5 }],
  },
  multilabelMargin: { kind: "rows", input: "logits", prediction: number, target: labelList, lists: true, arithmetic: true },
  multilabelSoftMargin: {
    kind: "rows",
    input: "logits",
    prediction: logit,
    target: (next, classes) => draws(next, classes, share),
    lists: false,
    arithmetic: false,
  },
  jensenShannon: {
    kind: "rows",
    input: "prediction",
    prediction: probability,
    target: (next, classes) => drawDistributions(next, 1, classes),
    lists: false,
    arithmetic: false,
  },
  nll: {
    kind: "classes",
    input: "logProbabilities",
    prediction: (next) => between(next, -9, 0),
    distribution: false,
    smoothing: false,
    arithmetic: true,
  },
};

const exported = Object.values(library) as readonly unknown[];
const having = <T>(key: string) => exported.filter((f): f is T => typeof f === "function" && key in f);

/** Every public loss. */
export const losses = having<AnyLoss>("lossName");
/** Every public penalty. */
export const penalties = having<Penalty>("penaltyName");
/** Every public activation. */
export const activations = having<AnyActivation>("activationName");

const joined = losses
  .filter(({ lossName }) => lossName in inputs)
  .map(
    (loss) =>
      ({ ...inputs[loss.lossName]!, name: loss.lossName, loss: loss as unknown }) as PointwiseEntry | ClassEntry | RowEntry | InputsEntry,
  );

export const pointwiseLosses = joined.filter((entry) => entry.kind === "pointwise");
export const rowLosses = joined.filter((entry) => entry.kind === "rows");
export const classLosses = joined.filter((entry) => entry.kind === "classes");
export const inputLosses = joined.filter((entry) => entry.kind === "inputs");

/** Activations whose rows matter, and those that work element by element. */
export const rowActivations = activations.filter(({ activationName }) => activationFormulas[activationName] === "rows");
export const elementActivations = activations.filter((activation) => !rowActivations.includes(activation));

/** Those of them that give one output for a row. */
export const reducing: ReadonlySet<AnyActivation> = new Set(
  rowActivations.filter(({ activationName }) => rowFormulas[activationName]!.reduces),
);

/** `samples` labels below `classes`. */
export function drawLabels(next: Random, samples: number, classes: number): number[] {
  return draws(next, samples, () => Math.floor(next() * classes));
}

/** `samples` distributions over `classes`, some of whose entries are 0, side by side. */
export function drawDistributions(next: Random, samples: number, classes: number): number[] {
  return Array.from({ length: samples }, () => {
    const shares = draws(next, classes, () => pick(next, [0, next(), next()]));
    const total = shares.reduce((a, b) => a + b, 0);
    return shares.map((x) => (total === 0 ? 1 / classes : x / total));
  }).flat();
}
