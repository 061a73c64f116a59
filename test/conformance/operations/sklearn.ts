/** The metrics of scikit-learn that are losses of this library. */

import type { Call, Library, LossCall } from "../call";
import type { Case } from "../case";
import { input, type Operations, reals } from "./operation";
import { pointwise } from "./regression";

export const sklearn: Operations = {
  sk_mean_squared_error: ({ mse }, given) => rooted(given, pointwise(mse, given, weights(given))),
  sk_mean_squared_log_error: ({ msle }, given) => rooted(given, pointwise(msle, given, { eps: 0, ...weights(given) })),
  sk_mean_absolute_error: ({ mae }, given) => byOutput(given, pointwise(mae, given, weights(given))),
  sk_mean_absolute_percentage_error: ({ mape }, given) =>
    byOutput(given, { ...pointwise(mape, given, { eps: Number.EPSILON, ...weights(given) }), after: (percent) => percent / 100 }),
  sk_mean_pinball_loss: ({ quantile }, given) =>
    byOutput(given, pointwise(quantile, given, { quantile: given.params.alpha, ...weights(given) })),
  sk_mean_tweedie_deviance: ({ tweedie }, given) => pointwise(tweedie, given, { power: given.params.power, ...weights(given) }),
  sk_mean_poisson_deviance: ({ tweedie }, given) => pointwise(tweedie, given, { power: 1, ...weights(given) }),
  sk_mean_gamma_deviance: ({ gammaDeviance }, given) => pointwise(gammaDeviance, given, weights(given)),
  sk_hinge_loss: (library, given) =>
    outputs(given) > 1 ? multiclassHinge(library, given) : pointwise(library.hinge, given, weights(given)),
  sk_brier_score_loss: ({ brier }, given) => ({
    ...pointwise(brier as Library.Loss<Library.Numbers, object>, given, weights(given)),
    target: input(given, "target").data.map((label) => (label === given.params.pos_label ? 1 : 0)),
  }),
  sk_log_loss: (library, given) => (outputs(given) > 1 ? multiclassLogLoss(library, given) : binaryLogLoss(library, given)),
};

/** Crammer and Singer's hinge: without the label's class, whose 0 leaves the maximum if no logit is below 0. */
function multiclassHinge({ categoricalHinge }: typeof Library, given: Case): Call {
  const classes = outputs(given);
  const logits = Float64Array.from(reals(given, "input"));
  const least = Array.from({ length: logits.length / classes }, (_, row) =>
    Math.min(...logits.subarray(row * classes, (row + 1) * classes)),
  );
  return {
    loss: categoricalHinge as Library.Loss<never, object>,
    prediction: logits.map((logit, i) => logit - least[Math.floor(i / classes)]!),
    target: labels(given),
    options: { classes, ...weights(given) },
  };
}

function outputs(given: Case): number {
  return input(given, "input").shape[1] ?? 1;
}

/** With `squared: false` the root, which is taken by output, before the mean over outputs. */
function rooted(given: Case, call: LossCall): Call | undefined {
  if (given.params.squared !== false) return byOutput(given, call);
  return outputs(given) > 1 && !listsOutputs(given) ? undefined : byOutput(given, { ...call, after: Math.sqrt });
}

function listsOutputs(given: Case): boolean {
  return given.params.multioutput === "raw_values";
}

/** The call, or where the value is wanted of each output, a call for each column. */
function byOutput(given: Case, call: LossCall): Call {
  if (!listsOutputs(given)) return call;
  const columns = outputs(given);
  return {
    outputs: Array.from({ length: columns }, (_, column) => {
      const of = <T extends ArrayLike<number>>(table: T) => (table as unknown as number[]).filter((_, i) => i % columns === column);
      return { ...call, prediction: of(call.prediction), target: of(call.target) };
    }),
  };
}

function weights(given: Case): { weights?: Library.Numbers } {
  return { weights: given.inputs.sample_weight?.data };
}

/** Probabilities within the clip of scikit-learn: by `"auto"`, the machine epsilon of their type. */
function clipped(given: Case): Float32Array | Float64Array {
  const p = reals(given, "input") as Float32Array | Float64Array;
  const { eps = "auto" } = given.params;
  const bound = typeof eps === "number" ? eps : p instanceof Float32Array ? 2 ** -23 : Number.EPSILON;
  return p.map((probability) => Math.min(Math.max(probability, bound), 1 - bound));
}

function labels(given: Case): Int32Array {
  const target = Int32Array.from(input(given, "target").data);
  const names = (given.params.labels as number[] | undefined) ?? [...new Set(target)].sort((a, b) => a - b);
  return target.map((label) => names.indexOf(label));
}

/** A mean weighted by sample, where the loss's own mean is over elements. */
function binaryLogLoss({ binaryCrossEntropy }: typeof Library, given: Case): Call {
  const target = labels(given);
  const sampleWeights = given.inputs.sample_weight?.data ?? new Float64Array(target.length).fill(1);
  const total = given.params.normalize === false ? 1 : Float64Array.from(sampleWeights).reduce((a, b) => a + b, 0);
  return {
    ...pointwise(binaryCrossEntropy, given, { reduction: "sum", weights: sampleWeights }),
    prediction: clipped(given),
    target,
    after: (sum) => sum / total,
  };
}

/** The rows are normalised after the clip. */
function multiclassLogLoss({ categoricalCrossEntropy }: typeof Library, given: Case): Call {
  const classes = outputs(given);
  const p = clipped(given);
  const rows = new Float64Array(p.length / classes);
  for (let i = 0; i < p.length; i++) rows[Math.floor(i / classes)]! += p[i]!;
  return {
    loss: categoricalCrossEntropy as Library.Loss<never, object>,
    prediction: p.map((probability, i) => probability / rows[Math.floor(i / classes)]!),
    target: labels(given),
    options: { reduction: given.params.normalize === false ? "sum" : "mean", classes, ...weights(given) },
  };
}
