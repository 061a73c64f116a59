/** Operations whose target is a class among several. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations, reals, upstreamOf } from "./operation";

export const categorical: Operations = {
  cross_entropy: ({ crossEntropy }, given) =>
    classes(crossEntropy, given, { ignoreIndex: given.params.ignore_index, labelSmoothing: given.params.label_smoothing }),
  nll_loss: ({ nll }, given) => classes(nll as AnyLoss, given, { ignoreIndex: given.params.ignore_index }),
  cross_entropy_dist: ({ categoricalCrossEntropy }, given) => classes(categoricalCrossEntropy, given, { axis: -1 }),
};

type AnyLoss = Library.Loss<never, object>;

/** A call of a loss over classes, whose axis is the second of the shape, or the only one. */
function classes(loss: AnyLoss, given: Case, own: object): Call {
  return {
    loss,
    prediction: reals(given, "input"),
    target: input(given, "target").data,
    options: {
      reduction: given.params.reduction,
      shape: input(given, "input").shape,
      classWeights: given.inputs.weight?.data,
      ...own,
    },
    upstream: upstreamOf(given),
  };
}
