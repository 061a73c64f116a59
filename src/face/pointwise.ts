/** Pointwise losses: from arrays and options to sweeps over tiles, and back. */

import {
  checkLength,
  checkNumbers,
  checkOptions,
  checkOut,
  checkParameters,
  checkReals,
  checkReduction,
  checkUpstream,
  checkWeights,
} from "../checks";
import { apart } from "../staging/apart";
import type { PointwiseKernel } from "../staging/kernels";
import { Slot, type Stage } from "../staging/stage";
import { plainStage, stageFor } from "../staging/stages";
import type { GradientOptions, Loss, LossParameters, Numbers, OptionsOf, Reals } from "../types";
import { type Evaluation, lossFace } from "./loss";
import { NO_OPTIONS, optionNames } from "./options";
import { sumOf } from "./sum";

type Values = Float32Array | Float64Array;
type Options = GradientOptions & Readonly<Record<string, unknown>>;

/** Numbers that repeat along the data: the third operand of a formula. */
export interface Periodic {
  readonly kernel: PointwiseKernel;
  readonly numbers: Numbers;
}

/** A pointwise loss: its formula, and the facts about it that no formula shows. */
export interface PointwiseDefinition<P extends LossParameters> {
  readonly name: string;
  /** The formula's kernel; one that depends on the options only in JavaScript. */
  readonly kernel: PointwiseKernel | ((options: Record<keyof P, number>) => PointwiseKernel);
  readonly parameters?: P;
  /** The formula's parameters a and b, of the option values. */
  readonly a?: (options: Record<keyof P, number>) => number;
  readonly b?: (options: Record<keyof P, number>) => number;
  /** What a weighted mean divides by. Default `"weights"`, their sum; PyTorch's binary cross-entropies divide by the number of elements. */
  readonly meanOver?: "weights" | "elements";
  /** Options beside the numeric ones, and the third operand that they ask for. */
  readonly third?: { readonly options: readonly string[]; readonly of: (options: Options, count: number) => Periodic | undefined };
  /** The formula exists in JavaScript alone. */
  readonly plain?: boolean;
}

/** Makes a loss of a definition. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseLoss<P extends LossParameters, O extends object = OptionsOf<P>>(
  definition: PointwiseDefinition<P>,
): Loss<Numbers, O> {
  const parameters: LossParameters = definition.parameters ?? {};
  const known = optionNames([...Object.keys(parameters), ...(definition.third?.options ?? [])]);
  const defaults = checkParameters(parameters, NO_OPTIONS) as Record<keyof P, number>;

  function evaluate(prediction: Reals, target: Numbers, options: Options | undefined, valued: boolean, graded: boolean): Evaluation {
    const precision = checkReals("prediction", prediction);
    checkNumbers("target", target);
    const count = prediction.length;
    checkLength("target", target.length, count, "the prediction's length");
    let own = defaults;
    if (options === undefined) options = NO_OPTIONS;
    else {
      checkOptions(options, known);
      own = checkParameters(parameters, options) as Record<keyof P, number>;
    }
    const reduction = checkReduction(options.reduction);
    const upstream = checkUpstream(options.upstream, reduction, count);
    const { weights, out } = options;
    const repeat = weights === undefined ? 1 : checkWeights(weights, count);
    const third = definition.third?.of(options, count);

    const each = reduction === "none";
    const grad = graded ? checkOut(out, precision, count) : undefined;
    const values = valued && each ? checkOut(graded ? undefined : out, precision, count) : undefined;
    let divisor = 1;
    if (reduction === "mean") {
      divisor = weights === undefined || definition.meanOver === "elements" ? count : repeat * sumOf(weights);
    }
    const seed = (typeof upstream === "number" ? upstream : 1) / divisor;
    const stage = definition.plain ? plainStage(precision) : stageFor(precision, 0, 0, prediction, target, out);
    const { kernel } = definition;
    const sum = sweepTiles(stage, third?.kernel ?? (typeof kernel === "function" ? kernel(own) : kernel), {
      prediction,
      target,
      count,
      third: third?.numbers,
      weights,
      repeat,
      upstream: typeof upstream === "number" ? undefined : upstream,
      summed: valued && !each,
      values,
      grad,
      scale: seed,
      a: definition.a?.(own) ?? 0,
      b: definition.b?.(own) ?? 0,
    });
    return { value: values ?? sum / divisor, grad, sum, divisor };
  }

  return lossFace(definition.name, parameters, known, evaluate as never);
}

/** A checked call. */
export interface PointwiseSweep {
  prediction: Reals;
  target: Numbers | undefined;
  count: number;
  third: Numbers | undefined;
  weights: Numbers | undefined;
  /** Consecutive elements that share a weight. */
  repeat: number;
  upstream: Numbers | undefined;
  summed: boolean;
  values: Values | undefined;
  grad: Values | undefined;
  scale: number;
  a: number;
  b: number;
}

