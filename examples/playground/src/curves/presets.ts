/** Pictures to begin with, among them those by which articles explain losses. */

import { type Curve, curveOf, type Picture } from "./model";

type View = "curves" | "softmax" | "outlier";

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly view: View;
  readonly picture?: Picture;
}

const picture = (curves: readonly Curve[], rest: Partial<Picture> = {}): Picture => ({
  curves,
  axis: "prediction",
  at: 0.5,
  linked: true,
  ...rest,
});

export const presets: readonly Preset[] = [
  {
    id: "regression",
    title: "Squared, absolute, Huber",
    text: "Three losses of an error. The square grows fastest, so large errors count most; the absolute error pulls equally hard however large the error is; Huber is the one near the target and the other far from it.",
    view: "curves",
    picture: picture([curveOf("mse"), curveOf("mae"), curveOf("huber")], { at: 1.5 }),
  },
  {
    id: "log",
    title: "−log p and −log(1 − p)",
    text: "Binary cross-entropy of a probability: what a prediction p costs when the answer is yes, target 1, and when it is no, target 0. The logarithm is cut off at −100, so being certain and wrong costs 100.",
    view: "curves",
    picture: picture([curveOf("binaryCrossEntropy", { target: 1 }), curveOf("binaryCrossEntropy", { target: 0 })], {
      at: 0.25,
      linked: false,
    }),
  },
  {
    id: "sigmoid",
    title: "Sigmoid",
    text: "The sigmoid turns any number, a logit, into a probability. Its slope is largest, a quarter, at 0.",
    view: "curves",
    picture: picture([curveOf("sigmoid")], { at: 1 }),
  },
  {
    id: "logits",
    title: "Why logits",
    text: "Binary cross-entropy against the logit, for target 1. Its slope never exceeds 1, and where the answer is wrong it stays near 1: learning does not stall.",
    view: "curves",
    picture: picture([curveOf("binaryCrossEntropyWithLogits", { target: 1 }), curveOf("mse", { target: 1 })], { axis: "logit", at: -2 }),
  },
  {
    id: "smoothing",
    title: "Label smoothing",
    text: "Cross-entropy over three classes against the logit of the true one, whose rivals are at 0. With smoothed labels a too certain prediction costs again.",
    view: "curves",
    picture: picture([curveOf("crossEntropy"), curveOf("crossEntropy", { options: { labelSmoothing: 0.1 } })], { axis: "logit", at: 2 }),
  },
  {
    id: "softmax",
    title: "Softmax of three logits",
    text: "Softmax turns logits into probabilities that add up to 1. Adding the same number to every logit changes nothing; cross-entropy is −log of the true class's bar.",
    view: "softmax",
  },
  {
    id: "outlier",
    title: "An outlier",
    text: "A line is fitted to ten points by each loss. Move the last point away: the line of the squared error follows it, those of the absolute error and of Huber hardly do.",
    view: "outlier",
  },
];
