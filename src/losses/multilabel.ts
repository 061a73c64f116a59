/** Losses of several independent labels for a sample, one number for each sample. */

import { BinaryCrossEntropyWithLogits } from "../../assembly/losses/binaryCrossEntropyWithLogits";
import { multilabelSoftMargin as multilabelSoftMarginSweep } from "../../assembly/losses/multilabelSoftMargin";
import { type ClassOptions, classLoss } from "../face/classes";
import type { LayoutOptions } from "../layout";
import { classSweep } from "../staging/classKernels";
import { kernel } from "../staging/kernels";
import type { Loss, Numbers } from "../types";

/**
 * Multi-label soft margin loss: the mean over a sample's labels of the binary cross-entropy of logits.
 *
 * Logits and target are [N, C] of one length, flat and row-major, with `classes` (or `shape`; its class axis is 1 unless
 * `axis` says otherwise); targets are 0, 1 or a probability between. The loss is in nats. Options: `classWeights` (default 1
 * each), by which the labels' terms are multiplied while the mean over labels divides by C, and `weights` for each sample; a
 * weighted mean divides by their sum. A class weight of 0 silences even a NaN; elsewhere NaN in gives NaN out.
 * Defined as PyTorch's `multilabel_soft_margin_loss`.
 *
 * @formula -sum over c of w_c (t_c log sigmoid(x_c) + (1 - t_c) log(1 - sigmoid(x_c))) / C
 * @use several independent labels at once, with one loss for each sample
 * @group multi-label
 * @also PyTorch F.multilabel_soft_margin_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match
 * @example
 * multilabelSoftMargin([2, -1, 0, 1], [1, 0, 1, 1], { classes: 2, reduction: "none" }); // [0.2200948, 0.5032044]
 * multilabelSoftMargin.grad([2, -1], [1, 0], { classes: 2 }); // [-0.05960146, 0.1344707]
 */
export const multilabelSoftMargin: Loss<Numbers, LayoutOptions & Pick<ClassOptions, "classWeights">> = classLoss({
  name: "multilabelSoftMargin",
  input: "logits",
  distribution: classSweep(kernel("multilabelSoftMargin", BinaryCrossEntropyWithLogits, multilabelSoftMarginSweep)),
  classWeights: "terms",
});
