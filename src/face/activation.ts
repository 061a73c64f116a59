/** Activations: functions from an array to an array, with vector-Jacobian products. */

import type { Kernel } from "../backends/kernel";
import { checkLength, checkNumbers, checkOptions, checkOut, checkReals } from "../checks";
import { type Layout, type LayoutOptions, layoutOf, layoutOptionNames, rowsOf } from "../layout";
import type { ClassCall } from "../staging/classCall";
import { softmaxSweep } from "../staging/classKernels";
import { stageForCall } from "../staging/classStage";
import { transformTiles } from "../staging/elements";
import type { SoftmaxKernel } from "../staging/kernels";
import { stageFor } from "../staging/stages";
import { sweepClassTiles } from "../staging/tiles";
import type { Numbers, Output, Reals } from "../types";
import { NO_OPTIONS, NO_OWN, type OwnOptions, ownOptions } from "./options";
import { shapeCall, shapingOf, type TemperingOptions, tempering } from "./shaping";

/** The option of every activation. */
export interface OutOption {
  /** Where to write the array that is returned. It may be the input itself. */
  out?: Float32Array | Float64Array | undefined;
}

/** An activation: `f(x)`, and `f.grad(x, upstream)`, the upstream gradient times the Jacobian. */
export interface Activation<O> {
  <P extends Reals>(x: P, options?: O & OutOption): Output<P>;
  /** The upstream gradient times the Jacobian: the gradient with respect to x, of its length. */
  grad<P extends Reals>(x: P, upstream: Numbers, options?: O & OutOption): Output<P>;
  /** The name under which the library exports the activation. */
  readonly activationName: string;
}

/** Makes an activation of a pointwise formula. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseActivation<Own extends object = Record<never, never>>(definition: {
  readonly name: string;
  readonly kernel: Kernel<void>;
  readonly own?: OwnOptions<Own>;
  readonly a?: (own: Own) => number;
  readonly b?: (own: Own) => number;
}): Activation<Partial<Own>> {
  const { name, kernel, own: ownOptions = NO_OWN as OwnOptions<Own> } = definition;
  const known = new Set([...Object.keys(ownOptions.parameters), "out"]);

  function evaluate<X extends Reals>(x: X, upstream: Numbers | undefined, options: OutOption | undefined): Output<X> {
    const precision = checkReals("x", x);
    if (upstream !== undefined) {
      checkNumbers("upstream", upstream);
      checkLength("upstream", upstream.length, x.length, "the length of x");
    }
    if (options !== undefined) checkOptions(options, known);
    const own = ownOptions.of(options ?? NO_OPTIONS);
    const out = checkOut<X>(options?.out, precision, x.length);
    const stage = stageFor(precision, x, upstream, options?.out);
    transformTiles(stage, kernel, x, upstream, out, definition.a?.(own) ?? 0, definition.b?.(own) ?? 0);
    return out;
  }

  return Object.assign(<X extends Reals>(x: X, options?: OutOption) => evaluate(x, undefined, options), {
    grad: <X extends Reals>(x: X, upstream: Numbers, options?: OutOption) => evaluate(x, requireUpstream(upstream), options),
    activationName: name,
  }) as Activation<Partial<Own>>;
}

type Options = LayoutOptions & TemperingOptions & OutOption;

const temperature = /* @__PURE__ */ ownOptions(tempering);

/** Makes an activation of formulas of the softmax family: of as many outputs as inputs, or of one for each row. */
/* @__NO_SIDE_EFFECTS__ */
export function rowActivation<O extends LayoutOptions = LayoutOptions>(definition: {
  readonly name: string;
  readonly kernel: SoftmaxKernel;
  readonly gradient: SoftmaxKernel;
  /** That there is one output for each row, and which a row of no classes has. */
  readonly reduces?: { readonly empty: number };
  /** That it takes a temperature and a mask: the sign of the logits, and whether outputs are logarithms, of 0 for a masked class. */
  readonly tempered?: { readonly sign: 1 | -1; readonly logarithmic: boolean };
}): Activation<O> {
  const { name } = definition;
  const reduces = definition.reduces !== undefined;
  const forward = softmaxSweep(definition.kernel);
  const backward = softmaxSweep(definition.gradient);
  const { tempered } = definition;
  const known = new Set([...layoutOptionNames, ...(tempered === undefined ? [] : ["temperature", "mask"]), "out"]);

  function evaluate<X extends Reals>(x: X, upstream: Numbers | undefined, given: Options | undefined): Output<X> {
    const precision = checkReals("x", x);
    if (given !== undefined) checkOptions(given, known);
    const options: Options = given ?? NO_OPTIONS;
    const layout: Layout =
      layoutOf(x.length, options, -1) ?? (x.length === 0 ? { groups: 1, classes: 0, positions: 1 } : rowsOf(x.length, x.length));
    const samples = layout.groups * layout.positions;
    if (upstream !== undefined) {
      checkNumbers("upstream", upstream);
      checkLength("upstream", upstream.length, reduces ? samples : x.length, reduces ? "one number for each row" : "the length of x");
    }
    const shaping = tempered === undefined ? undefined : shapingOf(temperature.of(options) as never, options, x.length, tempered.sign);
    const byRow = reduces && upstream === undefined;
    const out = checkOut<X>(options.out, precision, byRow ? samples : x.length);
    const call: ClassCall = {
      layout,
      x,
      ignored: NaN,
      scale: 1,
      summed: false,
      kernel: upstream === undefined ? forward : backward,
      operand: reduces ? undefined : upstream,
      upstream: reduces ? upstream : undefined,
      values: byRow ? out : undefined,
      empty: definition.reduces?.empty,
      output: byRow ? undefined : out,
    };
    if (shaping !== undefined) {
      const backwards = upstream !== undefined;
      shapeCall(call, shaping, backwards, !backwards && tempered!.logarithmic ? -Infinity : 0);
    }
    const stage = stageForCall(call, precision);
    sweepClassTiles(stage, call);
    return out;
  }

  return Object.assign(<X extends Reals>(x: X, options?: Options) => evaluate(x, undefined, options), {
    grad: <X extends Reals>(x: X, upstream: Numbers, options?: Options) => evaluate(x, requireUpstream(upstream), options),
    activationName: name,
  }) as Activation<O>;
}

/** An upstream gradient that is missing is checked as what it is, not taken for a call of the function itself. */
function requireUpstream(upstream: Numbers): Numbers {
  checkNumbers("upstream", upstream);
  return upstream;
}
