/** Losses of predicted probabilities beside the cross-entropies: how far a distribution is from another. */

import { brier as brierSweep } from "../../assembly/losses/brier";
import { CategoricalFocal, categoricalFocal as categoricalFocalSweep, labelFocal } from "../../assembly/losses/categoricalFocal";
import { JensenShannon, jensenShannon as jensenShannonSweep } from "../../assembly/losses/jensenShannon";
import { mse as mseSweep, SquaredError } from "../../assembly/losses/mse";
import { type ClassOptions, classLoss } from "../face/classes";
import { eitherLoss } from "../face/either";
import type { SmoothingOptions } from "../face/smoothing";
import type { LayoutOptions } from "../layout";
import { classSweep, labelSweep, oneHot } from "../staging/classKernels";
import { kernel } from "../staging/kernels";
import type { Labels, Loss, Numbers } from "../types";

/**
 * Brier score: the squared error of probabilities, of a yes or of several classes.
 *
 * Without `classes` and `shape`, a target of the prediction's length holds a yes (1) or no (0), or a probability, for each
 * element: the score of an element is (p - t)^2, and `weights` are for each element or sample. Otherwise the probabilities
 * are [N, C], and the target is N integer labels, when C is the quotient of the lengths, or a probability for each class of
 * each sample: the score of a sample is the sum over its classes, from 0 to 2. Options are then `ignoreIndex` (default -100;
 * labels only) and `weights` for each sample. The mean divides by the number of samples that are not ignored or the sum of
 * their weights. Two classes give twice the score of one element. NaN in gives NaN out. Defined as scikit-learn's
 * `brier_score_loss`.
 *
 * @formula sum over c of (p_c - t_c)^2
 * @use a score of probabilities that an honest forecast minimises and that is never infinite
 * @group binary
 * @group multi-class
 * @also scikit-learn brier_score_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class
 * @example
 * brier([0.9, 0.2], [1, 0]); // 0.025
 * brier([0.7, 0.2, 0.1, 0.1, 0.8, 0.1], [0, 1]); // 0.1
 * brier.grad([0.7, 0.2, 0.1], [1, 0, 0], { classes: 3 }); // [-0.6, 0.4, 0.2]
 */
export const brier: Loss<Labels | Numbers, LayoutOptions & Pick<ClassOptions, "ignoreIndex">> = /* @__PURE__ */ (() => {
  const classes = classSweep(kernel("brier", SquaredError, brierSweep));
  return eitherLoss(
    { name: "brier", kernel: kernel("mse", SquaredError, mseSweep) },
    { name: "brier", input: "prediction", labels: oneHot(classes), distribution: classes, classWeights: "none" },
  );
})();

/** Options of {@link categoricalFocal}. */
export interface CategoricalFocalOptions extends ClassOptions, SmoothingOptions {
  /** What the loss is multiplied by. Default 0.25. */
  alpha?: number | undefined;
  /** How much less classes count that are predicted well, at least 0. Default 2. */
  gamma?: number | undefined;
}

/**
 * Focal loss of class probabilities: cross-entropy in which classes that are predicted well count less.
 *
 * Probabilities are [N, C], flat and row-major. The target is either N integer labels, or a probability for each class of
 * each sample together with `classes` (or `shape`); shapes are as with `crossEntropy`. The loss is in nats. Options: `alpha`,
 * default 0.25, for all classes, while `classWeights` (default 1 each) tells them apart; `gamma`, default 2, at least 0;
 * `labelSmoothing` (default 0, from 0 to 1), `ignoreIndex` (default -100; labels only) and `weights` for each sample. Means
 * are as with `crossEntropy`.
 *
 * A class with t = 0 adds 0 whatever its p; with t > 0, p = 0 costs Infinity: nothing is clipped, and rows are not
 * normalised, both unlike Keras. Ignored samples have loss and gradient 0; elsewhere NaN in gives NaN out, and so does a
 * probability above 1 or below 0. Otherwise defined as Keras's `categorical_focal_crossentropy`. It takes probabilities only, where
 * Keras has `from_logits`: of logits x it is the loss of p = softmax(x), and the gradient `softmax.grad(x, categoricalFocal.grad(p, t))`.
 *
 * @formula -sum over c of alpha t_c (1 - p_c)^gamma log p_c
 * @use one class out of several, where most samples are easy or most are of one class
 * @group multi-class
 * @also Keras CategoricalFocalCrossentropy
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class, a `gamma` below 0, a `labelSmoothing` outside 0 to 1
 * @example
 * const p = [0.7, 0.2, 0.1, 0.1, 0.8, 0.1]; // two samples of three classes
 * categoricalFocal(p, [0, 1]); // 0.005128311
 * categoricalFocal(p, [0, 1], { alpha: 1, gamma: 0 }); // 0.2899092
 * categoricalFocal.grad(p, [0, 1], { reduction: "sum" }); // [-0.08564410, 0, 0, 0, -0.03481436, 0]
 * const x = [2, 1, 0];
 * categoricalFocal(softmax(x), [0]); // 0.01141945
 * softmax.grad(x, categoricalFocal.grad(softmax(x), [0])); // [-0.02457195, 0.01796353, 0.006608415]
 */
export const categoricalFocal: Loss<Labels | Numbers, CategoricalFocalOptions> = /* @__PURE__ */ (() => {
  const sweep = classSweep(kernel("categoricalFocal", CategoricalFocal, categoricalFocalSweep));
  return classLoss({
    name: "categoricalFocal",
    input: "prediction",
    parameters: { alpha: { default: 0.25 }, gamma: { default: 2, atLeast: 0 } },
    labels: labelSweep(kernel("labelFocal", CategoricalFocal, labelFocal)),
    smoothed: oneHot(sweep),
    distribution: sweep,
    a: ({ gamma }) => gamma!,
    b: ({ alpha }) => alpha!,
  });
})();

/**
 * Jensen-Shannon divergence of two distributions: how far each is from their mean, in both directions alike.
 *
 * Prediction p and target t are [N, C] of one length, flat and row-major, with `classes` (or `shape`; its class axis is 1
 * unless `axis` says otherwise). The divergence is in nats, from 0 to log 2 for distributions that sum to 1; rows are not
 * normalised. 0 log 0 counts as 0, so that either may be 0. The gradient is log(p_c / m_c) / 2, which is -Infinity at p = 0
 * where t is not 0. Option `weights` has a number for each sample; a weighted mean divides by their sum. NaN in gives NaN
 * out. The square of SciPy's `jensenshannon`.
 *
 * @formula sum over c of (p_c log(p_c / m_c) + t_c log(t_c / m_c)) / 2, with m = (p + t) / 2
 * @use the distance of two distributions that may have zeros in different places
 * @group multi-class
 * @also SciPy spatial.distance.jensenshannon
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match
 * @example
 * jensenShannon([0.5, 0.5, 0, 1], [0.5, 0.5, 1, 0], { classes: 2, reduction: "none" }); // [0, 0.6931472]
 * jensenShannon.grad([0.9, 0.1], [0.6, 0.4], { classes: 2 }); // [0.09116078, -0.4581454]
 */
export const jensenShannon: Loss<Numbers, LayoutOptions> = classLoss({
  name: "jensenShannon",
  input: "prediction",
  distribution: classSweep(kernel("jensenShannon", JensenShannon, jensenShannonSweep)),
  classWeights: "none",
});
