/** Losses of a class predicted among several, from logits, probabilities or log-probabilities. */

import {
  CategoricalCrossEntropy,
  categoricalCrossEntropy as categoricalCrossEntropySweep,
} from "../../assembly/losses/categoricalCrossEntropy";
import { CrossEntropy, crossEntropyColumns, crossEntropyRows } from "../../assembly/losses/crossEntropy";
import {
  CrossEntropyDistribution,
  crossEntropyDistributionColumns,
  crossEntropyDistributionRows,
} from "../../assembly/losses/crossEntropyDistribution";
import { CrossEntropySmoothed, crossEntropySmoothedColumns, crossEntropySmoothedRows } from "../../assembly/losses/crossEntropySmoothed";
import { LabelCrossEntropy, labelCrossEntropy } from "../../assembly/losses/labelCrossEntropy";
import { NegativeLogLikelihood, nll as nllSweep } from "../../assembly/losses/nll";
import { type ClassOptions, classLoss, classSweep, labelSweep, type SmoothingOptions, softmaxSweep } from "../face/classes";
import { kernel, softmaxKernel } from "../staging/kernels";
import type { Labels, Loss, Numbers } from "../types";

export const crossEntropy: Loss<Labels | Numbers, ClassOptions & SmoothingOptions> = /* @__PURE__ */ classLoss({
  name: "crossEntropy",
  input: "logits",
  labels: softmaxSweep(softmaxKernel("crossEntropy", new CrossEntropy(), crossEntropyRows, crossEntropyColumns)),
  smoothed: softmaxSweep(
    softmaxKernel("crossEntropySmoothed", new CrossEntropySmoothed(), crossEntropySmoothedRows, crossEntropySmoothedColumns),
  ),
  distribution: softmaxSweep(
    softmaxKernel(
      "crossEntropyDistribution",
      new CrossEntropyDistribution(),
      crossEntropyDistributionRows,
      crossEntropyDistributionColumns,
    ),
  ),
});

export const categoricalCrossEntropy: Loss<Labels | Numbers, ClassOptions> = /* @__PURE__ */ classLoss({
  name: "categoricalCrossEntropy",
  input: "prediction",
  labels: labelSweep(kernel("labelCrossEntropy", new LabelCrossEntropy(), labelCrossEntropy)),
  distribution: classSweep(kernel("categoricalCrossEntropy", new CategoricalCrossEntropy(), categoricalCrossEntropySweep)),
});

export const nll: Loss<Labels, ClassOptions> = /* @__PURE__ */ classLoss({
  name: "nll",
  input: "logProbabilities",
  labels: labelSweep(kernel("nll", new NegativeLogLikelihood(), nllSweep)),
});
