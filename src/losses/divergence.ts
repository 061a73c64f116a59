/** The divergence of log-probabilities from a target distribution. */

import { KlDivergence, klDivergence as klDivergenceSweep } from "../../assembly/losses/klDivergence";
import { KlDivergenceOfLog, klDivergenceOfLog } from "../../assembly/losses/klDivergenceOfLog";
import { accumulatorOf } from "../face/accumulator";
import { batchMean, batchOptions } from "../face/batches";
import { curvedFace } from "../face/loss";
import { checkedAhead, ownOptions } from "../face/options";
import { pointwiseEvaluation } from "../face/pointwise";
import { kernel } from "../staging/kernels";
import type { BatchLoss, Numbers } from "../types";

/** Options of {@link klDivergence}. */
export interface KlDivergenceOptions {
  /** Whether the target holds log-probabilities too. Default false. */
  logTarget?: boolean | undefined;
  /** Number of classes, the last axis of the data: of the reduction `"batchMean"`. */
  classes?: number | undefined;
  /** The data's shape, instead of `classes`. */
  shape?: readonly number[] | undefined;
}

/**
 * Kullback-Leibler divergence from a target distribution t of a distribution given by log-probabilities x.
 *
 * Prediction and target are of one length. The loss is in nats. Each element is a term by itself, which may be negative; their
 * sum over the classes of a sample is the divergence. So the reduction that gives the divergence is `"batchMean"`, the sum
 * over the number of samples: the first axis of `shape`, or the rows of `classes`. `"mean"`, the default, divides by the
 * elements. So does an accumulator, unless its `reduction` is `"batchMean"`, too. With `logTarget: true` the target holds log-probabilities, and t = e^target. The gradient is -t.
 * A target of probability 0 adds 0, also for a log-probability of -Infinity, where PyTorch gives NaN.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out, but the gradient does not depend on x.
 * Otherwise defined as PyTorch's `kl_div`. Keras and optax sum over the classes, as `"batchMean"` does; Keras takes probabilities.
 *
 * @formula t (log t - x)
 * @use a distribution to be matched by another: distillation of a model, variational methods
 * @group multi-class
 * @also PyTorch F.kl_div; Keras KLDivergence; TensorFlow.js kullbackLeiblerDivergence; optax kl_divergence
 * @throws TypeError for an argument or option of a wrong kind, `"batchMean"` without `classes` or `shape`; RangeError for lengths or shapes that do not match
 * @example
 * klDivergence([-0.5, -1, -3, -2], [0.6, 0.4, 0, 1], { reduction: "batchMean", classes: 2 }); // 1.013494
 * klDivergence([-0.5, -1], [0.6, 0.4], { reduction: "none" }); // [-0.006495374, 0.03348371]
 * klDivergence.grad([-0.5, -1], [0.6, 0.4], { reduction: "sum" }); // [-0.6, -0.4]
 */
export const klDivergence: BatchLoss<Numbers, KlDivergenceOptions> = /* @__PURE__ */ (() => {
  const ofProbability = kernel("klDivergence", KlDivergence, klDivergenceSweep);
  const ofLogarithm = kernel("klDivergenceOfLog", KlDivergenceOfLog, klDivergenceOfLog);
  const name = "klDivergence";
  const evaluation = pointwiseEvaluation({
    name,
    kernel: ({ logTarget }) => (logTarget ? ofLogarithm : ofProbability),
    own: ownOptions({ logTarget: { default: false } }),
    options: batchOptions,
    divisor: batchMean,
  });
  const { known } = evaluation;
  const own = checkedAhead(evaluation.own);
  const evaluate = evaluation.evaluate as never;
  return Object.assign(curvedFace(name, own, known, evaluate), {
    accumulator: accumulatorOf(name, own, known, evaluate, 2, ["mean", "sum", "batchMean"]),
  }) as unknown as BatchLoss<Numbers, KlDivergenceOptions>;
})();
