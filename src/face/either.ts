/** Losses that are pointwise or over classes, as the target says. */

import type { Labels, Loss, Numbers, Reals } from "../types";

type Target = Labels | Numbers;
type Options = Readonly<Record<string, unknown>> | undefined;
type AnyLoss = Loss<Target, never>;

/** Whether the target is as long as the prediction, and nothing says where classes would be. */
function isPointwise(prediction: Reals, target: Target, options: Options): boolean {
  return (
    target?.length === prediction?.length && options?.classes === undefined && options?.shape === undefined && options?.axis === undefined
  );
}

/** Makes a loss that is the one or the other. */
/* @__NO_SIDE_EFFECTS__ */
export function eitherLoss<T extends Target, O>(pointwise: Loss<Numbers, object>, classes: Loss<T, O>): Loss<T, O> {
  const of = (prediction: Reals, target: Target, options: Options) =>
    (isPointwise(prediction, target, options) ? pointwise : classes) as unknown as AnyLoss;
  return Object.assign((p: Reals, t: Target, options: never) => of(p, t, options)(p, t, options), {
    grad: (p: Reals, t: Target, options: never) => of(p, t, options).grad(p, t, options),
    valueAndGrad: (p: Reals, t: Target, options: never) => of(p, t, options).valueAndGrad(p, t, options),
    sumAndDivisor: (p: Reals, t: Target, options: never) => of(p, t, options).sumAndDivisor(p, t, options),
    lossName: classes.lossName,
    options: classes.options,
    parameters: classes.parameters,
  }) as unknown as Loss<T, O>;
}
