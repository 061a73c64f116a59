/** What a careful user writes by hand: plain loops over typed arrays, stable formulas, outputs allocated once. */

import { formulas } from "../formulas.mjs";
import { newArray, variable } from "../inputs.mjs";
import { rowFormulas } from "../rows.mjs";
import { sampleFormulas } from "../samples.mjs";

/** By operation: its modes, as functions of prediction, target, output and row length. */
export const loops = {
  mse: {
    value(p, t) {
      let sum = 0;
      for (let i = 0; i < p.length; i++) {
        const d = p[i] - t[i];
        sum += d * d;
      }
      return sum / p.length;
    },
    valueAndGrad(p, t, g) {
      const scale = 2 / p.length;
      let sum = 0;
      for (let i = 0; i < p.length; i++) {
        const d = p[i] - t[i];
        sum += d * d;
        g[i] = d * scale;
      }
      return sum / p.length;
    },
  },
  mae: {
    value(p, t) {
      let sum = 0;
      for (let i = 0; i < p.length; i++) sum += Math.abs(p[i] - t[i]);
      return sum / p.length;
    },
    valueAndGrad(p, t, g) {
      const scale = 1 / p.length;
      let sum = 0;
      for (let i = 0; i < p.length; i++) {
        const d = p[i] - t[i];
        sum += Math.abs(d);
        g[i] = d > 0 ? scale : d < 0 ? -scale : 0;
      }
      return sum / p.length;
    },
  },
  huber: {
    value(p, t) {
      let sum = 0;
      for (let i = 0; i < p.length; i++) {
        const d = Math.abs(p[i] - t[i]);
        sum += d <= 1 ? 0.5 * d * d : d - 0.5;
      }
      return sum / p.length;
    },
    valueAndGrad(p, t, g) {
      const scale = 1 / p.length;
      let sum = 0;
      for (let i = 0; i < p.length; i++) {
        const d = p[i] - t[i];
        if (Math.abs(d) <= 1) {
          sum += 0.5 * d * d;
          g[i] = d * scale;
        } else {
          sum += Math.abs(d) - 0.5;
          g[i] = d > 0 ? scale : -scale;
        }
      }
      return sum / p.length;
    },
  },
  binaryCrossEntropyWithLogits: {
    value(x, t) {
      let sum = 0;
      for (let i = 0; i < x.length; i++) {
        sum += Math.max(x[i], 0) - x[i] * t[i] + Math.log1p(Math.exp(-Math.abs(x[i])));
      }
      return sum / x.length;
    },
    valueAndGrad(x, t, g) {
      const scale = 1 / x.length;
      let sum = 0;
      for (let i = 0; i < x.length; i++) {
        const e = Math.exp(-Math.abs(x[i]));
        sum += Math.max(x[i], 0) - x[i] * t[i] + Math.log1p(e);
        const sigmoid = x[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
        g[i] = (sigmoid - t[i]) * scale;
      }
      return sum / x.length;
    },
  },
  sigmoid: {
    forward(x, _, y) {
      for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]));
    },
  },
  softmax: {
    forward(x, _, y, classes) {
      for (let start = 0; start < x.length; start += classes) {
        let maximum = -Infinity;
        for (let i = start; i < start + classes; i++) if (x[i] > maximum) maximum = x[i];
        let sum = 0;
        for (let i = start; i < start + classes; i++) {
          const e = Math.exp(x[i] - maximum);
          y[i] = e;
          sum += e;
        }
        for (let i = start; i < start + classes; i++) y[i] /= sum;
      }
    },
  },
  logSoftmax: {
    forward(x, _, y, classes) {
      for (let start = 0; start < x.length; start += classes) {
        let maximum = -Infinity;
        for (let i = start; i < start + classes; i++) if (x[i] > maximum) maximum = x[i];
        let sum = 0;
        for (let i = start; i < start + classes; i++) sum += Math.exp(x[i] - maximum);
        const logSumExp = maximum + Math.log(sum);
        for (let i = start; i < start + classes; i++) y[i] = x[i] - logSumExp;
      }
    },
  },
  crossEntropy: {
    value(x, labels, _, classes) {
      let total = 0;
      for (let row = 0; row < labels.length; row++) {
        const start = row * classes;
        let maximum = -Infinity;
        for (let i = start; i < start + classes; i++) if (x[i] > maximum) maximum = x[i];
        let sum = 0;
        for (let i = start; i < start + classes; i++) sum += Math.exp(x[i] - maximum);
        total += maximum + Math.log(sum) - x[start + labels[row]];
      }
      return total / labels.length;
    },
    valueAndGrad(x, labels, g, classes) {
      const scale = 1 / labels.length;
      let total = 0;
      for (let row = 0; row < labels.length; row++) {
        const start = row * classes;
        let maximum = -Infinity;
        for (let i = start; i < start + classes; i++) if (x[i] > maximum) maximum = x[i];
        let sum = 0;
        for (let i = start; i < start + classes; i++) {
          const e = Math.exp(x[i] - maximum);
          g[i] = e;
          sum += e;
        }
        for (let i = start; i < start + classes; i++) g[i] *= scale / sum;
        g[start + labels[row]] -= scale;
        total += maximum + Math.log(sum) - x[start + labels[row]];
      }
      return total / labels.length;
    },
  },
  categoricalCrossEntropy: {
    valueAndGrad(p, labels, g, classes) {
      g.fill(0);
      let total = 0;
      for (let row = 0; row < labels.length; row++) {
        const i = row * classes + labels[row];
        total -= Math.log(p[i]);
        g[i] = -1 / (p[i] * labels.length);
      }
      return total / labels.length;
    },
  },
  nll: {
    valueAndGrad(logP, labels, g, classes) {
      const slope = -1 / labels.length;
      g.fill(0);
      let total = 0;
      for (let row = 0; row < labels.length; row++) {
        const i = row * classes + labels[row];
        total -= logP[i];
        g[i] = slope;
      }
      return total / labels.length;
    },
  },
};

