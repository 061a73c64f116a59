/** Pointwise losses: from arrays and options to sweeps over tiles, and back. */

import {
  checkBatchReduction,
  checkHessian,
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
import { batchOf, type LayoutOptions } from "../layout";
import { type HessianConvention, sweepTiles } from "../staging/elements";
import type { PointwiseKernel } from "../staging/kernels";
import { plainStage, stageFor } from "../staging/stages";
import type { CurvedLoss, GradientOptions, Hessian, HessianOptions, LossParameters, Numbers, OptionsOf, Reals, Reduction } from "../types";
import { curvedFace, type Evaluation, type Valued } from "./loss";
import { curvedNames, NO_OPTIONS, optionNames } from "./options";
import { sumOf } from "./sum";

type Options = Omit<GradientOptions, "reduction"> & { reduction?: Reduction | "batchMean" } & HessianOptions &
  LayoutOptions &
  Readonly<Record<string, unknown>>;

/** Numbers that repeat along the data: the third operand of a formula. */
export interface Periodic {
  readonly kernel: PointwiseKernel;
  readonly numbers: Numbers;
}

/** The values of the options that `parameters` declare. */
type Values<P extends LossParameters> = Required<OptionsOf<P>>;

/** The Hessians that are not the second derivative, by who computes them so; of a loss that is a multiple of theirs, the same multiple. */
type Conventions = Partial<Record<Hessian, HessianConvention>>;

/** A pointwise loss: its formula, and the facts about it that no formula shows. */
export interface PointwiseDefinition<P extends LossParameters> {
  readonly name: string;
  /** The formula's kernel, or the one for the options. */
  readonly kernel: PointwiseKernel | ((options: Values<P>) => PointwiseKernel);
  readonly parameters?: P;
  /** The formula's parameters a and b, of the option values. */
  readonly a?: (options: Values<P>) => number;
  readonly b?: (options: Values<P>) => number;
  /** What a weighted mean divides by. Default `"weights"`, their sum; PyTorch's binary cross-entropies divide by the number of elements. */
  readonly meanOver?: "weights" | "elements";
  /** Options beside the numeric ones, and the third operand that they ask for. */
  readonly third?: { readonly options: readonly string[]; readonly of: (options: Options, count: number) => Periodic | undefined };
  readonly hessians?: Conventions | ((options: Values<P>) => Conventions);
  /** Throws for values of options that bounds cannot tell from right ones. */
  readonly check?: (options: Values<P>) => void;
  /** That there is the reduction `"batchMean"`. */
  readonly batched?: boolean;
  /** That the formula has no curvature. */
  readonly straight?: boolean;
  /** The formula exists in JavaScript alone. */
  readonly plain?: boolean;
}

const batchOptions = ["classes", "shape"] satisfies (keyof LayoutOptions)[];

/** The options that a definition declares, and its evaluation. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseEvaluation<P extends LossParameters>(definition: PointwiseDefinition<P>) {
  const parameters: LossParameters = definition.parameters ?? {};
  const known = optionNames([
    ...Object.keys(parameters),
    ...(definition.batched ? batchOptions : []),
    ...(definition.third?.options ?? []),
  ]);
  const curvedKnown = curvedNames(known);
  const defaults = checkParameters(parameters, NO_OPTIONS) as Values<P>;

  function evaluate(
    prediction: Reals,
    target: Numbers,
    options: Options | undefined,
    valued: Valued,
    graded: boolean,
    curved: boolean,
  ): Evaluation {
    if (curved && definition.straight) throw new TypeError(`gradAndHess needs hess in the definition of ${definition.name}, got none`);
    const precision = checkReals("prediction", prediction);
    checkNumbers("target", target);
    const count = prediction.length;
    checkLength("target", target.length, count, "the prediction's length");
    let own = defaults;
    if (options === undefined) options = NO_OPTIONS;
    else {
      checkOptions(options, curved ? curvedKnown : known);
      own = checkParameters(parameters, options) as Values<P>;
      definition.check?.(own);
    }
    const batch = definition.batched ? batchOf(count, options) : undefined;
    const reduction = definition.batched ? checkBatchReduction(options.reduction) : checkReduction(options.reduction as Reduction);
    if (reduction === "batchMean" && batch === undefined) {
      throw new TypeError('classes (or shape) must be given with reduction "batchMean", got neither');
    }
    const upstream = checkUpstream(options.upstream, reduction, count);
    const { weights, out } = options;
    const repeat = weights === undefined ? 1 : checkWeights(weights, count);
    const third = definition.third?.of(options, count);

    const each = reduction === "none" || valued === "each";
    const grad = graded ? checkOut(out, precision, count) : undefined;
    const hess = curved ? checkOut(options.outHess, precision, count, "outHess") : undefined;
    const hessian = curved ? checkHessian(options.hessian) : "exact";
    const { hessians } = definition;
    const convention = hessian === "exact" ? undefined : (typeof hessians === "function" ? hessians(own) : hessians)?.[hessian];
    const values = valued && each ? checkOut(graded ? undefined : out, precision, count) : undefined;
    let divisor = 1;
    if (reduction === "batchMean") divisor = batch!;
    else if (reduction === "mean" || valued === "each") {
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
      summed: valued === true && !each,
      values,
      grad,
      hess,
      convention,
      scale: seed,
      a: definition.a?.(own) ?? 0,
      b: convention?.b ?? definition.b?.(own) ?? 0,
    });
    return { value: values ?? sum / divisor, grad, hess, divisor, count };
  }

  return { parameters, known, evaluate };
}

/** Makes a loss of a definition. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseLoss<P extends LossParameters, O extends object = OptionsOf<P>>(
  definition: PointwiseDefinition<P>,
): CurvedLoss<Numbers, O> {
  const { parameters, known, evaluate } = pointwiseEvaluation(definition);
  return curvedFace(definition.name, parameters, known, evaluate as never);
}
