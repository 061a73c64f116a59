/** Losses over classes: from logits or probabilities, labels or distributions and options to sweeps over tiles. */

import {
  checkHessian,
  checkLabels,
  checkLength,
  checkNumbers,
  checkOptions,
  checkOut,
  checkReals,
  checkReduction,
  checkSampleWeights,
  checkUpstream,
  checkWhole,
  seedOf,
} from "../checks";
import { type LayoutOptions, layoutOptionNames } from "../layout";
import type { ClassCall, ClassKernel } from "../staging/classCall";
import { stageForCall } from "../staging/classStage";
import { areClasses } from "../staging/labels";
import { SHORT } from "../staging/stage";
import { stageFor } from "../staging/stages";
import { sweepClassTiles } from "../staging/tiles";
import type { CurvedLoss, GradientOptions, Hessian, HessianOptions, Labels, Loss, LossParameters, Numbers, Reals } from "../types";
import { isDistribution, labelLayout, type TargetDefinition, targetLayout } from "./classTarget";
import { mixture, shares, usedWeight } from "./classWeights";
import { curvedFace, type Evaluation, lossFace, type Valued } from "./loss";
import { checkedAhead, curvedNames, NO_OPTIONS, type OwnOptions, optionNames, ownOptions } from "./options";
import { type SmoothingOptions, smoothing } from "./smoothing";
import { sumOf } from "./sum";

/** The options that losses over classes share. */
export interface ClassOptions extends LayoutOptions {
  /** A weight for each class; the weighted mean divides by the sum of the weights used. */
  classWeights?: Numbers | undefined;
  /** The label that is left out, of value and gradient: a whole number. Default -100. */
  ignoreIndex?: number | undefined;
}

type Options = GradientOptions & ClassOptions & SmoothingOptions & HessianOptions;

/** A loss over classes: a kernel for each kind of target that it takes. */
export interface ClassDefinition extends TargetDefinition {
  readonly name: string;
  /** What the first argument is called. */
  readonly input: string;
  readonly parameters?: LossParameters;
  /** Names of options that are no numbers, beside the shared ones. */
  readonly others?: readonly string[];
  /** The kernel for integer labels. */
  readonly labels?: ClassKernel;
  /** The kernel for labels mixed with a distribution: label smoothing. */
  readonly smoothed?: ClassKernel;
  /** The kernel for a distribution by class. */
  readonly distribution?: ClassKernel;
  /**
   * What class weights multiply: the target (the default), and with a label so its sample; only the label's sample; each
   * class's term; or nothing: there are none.
   */
  readonly classWeights?: "target" | "sample" | "terms" | "none";
  /** That the mean over samples does not count class weights. */
  readonly meanOver?: "samples";
  /** The formula's parameters, of the numeric options. */
  readonly a?: (own: Record<string, number>) => number;
  readonly b?: (own: Record<string, number>) => number;
  /** Completes the call with what no other loss has. `hessian` is asked for if it is not undefined. */
  readonly complete?: (call: ClassCall, own: Record<string, number>, options: Options, hessian: Hessian | undefined) => void;
}

const ignoring = { default: -100 };

/** What an evaluation of a loss over classes asks for. */
export interface Wanted {
  readonly valued: Valued;
  readonly graded: boolean;
  readonly curved: boolean;
  /** Whether the target must be labels. */
  readonly labelled?: boolean;
  /** Looks at each tile when it is computed. */
  readonly inspect?: ClassCall["after"];
}

/** Evaluates a loss over classes. */
export type ClassEvaluate = (x: Reals, target: Numbers | Labels, given: Options | undefined, wanted: Wanted) => Evaluation;

