/** Textbook formulas of the operations over rows of classes, in f64, and the distributions on which each is measured. */

import { classRows } from "./classRows.mjs";

/** The largest number of a row and the sum of the exponentials below it. */
function softmaxOf(x, start, end) {
  let maximum = -Infinity;
  for (let i = start; i < end; i++) maximum = Math.max(maximum, x[i]);
  let sum = 0;
  for (let i = start; i < end; i++) sum += Math.exp(x[i] - maximum);
  return { maximum, sum };
}

/** The sum of e^(x - maximum) over a row without one class: what is left of the softmax's 1, without cancellation. */
function sumWithout(x, start, end, maximum, label) {
  let sum = 0;
  for (let i = start; i < end; i++) if (i !== label) sum += Math.exp(x[i] - maximum);
  return sum;
}

function crossEntropy(x, start, end, label, g) {
  const { maximum, sum } = softmaxOf(x, start, end);
  if (g !== undefined) {
    for (let i = start; i < end; i++) g[i] = Math.exp(x[i] - maximum) / sum;
    g[label] = -sumWithout(x, start, end, maximum, label) / sum;
  }
  return maximum + Math.log(sum) - x[label];
}

/**
 * By name: what becomes of the row from `start` to `end`. `output` writes a function of the row to `y`; `value` returns
 * the loss of a label at index `label`, and writes its gradient to `g` if there is one.
 */
export const rowFormulas = {
  ...classRows,
  softmax: {
    prediction: "logit",
    output(x, start, end, y) {
      const { maximum, sum } = softmaxOf(x, start, end);
      for (let i = start; i < end; i++) y[i] = Math.exp(x[i] - maximum) / sum;
    },
  },
  logSoftmax: {
    prediction: "logit",
    output(x, start, end, y) {
      const { maximum, sum } = softmaxOf(x, start, end);
      for (let i = start; i < end; i++) y[i] = x[i] - maximum - Math.log(sum);
    },
  },
  crossEntropy: { prediction: "logit", target: "label", value: crossEntropy },
  poly1: {
    prediction: "logit",
    target: "label",
    value(x, start, end, label, g) {
      const { maximum, sum } = softmaxOf(x, start, end);
      const p = Math.exp(x[label] - maximum) / sum;
      const loss = crossEntropy(x, start, end, label, g);
      if (g !== undefined) for (let i = start; i < end; i++) g[i] *= 1 + 2 * p;
      return loss + (2 * sumWithout(x, start, end, maximum, label)) / sum;
    },
  },
  categoricalCrossEntropy: {
    prediction: "probability",
    target: "label",
    value(p, start, end, label, g) {
      if (g !== undefined) g.fill(0, start, end)[label] = -1 / p[label];
      return -Math.log(p[label]);
    },
  },
  nll: {
    prediction: "logProbability",
    target: "label",
    value(p, start, end, label, g) {
      if (g !== undefined) g.fill(0, start, end)[label] = -1;
      return -p[label];
    },
  },
};
