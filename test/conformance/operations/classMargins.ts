/** Margin losses over classes, and others of several labels for a sample. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations, reals, upstreamOf } from "./operation";

export const classMargins: Operations = {
  multi_margin_loss: ({ multiMargin }, given) =>
    rows(multiMargin, given, { p: given.params.p, margin: given.params.margin, classWeights: given.inputs.weight?.data }),
  multilabel_margin_loss: ({ multilabelMargin }, given) => rows(multilabelMargin, given),
  multilabel_soft_margin_loss: ({ multilabelSoftMargin }, given) =>
    rows(multilabelSoftMargin, given, { classWeights: given.inputs.weight?.data }),
  categorical_hinge: ({ categoricalHinge }, given) => rows(categoricalHinge, given),
};

/** A call of a loss whose classes are the last axis. */
function rows(loss: Library.Loss<never, never>, given: Case, own: object = {}): Call {
  return {
    loss: loss as unknown as Library.Loss<never, object>,
    prediction: reals(given, "input"),
    target: input(given, "target").data,
    options: { reduction: given.params.reduction, shape: input(given, "input").shape, axis: -1, ...own },
    upstream: upstreamOf(given),
  };
}
