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
import type { PointwiseKernel } from "../staging/kernels";
import { Slot, type Stage } from "../staging/stage";
import { plainStage, stageFor } from "../staging/stages";
import type { GradientOptions, Loss, LossParameters, Numbers, OptionsOf, Reals } from "../types";
import { type Evaluation, lossFace } from "./loss";
import { NO_OPTIONS, optionNames } from "./options";

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

    const inputs =
      out === undefined
        ? []
        : [
            { name: "prediction", array: prediction, aligned: true },
            { name: "target", array: target, aligned: true },
            { name: "weights", array: weights ?? [], aligned: repeat === 1 },
            { name: "upstream", array: typeof upstream === "number" ? [] : upstream, aligned: true },
            { name: "posWeight", array: third?.numbers ?? [], aligned: false },
          ];
    const each = reduction === "none";
    const grad = graded ? checkOut(out, precision, count, inputs) : undefined;
    const values = valued && each ? checkOut(graded ? undefined : out, precision, count, inputs) : undefined;

    let divisor = 1;
    if (reduction === "mean") {
      divisor = weights === undefined || definition.meanOver === "elements" ? count : repeat * sumOf(weights);
    }
    const seed = (typeof upstream === "number" ? upstream : 1) / divisor;
    const stage = definition.plain ? plainStage(precision) : stageFor(precision, 0, [prediction, target, out]);
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
    return { value: values ?? sum / divisor, grad };
  }

  return lossFace(definition.name, parameters, evaluate as never);
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
  const { prediction, target, third, weights, upstream, values, grad, scale, a, b, summed } = call;
  const { instance, tile } = stage;
  const { machine } = instance;
  const run = instance.function(kernel);
  const formula = instance.formula(kernel);
  const valued = summed || values !== undefined ? 1 : 0;
  const gradHeld = grad !== undefined && stage.holds(grad);
  const valuesHeld = values !== undefined && stage.holds(values);
  // A gradient written over its prediction would leave nothing to sum again below, or to multiply by in the next pass.
  const copied = gradHeld || valuesHeld ? (array: Numbers) => array === grad || array === values : () => false;
  let sum = 0;
  for (let start = 0; start < call.count; start += tile) {
    const count = Math.min(tile, call.count - start);
    const bring = (slot: number, array: Numbers) =>
      copied(array) ? stage.copy(slot, array, start, count) : stage.place(slot, array, start, count);
    const p = bring(Slot.prediction, prediction);
    const t = target === undefined ? 0 : bring(Slot.target, target);
    const w = third === undefined ? 0 : repeating(stage, Slot.third, third, start, count, 1);
    const v =
      values === undefined
        ? weights !== undefined && summed
          ? stage.slot(Slot.values)
          : 0
        : valuesHeld
          ? stage.place(Slot.values, values, start, count)
          : stage.slot(Slot.values);
    const g = grad === undefined ? 0 : gradHeld ? stage.place(Slot.gradient, grad, start, count) : stage.slot(Slot.gradient);
    const before = sum;
    sum = run(formula, machine, p, t, w, count, v, g, valued, scale, a, b, sum);
    if (weights !== undefined) {
      const factors = repeating(stage, Slot.weights, weights, start, count, call.repeat);
      if (v !== 0) {
        instance.multiply(machine, v, factors, count);
        if (summed) sum = instance.total(machine, v, count, before);
      }
      if (g !== 0) instance.multiply(machine, g, factors, count);
    } else if (summed && !Number.isFinite(sum) && Number.isFinite(before)) {
      // The lanes' own precision may have overflowed where f64 does not.
      run(formula, machine, p, t, w, count, stage.slot(Slot.values), 0, 1, scale, a, b, 0);
      sum = instance.total(machine, stage.slot(Slot.values), count, before);
    }
    if (g !== 0 && upstream !== undefined) instance.multiply(machine, g, bring(Slot.weights, upstream), count);
    if (values !== undefined && !valuesHeld) stage.collect(Slot.values, values, start, count);
    if (grad !== undefined && !gradHeld) stage.collect(Slot.gradient, grad, start, count);
  }
  return sum;
}

/** Stages numbers of which each is for `repeat` elements, and which begin anew at their end; returns their address. */
function repeating(stage: Stage, slot: number, numbers: Numbers, start: number, count: number, repeat: number): number {
  if (repeat === 1 && numbers.length >= start + count) return stage.place(slot, numbers, start, count);
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

function sumOf(numbers: Numbers): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}
