/** Cross-entropy of logits: its options, its Hessian and its report. */

import { CrossEntropy, crossEntropyColumns, crossEntropyRows } from "../../assembly/losses/crossEntropy";
import {
  CrossEntropyDistribution,
  crossEntropyDistributionColumns,
  crossEntropyDistributionRows,
} from "../../assembly/losses/crossEntropyDistribution";
import { LogSumExp, logSumExpColumns, logSumExpRows } from "../../assembly/losses/logSumExp";
import { Softmax, softmaxColumns, softmaxRows } from "../../assembly/losses/softmax";
import { SoftmaxGradient, softmaxGradientColumns, softmaxGradientRows } from "../../assembly/losses/softmaxGradient";
import { type ClassOptions, classLoss, curvedClassLoss } from "../face/classes";
import { classReport, type ReportOptions } from "../face/report";
import { capping, shapeCall, shapingOf, type TemperingOptions } from "../face/shaping";
import type { SmoothingOptions } from "../face/smoothing";
import { oneHot, softmaxSweep } from "../staging/classKernels";
import { softmaxKernel } from "../staging/kernels";
import type { ClassReport } from "../staging/report";
import { type HessianTerms, writeHessian } from "../staging/softmaxHessian";
import { addComplement, addLabelComplement, addSquaredPartition } from "../staging/terms";
import type { CurvedLoss, Hessian, Labels, Loss, Numbers, Reals } from "../types";

const label = /* @__PURE__ */ softmaxSweep(
  /* @__PURE__ */ softmaxKernel("crossEntropy", CrossEntropy, crossEntropyRows, crossEntropyColumns),
);

const distribution = /* @__PURE__ */ softmaxSweep(
  /* @__PURE__ */ softmaxKernel(
    "crossEntropyDistribution",
    CrossEntropyDistribution,
    crossEntropyDistributionRows,
    crossEntropyDistributionColumns,
  ),
  true,
);

/** The published multiples of p (1 - p): XGBoost's multi:softprob, LightGBM's multiclass. */
function conventionOf(hessian: Hessian, classes: number): Pick<HessianTerms, "factor" | "least"> {
  if (hessian === "xgboost") return { factor: 2, least: 1e-16 };
  return { factor: hessian === "lightgbm" && classes > 1 ? classes / (classes - 1) : 1, least: 0 };
}

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions extends ClassOptions, SmoothingOptions, TemperingOptions {
  /** Holds the logits softly between -softcap and softcap. Default Infinity: not at all. */
  softcap?: number | undefined;
  /** The coefficient of the squared log-sum-exp that is added to each sample. Default 0. */
  zLoss?: number | undefined;
}

/** {@link crossEntropy}: a loss with a Hessian, and with a report. */
export interface CrossEntropyLoss extends CurvedLoss<Labels | Numbers, CrossEntropyOptions> {
  /**
   * Loss, accuracy and the like from one pass over the logits. `weights` weigh all of them, `classWeights` and
   * `labelSmoothing` the losses alone. Ignored samples are left out. One whose label is masked counts, with a loss of 0: its
   * label ranks behind all that are not masked, which makes it a miss of `accuracy`, and of `topK` below their number.
   *
   * @example
   * const { loss, accuracy, topKAccuracy } = crossEntropy.report([2, 1, 0, 0, 3, 1], [0, 2], { topK: 2 });
   * loss; // 1.288726
   * accuracy; // 0.5
   * topKAccuracy; // 1
   */
  report(logits: Reals, labels: Labels, options?: ReportOptions & CrossEntropyOptions): ClassReport;
}

/**
 * Softmax cross-entropy of logits: one class out of several.
 *
 * Logits are [N, C], flat and row-major. The target is either N integer labels, when C is `logits.length / labels.length`,
 * or a probability for each class of each sample, of the logits' length, together with `classes` (or `shape`). For
 * [N, C, d1, ...] give `shape`; its class axis is 1 unless `axis` says otherwise. The loss is in nats; the gradient of a
 * sample is K softmax(x) - t, with K the sum of its target t, usually 1.
 *
 * Options: `classWeights` (default 1 each), `ignoreIndex` (default -100; labels only), `labelSmoothing` (default 0, from
 * 0 to 1: the target becomes (1 - s) t + s / C), and `weights` for each sample. The mean over labels divides by the sum of
 * the weights of the samples that are not ignored, over distributions by the number of samples or the sum of `weights`.
 *
 * The logits may be made over: `softcap` c (none by default) makes x c tanh(x / c), `temperature` T (default 1) divides it, and
 * `mask`, of the logits' length, leaves out the classes where it is 0 or false: their logits, even NaN, count for nothing,
 * and their share of the target is 0; a sample whose label is masked, or all of whose classes are, has loss and gradient
 * 0, though the mean counts it. `zLoss` z (default 0) adds z (log sum over j of e^x_j)^2 to each sample,
 * whatever its class weight. Gradients are those
 * of the logits as given.
 *
 * `gradAndHess` takes `hessian`: `"exact"` is K p (1 - p), p the softmax, and `"gaussNewton"` that without what a soft
 * cap or z-loss could make negative; `"xgboost"` is twice that and at least 1e-16, as multi:softprob, `"lightgbm"` C / (C - 1)
 * times that, as multiclass. `report` gives the loss with accuracy, perplexity and the like.
 *
 * Ignored samples have loss and gradient 0, even if they hold NaN; elsewhere NaN in gives NaN out. A target
 * probability of 0 at a logit of -Infinity adds 0, so that masked classes work; a logit of +Infinity gives NaN. If
 * every sample is ignored the mean is NaN and the gradient 0.
 * Defined as PyTorch's `cross_entropy`, except at masked classes of a target distribution, where PyTorch gives NaN.
 *
 * @formula -sum over c of t_c log softmax(x)_c
 * @use one class out of several, predicted as logits: the usual choice for classifiers
 * @group multi-class
 * @also PyTorch F.cross_entropy; Keras SparseCategoricalCrossentropy(from_logits=True), CategoricalCrossentropy(from_logits=True); TensorFlow.js losses.softmaxCrossEntropy; optax softmax_cross_entropy, softmax_cross_entropy_with_integer_labels
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class, a `labelSmoothing` outside 0 to 1, a `temperature` or `softcap` of 0 or less, a `zLoss` below 0
 * @example
 * const logits = [2, 1, 0, 0, 3, 1]; // two samples of three classes
 * crossEntropy(logits, [0, 1]); // 0.2887260
 * crossEntropy.grad(logits, [0, 2]); // [-0.1673795, 0.1223642, 0.04501529, 0.02100503, 0.4218974, -0.4429024]
 * crossEntropy(logits, [0, -100]); // 0.4076060
 * crossEntropy(logits, [0, 1], { labelSmoothing: 0.1 }); // 0.4220593
 * crossEntropy(logits, [0.5, 0.5, 0, 0, 1, 0], { classes: 3 }); // 0.5387260
 * crossEntropy(logits, [0, 1], { temperature: 2, mask: [1, 1, 0, 1, 1, 1] }); // 0.4692229
 * crossEntropy.gradAndHess([0, 0], [0], { reduction: "sum", hessian: "xgboost" }).hess; // [0.5, 0.5]
 * crossEntropy.report(logits, [0, 2], { topK: 2 }).accuracy; // 0.5
 * crossEntropy.report(logits, [0, 2], { topK: 2 }).topKAccuracy; // 1
 */
