/** Operations from an array to an array. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations, reals } from "./operation";

export const activations: Operations = {
  softmax: ({ softmax }, given) => alongAxis(softmax, given),
  log_softmax: ({ logSoftmax }, given) => alongAxis(logSoftmax, given),
  softmin: ({ softmin }, given) => alongAxis(softmin, given),
  logsumexp: ({ logSumExp }, given) => alongAxis(logSumExp, given),
  sigmoid: ({ sigmoid }, given) => elementwise(sigmoid, given),
  logsigmoid: ({ logSigmoid }, given) => elementwise(logSigmoid, given),
  softplus: ({ softplus }, given) => elementwise(softplus, given, { beta: given.params.beta, threshold: given.params.threshold }),
};

function alongAxis(activation: Library.Activation<object>, given: Case): Call {
  const { shape } = input(given, "input");
  return elementwise(activation, given, { shape: shape.length === 0 ? [1] : shape, axis: given.params.dim });
}

function elementwise(activation: Library.Activation<object>, given: Case, options: object = {}): Call {
  return { activation, x: reals(given, "input"), options, upstream: given.inputs.upstream?.data };
}
