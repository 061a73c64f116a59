/** The face of a loss: one evaluation behind the function and its methods. */

import type { CurvedLoss, Loss } from "../types";
import { accumulatorOf } from "./accumulator";
import type { OwnOptions } from "./options";

/** What an evaluation returns; only what was asked for is meant. */
export interface Evaluation {
  value: number | Float32Array | Float64Array;
  grad: Float32Array | Float64Array | undefined;
  hess?: Float32Array | Float64Array | undefined;
  /** What the reduction divides the sum by; if each value is asked for, what the mean does. */
  divisor: number;
  /** The values that are not ignored. */
  count: number;
}

/** Whether a value is asked for: what the reduction makes of the values, or whatever the reduction `"each"` of them. */
export type Valued = boolean | "each";

/** Evaluates a loss: its value if `valued`, its gradient if `graded`, its Hessian diagonal if `curved`. */
export type Evaluate = (prediction: never, target: never, options: never, valued: Valued, graded?: boolean, curved?: boolean) => Evaluation;

/** Gives an evaluation the face that all losses share. */
export function lossFace<Target, O>(name: string, own: OwnOptions, options: ReadonlySet<string>, evaluate: Evaluate): Loss<Target, O> {
  const loss = (prediction: never, target: never, given: never) => evaluate(prediction, target, given, true).value;
  return Object.assign(loss, {
    grad: (prediction: never, target: never, given: never) => evaluate(prediction, target, given, false, true).grad,
    valueAndGrad: (prediction: never, target: never, given: never) => {
      const { value, grad } = evaluate(prediction, target, given, true, true);
      return { value, grad };
    },
    accumulator: accumulatorOf(name, own, options, evaluate),
    lossName: name,
    parameters: own.parameters,
    options,
  }) as unknown as Loss<Target, O>;
}

/** The face of a loss that also has a Hessian diagonal. */
export function curvedFace<Target, O>(
  name: string,
  own: OwnOptions,
  options: ReadonlySet<string>,
  evaluate: Evaluate,
): CurvedLoss<Target, O> {
  return Object.assign(lossFace<Target, O>(name, own, options, evaluate), {
    gradAndHess: (prediction: never, target: never, given: never) => {
      const { grad, hess } = evaluate(prediction, target, given, false, true, true);
      return { grad, hess };
    },
  }) as unknown as CurvedLoss<Target, O>;
}