export const crossEntropy: CrossEntropyLoss = /* @__PURE__ */ (() => {
  const softmax = softmaxSweep(softmaxKernel("softmax", Softmax, softmaxRows, softmaxColumns));
  const partition = softmaxSweep(softmaxKernel("logSumExp", LogSumExp, logSumExpRows, logSumExpColumns));
  const { loss, evaluate } = curvedClassLoss<Labels | Numbers, CrossEntropyOptions>({
    name: "crossEntropy",
    input: "logits",
    parameters: { ...capping, zLoss: { default: 0, atLeast: 0 } },
    others: ["mask"],
    labels: label,
    smoothed: distribution,
    distribution,
    complete(call, own, options, hessian) {
      const zLoss = own.zLoss!;
      const shaping = shapingOf(own, options as TemperingOptions, call.x.length);
      if (zLoss !== 0 || hessian !== undefined) {
        const { after } = call;
        call.after = (tile) => {
          if (zLoss !== 0) addSquaredPartition(tile, partition, zLoss);
          after?.(tile);
          if (hessian !== undefined) {
            const { factor, least } = conventionOf(hessian, call.layout.classes);
            writeHessian(tile, { softmax, partition, zLoss, shaping, exact: hessian === "exact", factor, least });
          }
        };
      }
      if (shaping !== undefined) shapeCall(call, shaping, true);
    },
  });
  return Object.assign(loss, { report: classReport(evaluate, loss.options, softmax, distribution) });
})();

/** Options of {@link poly1}. */
export interface Poly1Options extends ClassOptions, SmoothingOptions {
  /** The coefficient of the polynomial's first term. Default 2. */
  epsilon?: number | undefined;
}

/**
 * PolyLoss with one term: the cross-entropy of logits, plus epsilon times the probability that the target does not get.
 *
 * Logits, targets, shapes and the options `classWeights`, `ignoreIndex`, `labelSmoothing` and `weights` are as with
 * {@link crossEntropy}; with class weights or smoothing, t in the formula is the target that they make. Option `epsilon`,
 * default 2, may be negative; 0 is the cross-entropy. The loss is in nats. Ignored samples have loss and gradient 0;
 * elsewhere NaN in gives NaN out. Defined as optax's `poly_loss_cross_entropy`, whose default epsilon is 2 as well.
 *
 * @formula sum over c of t_c (epsilon (1 - softmax(x)_c) - log softmax(x)_c)
 * @use instead of cross-entropy, with one number to tune: how much the gradient still asks of samples that are all but right
 * @group multi-class
 * @also optax poly_loss_cross_entropy
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class, a `labelSmoothing` outside 0 to 1, an `epsilon` of NaN
 * @example
 * poly1([0, 0], [1]); // 1.693147
 * poly1([0, 0], [1], { epsilon: 0 }); // 0.6931472
 * poly1.grad([0, 0], [1]); // [1, -1]
 */
export const poly1: Loss<Labels | Numbers, Poly1Options> = /* @__PURE__ */ (() => {
  const gradient = softmaxSweep(softmaxKernel("softmaxGradient", SoftmaxGradient, softmaxGradientRows, softmaxGradientColumns));
  return classLoss({
    name: "poly1",
    input: "logits",
    parameters: { epsilon: { default: 2 } },
    labels: label,
    smoothed: oneHot(distribution),
    distribution,
    complete(call, { epsilon }) {
      const byLabel = call.kernel === label;
      call.after = (tile) => (byLabel ? addLabelComplement(tile, epsilon!) : addComplement(tile, gradient, epsilon!));
    },
  });
})();