/** The loop around a textbook formula, for losses that have no loop above. */
function loopOf({ value, slope }) {
  return (p, t, g) => {
    const scale = 1 / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      sum += value(p[i], t[i]);
      g[i] = slope(p[i], t[i]) * scale;
    }
    return sum / p.length;
  };
}

/** The loop over rows around a textbook formula. */
function rowLoopOf({ value, whole }) {
  return (p, t, g, classes) => {
    const rows = p.length / classes;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += value(p, row * classes, (row + 1) * classes, whole ? t : row * classes + t[row], g);
    for (let i = 0; i < g.length; i++) g[i] /= rows;
    return sum / rows;
  };
}

/** The loop around an operation's textbook formula, if it has one. */
function loopAround(operation) {
  if (operation in formulas) return loopOf(formulas[operation]);
  return operation in rowFormulas ? rowLoopOf(rowFormulas[operation]) : undefined;
}

/** The loop over a loss with several inputs, of vectors, regions or sequences. */
function prepareSamples({ inputs, graded, run }, workload, made) {
  const given = inputs(made, workload);
  const outputs = Object.values(graded).map((i) => newArray(workload, given[i].length));
  const call = () => run(given, outputs, workload);
  return { call, answer: () => ({ value: call(), output: outputs[0] }) };
}

export function prepare(workload, made) {
  const { operation, mode, count, classes } = workload;
  if (operation in sampleFormulas) return prepareSamples(sampleFormulas[operation], workload, made);
  const { prediction, target } = made;
  const loop = loops[operation]?.[mode] ?? (mode === "valueAndGrad" ? loopAround(operation) : undefined);
  if (loop === undefined) return undefined;
  const output = mode === "value" ? undefined : newArray(workload, count);
  const given = variable({ prediction, target, output });
  const call = () => loop(given.prediction, given.target, given.output, classes);
  return { call, answer: () => ({ value: call(), output }) };
}
