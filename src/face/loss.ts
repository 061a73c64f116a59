/** The face of a loss: one evaluation behind the function and its methods. */

import type { Loss, LossParameters } from "../types";

/** What an evaluation returns; only what was asked for is meant. */
export interface Evaluation {
  value: number | Float32Array | Float64Array;
  grad: Float32Array | Float64Array | undefined;
}

/** Evaluates a loss: its value if `valued`, its gradient if `graded`. */
export type Evaluate = (prediction: never, target: never, options: never, valued: boolean, graded: boolean) => Evaluation;

/** Gives an evaluation the face that all losses share. */
export function lossFace<Target, O>(name: string, parameters: LossParameters, evaluate: Evaluate): Loss<Target, O> {
  const loss = (prediction: never, target: never, options: never) => evaluate(prediction, target, options, true, false).value;
  return Object.assign(loss, {
    grad: (prediction: never, target: never, options: never) => evaluate(prediction, target, options, false, true).grad,
    valueAndGrad: (prediction: never, target: never, options: never) => evaluate(prediction, target, options, true, true),
    lossName: name,
    parameters,
  }) as unknown as Loss<Target, O>;
}
