/** Pointwise losses of three arrays, of which two are differentiable. */

import {
  checkLength,
  checkNumbers,
  checkOptions,
  checkOut,
  checkOuts,
  checkReals,
  checkReduction,
  checkUpstream,
  checkWeights,
  seedOf,
} from "../checks";
import { sweepTiles } from "../staging/elements";
import type { PointwiseKernel } from "../staging/kernels";
import { stageFor } from "../staging/stages";
import type { GradientOptions, InputsLoss, Numbers, Reals } from "../types";
import { inputsFace } from "./inputs";
import { NO_OPTIONS, type OwnOptions, optionNames } from "./options";
import { sumOf } from "./sum";

type Options = GradientOptions & Readonly<Record<string, unknown>>;

/** A loss of three operands, whose formula has in the place of its curvature the slope with respect to the second differentiable one. */
export interface TernaryDefinition<Own, D extends string> {
  readonly name: string;
  readonly kernel: PointwiseKernel;
  /** The names of the formula's three operands. */
  readonly inputs: readonly [D, string, string];
  /** The names of the differentiable ones: the first, and another. */
  readonly differentiable: readonly [D, D];
  /** Whether the third may be shorter, each of its numbers for several consecutive elements. */
  readonly shared?: boolean;
  readonly own: OwnOptions<Own>;
  /** The formula's parameters a and b. */
  readonly a: (own: Own) => number;
  readonly b?: (own: Own) => number;
}

/** Makes a loss of a definition. */
/* @__NO_SIDE_EFFECTS__ */
export function ternaryLoss<Rest extends readonly unknown[], D extends string, O, Own extends object>(
  definition: TernaryDefinition<Own, D>,
): InputsLoss<Rest, D, O> {
  const { name, kernel, inputs: names, differentiable, own } = definition;
  const known = optionNames(Object.keys(own.parameters));
  const other = names.indexOf(differentiable[1]);

  function evaluate(x: Reals, t: Numbers, w: Numbers, given: Options | undefined, valued: unknown, graded: boolean) {
    const precision = checkReals(names[0], x);
    const rest = [t, w];
    rest.forEach((array, i) => {
      if (i + 1 === other) checkReals(names[i + 1]!, array as Reals);
      else checkNumbers(names[i + 1]!, array);
    });
    const count = x.length;
    checkLength(names[1], t.length, count, `the length of ${names[0]}`);
    const repeat = definition.shared === true && w.length > 0 && count % w.length === 0 && count > 0 ? count / w.length : 1;
    if (repeat === 1)
      checkLength(names[2], w.length, count, `the length of ${names[0]}${definition.shared === true ? ", or a part of it" : ""}`);
    if (given !== undefined) checkOptions(given, known);
    const options: Options = given ?? NO_OPTIONS;
    const parameters = own.of(options);
    const reduction = checkReduction(options.reduction);
    const { weights, upstream } = options;
    const seeds = checkUpstream(upstream, reduction, count);
    const weightRepeat = weights === undefined ? 1 : checkWeights(weights, count);
    const outs = checkOuts(options.out, [...differentiable, "value"]);
    const each = reduction === "none" || valued === "each";
    const length = other === 2 ? w.length : count;
    const grads = graded
      ? [
          checkOut(outs[names[0]], precision, count, `out.${names[0]}`),
          checkOut(outs[differentiable[1]], precision, length, `out.${differentiable[1]}`),
        ]
      : [];
    const values = valued && each ? checkOut(outs.value, precision, count, "out.value") : undefined;

    let divisor = 1;
    if (reduction === "mean" || valued === "each") divisor = weights === undefined ? count : weightRepeat * sumOf(weights);
    const second = grads[1] === undefined || length === count ? grads[1] : checkOut(undefined, precision, count);
    const sum = sweepTiles(stageFor(precision, x, t, grads[0]), kernel, {
      prediction: x,
      target: t,
      third: w,
      thirdRepeat: repeat,
      weights,
      repeat: weightRepeat,
      upstream: seeds,
      summed: valued === true && !each,
      values,
      grad: grads[0],
      hess: second,
      scale: seedOf(upstream) / divisor,
      a: definition.a(parameters),
      b: definition.b?.(parameters) ?? 0,
    });
    if (second !== undefined && second !== grads[1]) {
      for (let i = 0; i < length; i++) grads[1]![i] = sumOf(second.subarray(i * repeat, (i + 1) * repeat));
    }
    return { value: values ?? sum / divisor, grads, divisor, count };
  }

  const face = { name, inputs: names, own, options: known };
  return inputsFace(face, differentiable, evaluate as never);
}