/** The options that a definition declares, and its evaluation. */
/* @__NO_SIDE_EFFECTS__ */
export function classEvaluation(definition: ClassDefinition): {
  own: OwnOptions;
  known: ReadonlySet<string>;
  evaluate: ClassEvaluate;
} {
  const { input, classWeights: weighing = "target" } = definition;
  const labelled = definition.labels !== undefined;
  const numeric = ownOptions<LossParameters>(
    {
      ...definition.parameters,
      ...(labelled ? { ignoreIndex: ignoring } : {}),
      ...(definition.smoothed === undefined ? {} : { labelSmoothing: smoothing }),
    },
    // No label equals another number, and nothing would be left out.
    labelled ? ({ ignoreIndex }) => checkWhole("ignoreIndex", ignoreIndex) : undefined,
  );
  const known = optionNames([
    ...layoutOptionNames,
    ...(weighing === "none" ? [] : ["classWeights"]),
    ...(definition.others ?? []),
    ...Object.keys(numeric.parameters),
  ]);
  let curvedKnown: ReadonlySet<string> | undefined;

  function evaluate(x: Reals, target: Numbers | Labels, given: Options | undefined, wanted: Wanted): Evaluation {
    const { valued, graded, curved } = wanted;
    const precision = checkReals(input, x);
    const options: Options = given ?? NO_OPTIONS;
    if (given !== undefined) {
      if (curved) curvedKnown ??= curvedNames(known);
      checkOptions(given, (curved && curvedKnown) || known);
    }
    const byLabel = labelled && (wanted.labelled === true || definition.distribution === undefined || !isDistribution(x, target, options));
    const layout = byLabel ? labelLayout(input, x, target, options) : targetLayout(definition, x, target, options);
    const { classes } = layout;
    const samples = layout.groups * layout.positions;
    const reduction = checkReduction(options.reduction);
    const each = reduction === "none" || valued === "each";
    const { weights, classWeights, out, upstream } = options;
    const seeds = checkUpstream(upstream, reduction, samples);
    checkSampleWeights(weights, samples);
    if (classWeights !== undefined) {
      checkNumbers("classWeights", classWeights);
      if (samples === 0 && options.classes === undefined && options.shape === undefined) {
        throw new TypeError("classes (or shape) must be given with classWeights where there are no samples, got neither");
      }
      checkLength("classWeights", classWeights.length, classes, "one number for each class");
    }
    const own = numeric.of(options) as Record<string, number>;
    const { labelSmoothing: epsilon = 0, ignoreIndex = ignoring.default } = own;
    const hessian = curved ? checkHessian(options.hessian) : undefined;

    const call: ClassCall = {
      layout,
      x,
      ignored: NaN,
      weights,
      scale: 1,
      summed: valued === true && !each,
      upstream: seeds,
      kernel: (byLabel ? definition.labels : definition.distribution)!,
      a: definition.a?.(own),
      b: definition.b?.(own),
    };
    let count = samples;
    let divisor = samples;
    if (byLabel) {
      const labels = target as Labels;
      const ignored = ignoreIndex >= 0 && ignoreIndex < classes;
      const quick = ArrayBuffer.isView(labels) && labels.length > SHORT && !ignored;
      // The longer way finds which label is wrong, or how many are ignored.
      if (!quick || !areClasses(stageFor(precision, x), labels, classes)) count = checkLabels(labels, classes, ignoreIndex);
      call.labels = labels;
      if (count < samples) call.ignored = ignoreIndex;
      const counted = definition.meanOver === "samples" ? undefined : classWeights;
      divisor = weights === undefined && counted === undefined ? count : usedWeight(labels, ignoreIndex, weights, counted);
      if (epsilon === 0) call.labelWeights = classWeights;
      else {
        call.kernel = definition.smoothed!;
        if (!call.kernel.oneHot) {
          call.hit = 1 - epsilon;
          call.hitWeights = classWeights;
          call.prior = shares(classes, epsilon / classes, classWeights);
        }
      }
    } else {
      call.operand = target;
      if (weights !== undefined) divisor = sumOf(weights);
    }
    if (weighing === "terms") call.classFactors = Float64Array.from({ length: classes }, (_, c) => (classWeights?.[c] ?? 1) / classes);
    else if (byLabel ? epsilon !== 0 && call.kernel.oneHot : epsilon !== 0 || classWeights !== undefined) {
      call.mix = mixture(classes, epsilon, classWeights);
    }
    if (call.kernel.oneHot && call.kernel.labelled) call.hit = 0;
    if (reduction !== "mean" && valued !== "each") divisor = 1;
    call.scale = seedOf(upstream) / divisor;
    call.output = graded ? checkOut(out, precision, x.length) : undefined;
    call.fresh = out === undefined;
    call.hess = curved ? checkOut(options.outHess, precision, x.length, "outHess", call.output) : undefined;
    call.values = valued && each ? checkOut(graded ? undefined : out, precision, samples) : undefined;
    call.after = wanted.inspect;
    definition.complete?.(call, own, options, hessian);
    const stage = stageForCall(call, precision);
    const sum = sweepClassTiles(stage, call);
    return { value: call.values ?? sum / divisor, grad: call.output, hess: call.hess, divisor, count };
  }

  return { own: checkedAhead(numeric), known, evaluate };
}

/** Makes a loss of a definition. */
/* @__NO_SIDE_EFFECTS__ */
export function classLoss<Target extends Numbers | Labels, O>(definition: ClassDefinition): Loss<Target, O> {
  const { own, known, evaluate } = classEvaluation(definition);
  const evaluated = (x: Reals, target: Numbers, given: Options | undefined, valued: Valued, graded: boolean) =>
    evaluate(x, target, given, { valued, graded, curved: false });
  return lossFace(definition.name, own, known, evaluated as never);
}

/** Makes a loss that also has a Hessian, and hands out its evaluation. */
/* @__NO_SIDE_EFFECTS__ */
export function curvedClassLoss<Target extends Numbers | Labels, O>(
  definition: ClassDefinition,
): { readonly loss: CurvedLoss<Target, O>; readonly evaluate: ClassEvaluate } {
  const { own, known, evaluate } = classEvaluation(definition);
  const evaluated = (x: Reals, target: Numbers, given: Options | undefined, valued: Valued, graded: boolean, curved: boolean) =>
    evaluate(x, target, given, { valued, graded, curved });
  return { loss: curvedFace(definition.name, own, known, evaluated as never), evaluate };
}
