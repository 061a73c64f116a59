/** Operations on sequences: connectionist temporal classification. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations, reals, upstreamOf } from "./operation";

export const sequence: Operations = {
  ctc_loss: ({ ctc }, given) => sequences(ctc, given, "log_probs"),
  ctc_loss_logits: ({ ctcWithLogits }, given) => sequences(ctcWithLogits, given, "logits"),
};

function sequences(loss: unknown, given: Case, name: string): Call {
  const { reduction, blank, zero_infinity: zeroInfinity } = given.params;
  return {
    loss: loss as Library.Loss<never, object>,
    prediction: reals(given, name),
    target: input(given, "targets").data,
    name,
    options: {
      reduction,
      blank,
      zeroInfinity,
      classes: input(given, name).shape[2],
      inputLengths: input(given, "input_lengths").data,
      targetLengths: input(given, "target_lengths").data,
    },
    upstream: upstreamOf(given),
  };
}
