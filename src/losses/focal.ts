/** The focal loss: cross-entropy in which what is certain counts less. */

import { FocalLoss, focal as focalSweep } from "../../assembly/losses/focal";
import { hessians } from "../face/hessians";
import { ownOptions } from "../face/options";
import { pointwiseLoss } from "../face/pointwise";
import { type SmoothingOptions, smoothedTarget, smoothing } from "../face/smoothing";
import { kernel } from "../staging/kernels";
import type { CurvedLoss, Numbers } from "../types";

/**
 * Sigmoid focal loss of logits: binary cross-entropy, by a factor the less the more certain the prediction is.
 *
 * Prediction x, a logit, and target are of one length; targets are 0, 1 or a probability between. With q = sigmoid(x), u =
 * q (1 - t) + (1 - q) t is what the prediction lacks of certainty. Option `gamma`, default 2, at least 0, is the power of
 * that factor; with 0 it is 1. Option `alpha`, default 0.25, weighs a target of 1 by alpha and one of 0 by 1 - alpha; below 0
 * it weighs none. By `labelSmoothing` s, default 0, from 0 to 1, t becomes t (1 - s) + s / 2 first. Accurate for any logit.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * The Hessian may be negative: by `"gaussNewton"` it is then 0.
 * Defined as torchvision's `sigmoid_focal_loss`, with its defaults, but for the reduction. Keras and optax weigh by alpha only if
 * asked to: theirs is this with `alpha: -1`. It takes logits only, where Keras has `from_logits`: of probabilities p it is the loss of
 * x = log(p / (1 - p)), and the gradient is that by x over p (1 - p).
 *
 * @formula a u^gamma (-t log q - (1 - t) log(1 - q)), with q = sigmoid(x), u = q (1 - t) + (1 - q) t, a = alpha t + (1 - alpha) (1 - t)
 * @use yes or no where one of them is rare: object detection
 * @group binary
 * @group multi-label
 * @also PyTorch torchvision.ops.sigmoid_focal_loss; Keras BinaryFocalCrossentropy(from_logits=True); optax sigmoid_focal_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `gamma` below 0 or NaN, an `alpha` above 1 or NaN, a `labelSmoothing` outside 0 to 1
 * @example
 * focal([2, -1], [1, 0]); // 0.008722217
 * focal([2, -1], [1, 0], { gamma: 0, alpha: -1 }); // 0.2200948
 * focal.grad([2, -1], [1, 0]); // [-0.0006088675, 0.01971792]
 * const p = sigmoid([2, -1]);
 * const x = p.map((q) => Math.log(q / (1 - q)));
 * focal(x, [1, 0]); // 0.008722217
 * focal.grad(x, [1, 0]).map((g, i) => g / (p[i] * (1 - p[i]))); // [-0.005799093, 0.1002885]
 */
export const focal: CurvedLoss<
  Numbers,
  SmoothingOptions & {
    /** The weight of targets of 1, at most 1; that of 0 is what is left of 1. Below 0, none. Default 0.25. */
    alpha?: number | undefined;
    /** The power of the factor, at least 0. Default 2. */
    gamma?: number | undefined;
  }
> = pointwiseLoss({
  name: "focal",
  kernel: kernel("focal", FocalLoss, focalSweep),
  own: ownOptions({ alpha: { default: 0.25, atMost: 1 }, gamma: { default: 2, atLeast: 0 }, labelSmoothing: smoothing }),
  stageTarget: smoothedTarget,
  a: ({ gamma }) => gamma,
  b: ({ alpha }) => alpha,
  hessian: hessians({ gaussNewton: { least: 0 } }),
});
