/** One-pass statistics of class predictions: loss, accuracy, perplexity, entropy, loss by class. */

import { checkCount, checkLabelKind, checkOptions, checkSampleWeights } from "../checks";
import type { ClassKernel } from "../staging/classCall";
import { type ClassReport, reportSums } from "../staging/report";
import type { Labels, Numbers, Reals } from "../types";
import type { ClassEvaluate } from "./classes";
import { NO_OPTIONS } from "./options";

/** Options of a report beside those of its loss. */
export interface ReportOptions {
  /** Default 5: a sample is a hit if its label is among so many of the largest logits. */
  topK?: number | undefined;
  /** A weight for each sample. */
  weights?: Numbers | undefined;
}

/** Makes `report` of a loss: of its evaluation, the names of its options, the softmax, and the cross-entropy of a distribution. */
/* @__NO_SIDE_EFFECTS__ */
export function classReport(evaluate: ClassEvaluate, options: Iterable<string>, softmax: ClassKernel, distribution: ClassKernel) {
  const known = new Set(["topK", ...options].filter((name) => !["reduction", "out", "upstream"].includes(name)));
  return (logits: Reals, labels: Labels, given: ReportOptions & object = NO_OPTIONS): ClassReport => {
    checkOptions(given, known);
    const { topK, ...options } = given as ReportOptions & { ignoreIndex?: number; classWeights?: Numbers };
    const k = topK === undefined ? 5 : checkCount("topK", topK);
    checkLabelKind(labels);
    checkSampleWeights(options.weights, labels.length);
    const sums = reportSums(labels, options, k, softmax, distribution);
    evaluate(logits, labels, { ...options, weights: undefined, reduction: "sum" } as never, {
      valued: true,
      graded: false,
      curved: false,
      labelled: true,
      inspect: sums.visit,
    });
    return sums.report();
  };
}
