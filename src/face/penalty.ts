/** Penalties: functions of parameters alone, summed. */

import { checkOptions, checkOut, checkParameter, checkReals } from "../checks";
import { sweepTiles } from "../staging/elements";
import type { PointwiseKernel } from "../staging/kernels";
import { stageFor } from "../staging/stages";
import type { Output, Reals, ValueAndGrad } from "../types";
import { NO_OPTIONS } from "./options";

/** Options of a penalty. */
export interface PenaltyOptions {
  /** The factor of the penalty. Default 1. */
  lambda?: number | undefined;
  /** Where to write the gradient that is returned. It may be the parameters themselves. */
  out?: Float32Array | Float64Array | undefined;
}

/** A penalty on parameters, with its gradient. */
export interface Penalty {
  (parameters: Reals, options?: Pick<PenaltyOptions, "lambda">): number;
  /** The gradient with respect to the parameters, of their length. */
  grad<P extends Reals>(parameters: P, options?: PenaltyOptions): Output<P>;
  /** The penalty and its gradient from one sweep; `out` takes the gradient. */
  valueAndGrad<P extends Reals>(parameters: P, options?: PenaltyOptions): ValueAndGrad<P, number>;
  /** The name under which the library exports the penalty. */
  readonly penaltyName: string;
}

const known = new Set(["lambda", "out"]);
const strength = { default: 1, atLeast: 0 };

/** Makes a penalty of a formula. */
/* @__NO_SIDE_EFFECTS__ */
export function penalty(name: string, kernel: PointwiseKernel): Penalty {
  function evaluate<P extends Reals>(parameters: P, options: PenaltyOptions | undefined, summed: boolean, graded: boolean) {
    const precision = checkReals("parameters", parameters);
    if (options !== undefined) checkOptions(options, known);
    const { lambda, out }: PenaltyOptions = options ?? NO_OPTIONS;
    const scale = checkParameter("lambda", lambda, strength);
    const count = parameters.length;
    const grad = graded ? checkOut<P>(out, precision, count) : undefined;
    const stage = stageFor(precision, parameters, out);
    const sum = sweepTiles(stage, kernel, {
      prediction: parameters,
      summed,
      grad,
      scale,
      a: 0,
      b: 0,
    });
    return { value: scale * sum, grad: grad as Output<P> };
  }

  return Object.assign((parameters: Reals, options?: PenaltyOptions) => evaluate(parameters, options, true, false).value, {
    grad: <P extends Reals>(parameters: P, options?: PenaltyOptions) => evaluate(parameters, options, false, true).grad,
    valueAndGrad: <P extends Reals>(parameters: P, options?: PenaltyOptions) => evaluate(parameters, options, true, true),
    penaltyName: name,
  });
}