/** Sweeps the data tile by tile, writes values and gradient, and returns the sum of the values. */
export function sweepTiles(stage: Stage, kernel: PointwiseKernel, call: PointwiseSweep): number {
  const { count, values, grad, scale, a, b, summed } = call;
  const { instance, tile, element } = stage;
  const { machine } = instance;
  const run = instance.function(kernel);
  const formula = instance.formula(kernel);
  const output = grad ?? values;
  // A single tile is copied in before anything is written.
  const shared = count > tile ? output : undefined;
  const prediction = apart(call.prediction, shared);
  const target = call.target === undefined ? undefined : apart(call.target, shared);
  const third = call.third === undefined ? undefined : apart(call.third, shared);
  const weights = call.weights === undefined ? undefined : apart(call.weights, shared);
  const upstream = call.upstream === undefined ? undefined : apart(call.upstream, shared);
  const gradAt = stage.find(grad);
  const valuesAt = stage.find(values);
  const outputAt = grad === undefined ? valuesAt : gradAt;
  const predictionAt = findApart(stage, prediction, outputAt, count);
  const targetAt = findApart(stage, target, outputAt, count);
  const valued = summed || values !== undefined ? 1 : 0;
  const gradSlot = grad === undefined ? 0 : stage.slot(Slot.gradient);
  const valuesSlot = values === undefined && (weights === undefined || !summed) ? 0 : stage.slot(Slot.values);
  let sum = 0;
  for (let start = 0; start < count; start += tile) {
    const size = Math.min(tile, count - start);
    const offset = start * element;
    const p = predictionAt < 0 ? stage.copy(Slot.prediction, prediction, start, size) : predictionAt + offset;
    const t = target === undefined ? 0 : targetAt < 0 ? stage.copy(Slot.target, target, start, size) : targetAt + offset;
    const w = third === undefined ? 0 : copyRepeating(stage, Slot.third, third, start, size, 1);
    const v = valuesAt < 0 ? valuesSlot : valuesAt + offset;
    const g = gradAt < 0 ? gradSlot : gradAt + offset;
    const factors = weights === undefined ? 0 : copyRepeating(stage, Slot.weights, weights, start, size, call.repeat);
    const seeds = upstream === undefined ? 0 : stage.copy(Slot.upstream, upstream, start, size);
    const before = sum;
    sum = run(formula, machine, p, t, w, size, v, g, valued, scale, a, b, sum);
    if (factors !== 0) {
      if (v !== 0) {
        instance.multiply(machine, v, factors, size);
        if (summed) sum = instance.total(machine, v, size, before);
      }
      if (g !== 0) instance.multiply(machine, g, factors, size);
    } else if (summed && !Number.isFinite(sum) && Number.isFinite(before)) {
      // The lanes' own precision may have overflowed where f64 does not.
      const again = stage.slot(Slot.values);
      run(formula, machine, p, t, w, size, again, 0, 1, scale, a, b, 0);
      sum = instance.total(machine, again, size, before);
    }
    if (g !== 0 && seeds !== 0) instance.multiply(machine, g, seeds, size);
    if (values !== undefined && valuesAt < 0) stage.collect(Slot.values, values, start, size);
    if (grad !== undefined && gradAt < 0) stage.collect(Slot.gradient, grad, start, size);
  }
  return sum;
}

/** Where an operand lies in the stage's memory; -1 to copy it, as one across the output, which what follows a sweep still reads. */
function findApart(stage: Stage, array: Numbers | undefined, outputAt: number, count: number): number {
  const at = stage.find(array);
  return outputAt >= 0 && Math.abs(at - outputAt) < count * stage.element ? -1 : at;
}

/** Copies into a slot numbers of which each is for `repeat` elements, and which begin anew at their end. */
function copyRepeating(stage: Stage, slot: number, numbers: Numbers, start: number, count: number, repeat: number): number {
  if (repeat === 1 && numbers.length >= start + count) return stage.copy(slot, numbers, start, count);
  const index = stage.index(slot);
  const { reals } = stage;
  let at = Math.floor(start / repeat) % numbers.length;
  let within = start % repeat;
  for (let i = 0; i < count; i++) {
    reals[index + i] = numbers[at]!;
    if (++within === repeat) {
      within = 0;
      if (++at === numbers.length) at = 0;
    }
  }
  return stage.slot(slot);
}
