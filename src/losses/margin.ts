/** Margin losses over classes: the label's logit should exceed all others. */

import * as Call from "../../assembly/kernels/call";
import { CategoricalHinge, categoricalHinge as categoricalHingeSweep } from "../../assembly/losses/categoricalHinge";
import { MultiMargin, multiMargin as multiMarginSweep } from "../../assembly/losses/multiMargin";
import { checkLists, checkOneOrTwo } from "../checks";
import { type ClassOptions, classLoss } from "../face/classes";
import type { LayoutOptions } from "../layout";
import type { ClassKernel } from "../staging/classCall";
import { classSweep } from "../staging/classKernels";
import { kernel } from "../staging/kernels";
import { stageLists } from "../staging/lists";
import type { Labels, Loss, Numbers } from "../types";

const marginSweep: ClassKernel = /* @__PURE__ */ (() => {
  const margins = kernel("multiMargin", MultiMargin, multiMarginSweep);
  return { overwrites: false, sparse: true, oneHot: true, of: () => margins };
})();

/** Options of {@link multiMargin}. */
export interface MultiMarginOptions extends ClassOptions {
  /** The power of the margin's shortfall: 1 or 2. Default 1. */
  p?: number | undefined;
  /** By how much the label's logit should exceed the others. Default 1. */
  margin?: number | undefined;
}

/**
 * Multi-class margin loss: every wrong class whose logit comes within the margin of the label's costs something.
 *
 * Logits are [N, C], flat and row-major, targets N integer labels, and C is the quotient of the lengths; shapes are as with
 * `crossEntropy`. The sum over the wrong classes is divided by C. Options: `p`, 1 (the default) or 2; `margin`, default 1, in
 * the unit of the logits; `classWeights` (default 1 each), of which the label's multiplies the sample's loss; `ignoreIndex`
 * (default -100) and `weights` for each sample. The mean divides by the number of samples that are not ignored, or the sum
 * of their `weights`; class weights do not count. Where the margin is exactly met the gradient is 0. NaN in gives NaN out.
 * Defined as PyTorch's `multi_margin_loss`, which passes over NaN.
 *
 * @formula sum over c other than the label of max(0, margin - x_label + x_c)^p / C
 * @use one class out of several, by a support vector machine: no probabilities are wanted
 * @group multi-class
 * @also PyTorch F.multi_margin_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class, a `p` other than 1 and 2, a `margin` of NaN
 * @example
 * const logits = [2, 1.5, 0, 0, 3, 1]; // two samples of three classes
 * multiMargin(logits, [0, 1]); // 0.08333333
 * multiMargin(logits, [0, 2], { p: 2, reduction: "none" }); // [0.08333333, 3]
 * multiMargin.grad(logits, [0, 1]); // [-0.1666667, 0.1666667, 0, 0, 0, 0]
 */
export const multiMargin: Loss<Labels, MultiMarginOptions> = classLoss({
  name: "multiMargin",
  input: "logits",
  parameters: { p: { default: 1, atLeast: 1, atMost: 2 }, margin: { default: 1 } },
  labels: marginSweep,
  meanOver: "samples",
  a: ({ margin }) => margin!,
  b: ({ p }) => checkOneOrTwo(p!),
  complete(call) {
    call.before = ({ stage }) => stage.set(Call.ENTRIES, 1);
  },
});

/**
 * Multi-label margin loss: the logits of a sample's labels should exceed those of all its other classes by 1.
 *
 * Logits are [N, C], flat and row-major, with `classes` (or `shape`; its class axis is 1 unless `axis` says otherwise). The
 * target is of the logits' length: each sample's list of labels, ended by -1; what follows is not looked at. The sum over
 * pairs of a label and another class is divided by C. Option `weights` has a number for each sample; a weighted mean
 * divides by their sum. A sample without labels costs 0. Where the margin is exactly met the gradient is 0. NaN in gives
 * NaN out, if the sample has a label. Defined as PyTorch's `multilabel_margin_loss`, which passes over NaN.
 *
 * @formula sum over labels y and other classes c of max(0, 1 - x_y + x_c) / C
 * @use several labels for a sample, of which only the order of the logits matters
 * @group multi-label
 * @also PyTorch F.multilabel_margin_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class
 * @example
 * multilabelMargin([0.1, 0.2, 0.4, 0.8], [3, 0, -1, 1], { classes: 4 }); // 0.85
 * multilabelMargin.grad([0.1, 0.2, 0.4, 0.8], [3, 0, -1, 1], { classes: 4 }); // [-0.5, 0.5, 0.5, -0.5]
 */
export const multilabelMargin: Loss<Labels, LayoutOptions> = classLoss({
  name: "multilabelMargin",
  input: "logits",
  distribution: marginSweep,
  classWeights: "none",
  target: "of label lists",
  checkTarget: checkLists,
  a: () => 1,
  b: () => 1,
  complete(call) {
    call.before = (tile) => stageLists(tile, tile.call.operand as Labels);
  },
});

/**
 * Categorical hinge: the target's logit should exceed the best of the other classes by 1.
 *
 * Logits are [N, C], flat and row-major. The target is either N integer labels, when C is the quotient of the lengths, or a
 * number t for each class of each sample, of the logits' length, together with `classes` (or `shape`); shapes are as with
 * `crossEntropy`. The label's own class takes part in the maximum as 0, so that negative logits of the others cost nothing
 * more; scikit-learn's multi-class `hinge_loss` is that of logits less the least of their row. Options: `ignoreIndex`
 * (default -100; labels only) and `weights` for each sample, by whose sum a weighted mean divides. Classes that share the
 * maximum share its gradient. NaN in gives NaN out. Defined as Keras's `categorical_hinge`.
 *
 * @formula max(0, 1 + max over c of (1 - t_c) x_c - sum over c of t_c x_c)
 * @use one class out of several, by the worst mistake alone
 * @group multi-class
 * @also Keras CategoricalHinge; TensorFlow.js categoricalHinge; scikit-learn hinge_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a label that is no class
 * @example
 * const logits = [2, 1.5, 0, 0, 3, 1]; // two samples of three classes
 * categoricalHinge(logits, [0, 2], { reduction: "none" }); // [0.5, 3]
 * categoricalHinge.grad(logits, [0, 2], { reduction: "sum" }); // [-1, 1, 0, 0, 1, -1]
 * categoricalHinge(logits, [1, 0, 0, 0, 0, 1], { classes: 3 }); // 1.75
 */
export const categoricalHinge: Loss<Labels | Numbers, LayoutOptions & Pick<ClassOptions, "ignoreIndex">> = /* @__PURE__ */ (() => {
  const sweep = classSweep(kernel("categoricalHinge", CategoricalHinge, categoricalHingeSweep));
  return classLoss({
    name: "categoricalHinge",
    input: "logits",
    labels: sweep,
    distribution: sweep,
    classWeights: "none",
    complete(call) {
      if (call.labels === undefined) return;
      call.b = 1;
      call.hitWeights = Float64Array.from({ length: call.layout.classes }, (_, c) => c);
    },
  });
})();
