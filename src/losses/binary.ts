/** Losses of a yes or no predicted by a probability or a logit; on [N, C] data, of several labels at once. */

import { BinaryCrossEntropy, binaryCrossEntropy as binaryCrossEntropySweep } from "../../assembly/losses/binaryCrossEntropy";
import {
  BinaryCrossEntropyWithLogits,
  binaryCrossEntropyWithLogits as binaryCrossEntropyWithLogitsSweep,
} from "../../assembly/losses/binaryCrossEntropyWithLogits";
import {
  WeightedBinaryCrossEntropyWithLogits,
  weightedBinaryCrossEntropyWithLogits,
} from "../../assembly/losses/weightedBinaryCrossEntropyWithLogits";
import { checkPosWeight } from "../checks";
import { hessians } from "../face/hessians";
import { curvedFace } from "../face/loss";
import { checkedAhead, ownOptions } from "../face/options";
import { pointwiseEvaluation, pointwiseLoss } from "../face/pointwise";
import { type SmoothingOptions, smoothedTarget, smoothing } from "../face/smoothing";
import { type LayoutOptions, layoutOf } from "../layout";
import { kernel } from "../staging/kernels";
import type { CurvedLoss, Numbers } from "../types";

/**
 * Binary cross-entropy of probabilities; where there are logits, {@link binaryCrossEntropyWithLogits} is more accurate.
 *
 * Prediction and target are of one length: probabilities from 0 to 1, and targets of 0, 1 or a probability between.
 * The loss is in nats. Both logarithms are held at -100 or above, so that a certain and wrong prediction costs 100; the
 * gradient is (p - t) / max(p (1 - p), 1e-12). By `labelSmoothing` s, default 0, from 0 to 1, t becomes t (1 - s) + s / 2
 * first. A weighted mean divides by the number of elements, not by the weights. NaN in gives NaN out, and so does a
 * probability below 0 or above 1.
 * Defined as PyTorch's `binary_cross_entropy`, which throws for a probability below 0 or above 1. Keras and TensorFlow.js hold
 * probabilities at 1e-7 or above, and so a loss at 16.
 *
 * @formula -(t log p + (1 - t) log(1 - p))
 * @use yes or no, predicted as a probability; several independent labels at once on [N, C] data
 * @group binary
 * @group multi-label
 * @also PyTorch F.binary_cross_entropy; Keras BinaryCrossentropy; TensorFlow.js losses.logLoss; scikit-learn log_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `labelSmoothing` outside 0 to 1
 * @example
 * binaryCrossEntropy([0.9, 0.2], [1, 0]); // 0.1642520
 * binaryCrossEntropy.grad([0.9, 0.2], [1, 0]); // [-0.5555556, 0.625]
 * binaryCrossEntropy([0], [1]); // 100
 */
export const binaryCrossEntropy: CurvedLoss<Numbers, SmoothingOptions> = pointwiseLoss({
  name: "binaryCrossEntropy",
  own: ownOptions({ labelSmoothing: smoothing }),
  stageTarget: smoothedTarget,
  kernel: kernel("binaryCrossEntropy", BinaryCrossEntropy, binaryCrossEntropySweep),
  meanOverElements: true,
});

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface PosWeightOptions extends Omit<LayoutOptions, "classes"> {
  /** The weight of positive targets: one number, or one for each label. Default 1. */
  posWeight?: number | Numbers | undefined;
}

/**
 * Binary cross-entropy of logits: the sigmoid and the logarithm in one, accurate for logits of any size.
 *
 * Prediction x and target are of one length; targets are 0, 1 or a probability between. The loss is in nats; the
 * gradient is sigmoid(x) - t. An infinite logit takes the limit: 0 on the right side, Infinity on the wrong one.
 * Option `posWeight`, default 1, multiplies the first term of the formula: one number, or one for each label of multi-label
 * data, whose labels lie along the last axis, or along `axis` (default 1) of `shape`. By `labelSmoothing` s, default 0, from 0
 * to 1, t becomes t (1 - s) + s / 2 first. A weighted mean divides by the number of elements, not by the weights. NaN in
 * gives NaN out.
 * The Hessian is s (1 - s) with s = sigmoid(x); `"xgboost"` holds it at 1e-16 from below.
 * Defined as PyTorch's `binary_cross_entropy_with_logits`.
 *
 * @formula -(posWeight t log sigmoid(x) + (1 - t) log(1 - sigmoid(x)))
 * @use yes or no, predicted as a logit; several independent labels at once on [N, C] data
 * @group binary
 * @group multi-label
 * @also PyTorch F.binary_cross_entropy_with_logits; Keras BinaryCrossentropy(from_logits=True); TensorFlow.js losses.sigmoidCrossEntropy; optax sigmoid_binary_cross_entropy
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `posWeight` below 0 or NaN, a `labelSmoothing` outside 0 to 1
 * @example
 * binaryCrossEntropyWithLogits([2, -1], [1, 0]); // 0.2200948
 * binaryCrossEntropyWithLogits.grad([2, -1], [1, 0]); // [-0.05960146, 0.1344707]
 * binaryCrossEntropyWithLogits([2, -1], [1, 0], { posWeight: 3 }); // 0.3470229
 * binaryCrossEntropyWithLogits([2, -1, 0, 1], [1, 0, 1, 1], { posWeight: [3, 1], shape: [1, 2, 2] }); // 0.4251136
 * binaryCrossEntropyWithLogits([40], [1]); // 4.248354e-18
 */
export const binaryCrossEntropyWithLogits: CurvedLoss<Numbers, PosWeightOptions & SmoothingOptions> = /* @__PURE__ */ (() => {
  const weighted = kernel(
    "weightedBinaryCrossEntropyWithLogits",
    WeightedBinaryCrossEntropyWithLogits,
    weightedBinaryCrossEntropyWithLogits,
  );
  const { own, known, evaluate } = pointwiseEvaluation<Required<SmoothingOptions>>({
    name: "binaryCrossEntropyWithLogits",
    kernel: kernel("binaryCrossEntropyWithLogits", BinaryCrossEntropyWithLogits, binaryCrossEntropyWithLogitsSweep),
    hessian: hessians({ xgboost: { least: 1e-16 } }),
    meanOverElements: true,
    own: ownOptions({ labelSmoothing: smoothing }),
    stageTarget: smoothedTarget,
    options: ["posWeight", "shape", "axis"],
    third({ posWeight, shape, axis }, count) {
      const layout = shape === undefined && axis === undefined ? undefined : layoutOf(count, { shape, axis } as LayoutOptions, 1);
      if (posWeight === undefined) return undefined;
      return { kernel: weighted, numbers: checkPosWeight(posWeight as number | Numbers, count, layout), repeat: layout?.positions ?? 1 };
    },
  });
  return curvedFace("binaryCrossEntropyWithLogits", checkedAhead(own), known, evaluate as never);
})();
