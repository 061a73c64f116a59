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
import { pointwiseLoss } from "../face/pointwise";
import { kernel } from "../staging/kernels";
import type { Loss, Numbers } from "../types";

export const binaryCrossEntropy: Loss<Numbers, object> = /* @__PURE__ */ pointwiseLoss({
  name: "binaryCrossEntropy",
  kernel: kernel("binaryCrossEntropy", new BinaryCrossEntropy(), binaryCrossEntropySweep),
  meanOver: "elements",
});

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface PosWeightOptions {
  /** The weight of positive targets: one number, or one for each label of the last axis. Default 1. */
  posWeight?: number | Numbers;
}

export const binaryCrossEntropyWithLogits: Loss<Numbers, PosWeightOptions> = /* @__PURE__ */ (() => {
  const weighted = kernel(
    "weightedBinaryCrossEntropyWithLogits",
    new WeightedBinaryCrossEntropyWithLogits(),
    weightedBinaryCrossEntropyWithLogits,
  );
  return pointwiseLoss<Record<never, never>, PosWeightOptions>({
    name: "binaryCrossEntropyWithLogits",
    kernel: kernel("binaryCrossEntropyWithLogits", new BinaryCrossEntropyWithLogits(), binaryCrossEntropyWithLogitsSweep),
    meanOver: "elements",
    third: {
      options: ["posWeight"],
      of: ({ posWeight }, count) =>
        posWeight === undefined ? undefined : { kernel: weighted, numbers: checkPosWeight(posWeight as number | Numbers, count) },
    },
  });
})();
