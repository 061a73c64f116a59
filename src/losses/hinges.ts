/** Losses of a yes or no predicted by a score, of which only the margin counts: targets are -1 and 1. */

import { HingeLoss, hinge as hingeSweep } from "../../assembly/losses/hinge";
import { HingeEmbedding, hingeEmbedding as hingeEmbeddingSweep } from "../../assembly/losses/hingeEmbedding";
import { SoftMargin, softMargin as softMarginSweep } from "../../assembly/losses/softMargin";
import { hessians } from "../face/hessians";
import { ownOptions } from "../face/options";
import { pointwiseLoss } from "../face/pointwise";
import { kernel } from "../staging/kernels";
import type { CurvedLoss, Numbers } from "../types";

/** 2^-126, the least normal f32. */
const LEAST_NORMAL = 1.1754943508222875e-38;

const hingeKernel = /* @__PURE__ */ kernel("hinge", HingeLoss, hingeSweep);

/**
 * Hinge loss, of support vector machines: 0 from a margin of 1 on, linear below.
 *
 * Prediction x, a score, and target are of one length. Targets are -1 and 1, or 0 and 1: what is above one half is a yes. With
 * s = 1 for a yes and -1 for a no, the gradient is -s where s x <= 1, else 0.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * The Hessian is 0; by `"xgboost"` it is 1 where s x < 1, else 2^-126.
 * Defined as Keras' `Hinge` and scikit-learn's `hinge_loss`.
 *
 * @formula max(0, 1 - s x), with s = 1 for a yes and -1 for a no
 * @use yes or no, where scores beyond the margin should not count: support vector machines
 * @group binary
 * @also Keras Hinge; TensorFlow.js losses.hingeLoss; optax hinge_loss; scikit-learn hinge_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * hinge([0.5, 2, -0.25], [1, 1, -1]); // 0.4166667
 * hinge.grad([0.5, 2, -0.25], [1, 1, 0], { reduction: "sum" }); // [-1, 0, 1]
 */
export const hinge: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "hinge",
  kernel: hingeKernel,
  a: () => 1,
  b: () => 1,
  hessian: hessians({ xgboost: { b: 0, least: LEAST_NORMAL } }),
});

/**
 * Squared hinge loss: 0 from a margin of 1 on, quadratic below.
 *
 * Prediction x, a score, and target are of one length. Targets are -1 and 1, or 0 and 1: what is above one half is a yes. With
 * s = 1 for a yes and -1 for a no, the gradient is -2 s max(0, 1 - s x), the Hessian 2 where s x < 1, else 0.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out. Defined as Keras' `SquaredHinge`.
 *
 * @formula max(0, 1 - s x)^2, with s = 1 for a yes and -1 for a no
 * @use yes or no, as the hinge loss, with a gradient that does not jump
 * @group binary
 * @also Keras SquaredHinge; TensorFlow.js squaredHinge
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * squaredHinge([0.5, 2, -0.25], [1, 1, -1]); // 0.2708333
 * squaredHinge.grad([0.5, 2, -0.25], [1, 1, 0], { reduction: "sum" }); // [-1, 0, 1.5]
 */
export const squaredHinge: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "squaredHinge",
  kernel: hingeKernel,
  // Beyond any margin, and no factor of 0 makes NaN of it.
  b: () => 1e38,
});

/**
 * Soft margin loss, the logistic loss of targets -1 and 1.
 *
 * Prediction x, a logit, and target are of one length. Targets are -1 and 1; any other weighs the logit. The gradient is
 * -t / (1 + e^(t x)). Accurate for any logit; an infinite one takes the limit.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as PyTorch's `soft_margin_loss`, which is infinite for large logits on the wrong side.
 *
 * @formula log(1 + e^(-t x))
 * @use yes or no given as 1 and -1, predicted as a logit
 * @group binary
 * @also PyTorch F.soft_margin_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * softMargin([2, -1], [1, -1]); // 0.2200948
 * softMargin.grad([2, -1], [1, -1]); // [-0.05960146, 0.1344707]
 */
export const softMargin: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "softMargin",
  kernel: kernel("softMargin", SoftMargin, softMarginSweep),
});

/**
 * Hinge embedding loss: draws the distance x of similar pairs to 0, and pushes that of dissimilar ones beyond a margin.
 *
 * Prediction x, a distance, and target are of one length. Targets are 1 for a similar pair and -1 for a dissimilar one; any
 * other counts as both. The gradient is 1 for a similar pair, for a dissimilar one -1 where x <= margin, else 0.
 * Option `margin`, default 1, is in the unit of the distance. A weighted mean divides by the sum of the weights.
 * NaN in gives NaN out, but for a NaN distance the gradient is 1 or, of a dissimilar pair, 0. Defined as PyTorch's `hinge_embedding_loss`.
 *
 * @formula x for a target of 1, max(0, margin - x) for -1
 * @use distances of pairs that are alike or not: embeddings, nearest neighbours
 * @group embedding and ranking
 * @also PyTorch F.hinge_embedding_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `margin` of NaN
 * @example
 * hingeEmbedding([0.5, 0.25, 3], [1, -1, -1]); // 0.4166667
 * hingeEmbedding.grad([0.5, 0.25, 3], [1, -1, -1], { margin: 4, reduction: "sum" }); // [1, -1, -1]
 */
export const hingeEmbedding: CurvedLoss<
  Numbers,
  {
    /** The distance beyond which dissimilar pairs do not count. Default 1. */
    margin?: number | undefined;
  }
> = pointwiseLoss({
  name: "hingeEmbedding",
  kernel: kernel("hingeEmbedding", HingeEmbedding, hingeEmbeddingSweep),
  own: ownOptions({ margin: { default: 1 } }),
  a: ({ margin }) => margin,
});
