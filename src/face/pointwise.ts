/** Pointwise losses: from arrays and options to sweeps over tiles, and back. */

import type { Precision } from "../backends/kinds";
import {
  checkHessian,
  checkLength,
  checkNumbers,
  checkOptions,
  checkOut,
  checkReals,
  checkReduction,
  checkUpstream,
  checkWeights,
  seedOf,
} from "../checks";
import { type StageTarget, sweepTiles } from "../staging/elements";
import type { PointwiseKernel } from "../staging/kernels";
import type { Stage } from "../staging/stage";
import { stageFor } from "../staging/stages";
import type { CurvedLoss, GradientOptions, HessianOptions, Numbers, Reals, Reduction } from "../types";
import type { HessianOf } from "./hessians";
import { curvedFace, type Evaluation, type Valued } from "./loss";
import { curvedNames, NO_OPTIONS, NO_OWN, type OwnOptions, optionNames } from "./options";
import { sumOf } from "./sum";

type Options = Omit<GradientOptions, "reduction"> & { reduction?: Reduction | "batchMean" } & HessianOptions &
  Readonly<Record<string, unknown>>;

/** Numbers that repeat along the data, each for `repeat` elements: the third operand of a formula. */
interface Periodic {
  readonly kernel: PointwiseKernel;
  readonly numbers: Numbers;
  readonly repeat: number;
}

/** A pointwise loss: its formula, and the facts about it that no formula shows. What few losses have, only their definitions import. */
export interface PointwiseDefinition<O> {
  readonly name: string;
  /** The formula's kernel, or the one for the options. */
  readonly kernel: PointwiseKernel | ((own: O) => PointwiseKernel);
  readonly own?: OwnOptions<O>;
  /** The formula's parameters a and b, of the option values. */
  readonly a?: (own: O) => number;
  readonly b?: (own: O) => number;
  /** That a weighted mean divides by the number of elements, as PyTorch's binary cross-entropies do, not by the sum of the weights. */
  readonly meanOverElements?: boolean;
  /** The names of options beside the numeric ones. */
  readonly options?: readonly string[];
  /** The third operand that they ask for. */
  readonly third?: (options: Options, count: number) => Periodic | undefined;
  /** What is to be made of the target. */
  readonly stageTarget?: (own: O) => StageTarget | undefined;
  /** The Hessians that are not the second derivative. */
  readonly hessian?: HessianOf<O>;
  /** What the sum is divided by under a reduction of the loss's own. */
  readonly divisor?: (count: number, options: Options) => number | undefined;
  /** Another stage than the common ones. */
  readonly stage?: (precision: Precision) => Stage;
}

/** The options that a definition declares, and its evaluation. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseEvaluation<O>(definition: PointwiseDefinition<O>) {
  const { kernel, own: ownOptions = NO_OWN as OwnOptions<O> } = definition;
  const known = optionNames([...Object.keys(ownOptions.parameters), ...(definition.options ?? [])]);
  let curvedKnown: ReadonlySet<string> | undefined;

  function evaluate(
    prediction: Reals,
    target: Numbers,
    given: Options | undefined,
    valued: Valued,
    graded: boolean,
    curved: boolean,
  ): Evaluation {
    const precision = checkReals("prediction", prediction);
    checkNumbers("target", target);
    const count = prediction.length;
    checkLength("target", target.length, count, "the prediction's length");
    if (given !== undefined) {
      if (curved) curvedKnown ??= curvedNames(known);
      checkOptions(given, (curved && curvedKnown) || known);
    }
    const options: Options = given ?? NO_OPTIONS;
    const own = ownOptions.of(options);
    let divisor = definition.divisor?.(count, options);
    const reduction = divisor === undefined ? checkReduction(options.reduction as Reduction) : options.reduction!;
    const { weights, out, upstream } = options;
    const seeds = checkUpstream(upstream, reduction, count);
    const repeat = weights === undefined ? 1 : checkWeights(weights, count);
    const third = definition.third?.(options, count);

    const each = reduction === "none" || valued === "each";
    const grad = graded ? checkOut(out, precision, count) : undefined;
    const hess = curved ? checkOut(options.outHess, precision, count, "outHess", grad) : undefined;
    const hessian = curved ? checkHessian(options.hessian) : undefined;
    const convention = hessian && definition.hessian?.(hessian, own);
    const values = valued && each ? checkOut(graded ? undefined : out, precision, count) : undefined;
    if (reduction === "mean" || valued === "each") {
      divisor ??= weights === undefined || definition.meanOverElements ? count : repeat * sumOf(weights);
    }
    divisor ??= 1;
    const stage = definition.stage?.(precision) ?? stageFor(precision, prediction, target, out);
    const sum = sweepTiles(stage, third?.kernel ?? (typeof kernel === "function" ? kernel(own) : kernel), {
      prediction,
      target,
      stageTarget: definition.stageTarget?.(own),
      third: third?.numbers,
      thirdRepeat: third?.repeat,
      weights,
      repeat,
      upstream: seeds,
      summed: valued === true && !each,
      values,
      grad,
      hess,
      settle: convention?.settle,
      scale: seedOf(upstream) / divisor,
      a: definition.a?.(own) ?? 0,
      b: convention?.b ?? definition.b?.(own) ?? 0,
    });
    return { value: values ?? sum / divisor, grad, hess, divisor, count };
  }

  return { own: ownOptions, known, evaluate };
}

/** Makes a loss of a definition. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseLoss<O extends object = Record<never, never>, Given extends object = Partial<O>>(
  definition: PointwiseDefinition<O>,
): CurvedLoss<Numbers, Given> {
  const { own, known, evaluate } = pointwiseEvaluation(definition);
  return curvedFace(definition.name, own, known, evaluate as never);
}
