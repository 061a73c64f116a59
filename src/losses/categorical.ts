/** Losses of a class predicted among several, from logits, probabilities or log-probabilities. */

import {
  CategoricalCrossEntropy,
  categoricalCrossEntropy as categoricalCrossEntropySweep,
} from "../../assembly/losses/categoricalCrossEntropy";
import { LabelCrossEntropy, labelCrossEntropy } from "../../assembly/losses/labelCrossEntropy";
import { type ClassOptions, classLoss } from "../face/classes";
import type { SmoothingOptions } from "../face/smoothing";
import { classSweep, labelSweep, negationSweep, oneHot } from "../staging/classKernels";
import { kernel } from "../staging/kernels";
import type { Labels, Loss, Numbers } from "../types";

/**
 * Cross-entropy H(t, p) of probabilities; where there are logits, {@link crossEntropy} is more accurate.
 *
 * Probabilities are [N, C], flat and row-major. The target is either N integer labels, or a probability for each class of
 * each sample (one-hot or any distribution) together with `classes` (or `shape`); shapes are as with `crossEntropy`. The
 * loss is in nats; the gradient is -t / p.
 *
 * Options: `classWeights` (default 1 each), `ignoreIndex` (default -100; labels only), `labelSmoothing` (default 0, from 0
 * to 1: the target becomes t (1 - labelSmoothing) + labelSmoothing / C) and `weights` for each sample. The mean over labels
 * divides by the sum of the weights of the samples that are not ignored, over distributions by the number of samples or
 * the sum of `weights`.
 *
 * A class with t = 0 adds 0 whatever its p; with t > 0, p = 0 costs Infinity: nothing is clipped, and rows are not
 * normalised, both unlike Keras. Ignored samples have loss and gradient 0; elsewhere NaN in gives NaN out. Weights and
 * means are as in PyTorch's `cross_entropy`.
 *
 * @formula -sum over c of t_c log p_c
 * @use one class out of several, predicted as probabilities; the cross-entropy of two distributions
 * @group multi-class
 * @also Keras CategoricalCrossentropy, SparseCategoricalCrossentropy; TensorFlow.js metrics.categoricalCrossentropy; scikit-learn log_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class, a `labelSmoothing` outside 0 to 1
 * @example
 * const p = [0.7, 0.2, 0.1, 0.1, 0.8, 0.1]; // two samples of three classes
 * categoricalCrossEntropy(p, [0, 1]); // 0.2899092
 * categoricalCrossEntropy.grad(p, [0, 1]); // [-0.7142857, 0, 0, 0, -0.625, 0]
 * categoricalCrossEntropy(p, [1, 0, 0, 0, 1, 0], { classes: 3 }); // 0.2899092
 */
export const categoricalCrossEntropy: Loss<Labels | Numbers, ClassOptions & SmoothingOptions> = /* @__PURE__ */ (() => {
  const sweep = classSweep(kernel("categoricalCrossEntropy", CategoricalCrossEntropy, categoricalCrossEntropySweep));
  return classLoss({
    name: "categoricalCrossEntropy",
    input: "prediction",
    labels: labelSweep(kernel("labelCrossEntropy", LabelCrossEntropy, labelCrossEntropy)),
    smoothed: oneHot(sweep),
    distribution: sweep,
  });
})();

/**
 * Negative log-likelihood of log-probabilities, such as {@link logSoftmax} returns.
 *
 * Log-probabilities are [N, C], flat and row-major; targets are N integer labels, and C is the quotient of the lengths.
 * For [N, C, d1, ...] give `shape`; its class axis is 1 unless `axis` says otherwise. The loss is in nats. The gradient is
 * -1 at the label's class and 0 at all others.
 *
 * Options: `classWeights` (default 1 each), `ignoreIndex` (default -100) and `weights` for each sample; the mean divides
 * by the sum of the weights of the samples that are not ignored. Only the labels' classes are read: NaN there gives NaN.
 * Ignored samples have loss and gradient 0. If every sample is ignored the mean is NaN.
 * Defined as PyTorch's `nll_loss`.
 *
 * @formula -x_label
 * @use one class out of several, when log-probabilities are at hand
 * @group multi-class
 * @also PyTorch F.nll_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class
 * @example
 * nll([-0.5, -1, -3, -2, -0.25, -2.5], [0, 1]); // 0.375
 * nll.grad([-0.5, -1, -3, -2, -0.25, -2.5], [0, 1]); // [-0.5, 0, 0, 0, -0.5, 0]
 */
export const nll: Loss<Labels, ClassOptions> = classLoss({
  name: "nll",
  input: "logProbabilities",
  labels: negationSweep(),
});
