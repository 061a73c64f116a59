/** Operations whose target is a number. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations, reals, upstreamOf } from "./operation";

export const regression: Operations = {
  mse_loss: ({ mse }, given) => pointwise(mse, given),
  half_squared_error: ({ halfSquaredError }, given) => pointwise(halfSquaredError, given),
  l1_loss: ({ mae }, given) => pointwise(mae, given),
  smooth_l1_loss: ({ smoothL1 }, given) => pointwise(smoothL1, given, { beta: given.params.beta }),
  huber_loss: ({ huber }, given) => pointwise(huber, given, { delta: given.params.delta }),
  log_cosh: ({ logCosh }, given) => pointwise(logCosh, given),
  quantile_loss: ({ quantile }, given) => pointwise(quantile, given, { quantile: given.params.q }),
  msle: ({ msle }, given) => pointwise(msle, given, { eps: -1 }),
  msle_keras: ({ msle }, given) => pointwise(msle, given, { eps: given.params.eps }),
  mape_keras: ({ mape }, given) => pointwise(mape, given, { eps: given.params.eps }),
  mape_sklearn: ({ mape }, given) => fraction(pointwise(mape, given, { eps: given.params.eps })),
};

/** A call of a loss of prediction and target. */
export function pointwise(loss: Library.Loss<Library.Numbers, object>, given: Case, own: object = {}) {
  return {
    loss: loss as Library.Loss<never, object>,
    prediction: reals(given, "input"),
    target: input(given, "target").data,
    options: { reduction: given.params.reduction, ...own },
    upstream: upstreamOf(given),
  } satisfies Call;
}

/** A call in percent as one in fractions. */
function fraction(call: ReturnType<typeof pointwise>): Call {
  const { upstream = 1 } = call;
  return {
    ...call,
    upstream: typeof upstream === "number" ? upstream / 100 : Float64Array.from(upstream, (factor) => factor / 100),
    after: (percent) => percent / 100,
  };
}
