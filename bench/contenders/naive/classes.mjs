/** Functions of rows of classes, and losses of a label or of a target for every class. */

import { binaryCrossEntropyWithLogits } from "./binary.mjs";
import { exponentials, largest, multiply, sumOfExponentials } from "./softmax.mjs";

export const softmax = {
  forward(x, _, y, classes) {
    for (let start = 0; start < x.length; start += classes) {
      const end = start + classes;
      const sum = exponentials(x, start, end, largest(x, start, end), y);
      multiply(y, start, end, 1 / sum);
    }
  },
};

export const logSoftmax = {
  forward(x, _, y, classes) {
    for (let start = 0; start < x.length; start += classes) {
      const end = start + classes;
      const maximum = largest(x, start, end);
      const logSumExp = maximum + Math.log(sumOfExponentials(x, start, end, maximum));
      for (let i = start; i < end; i++) y[i] = x[i] - logSumExp;
    }
  },
};

export const crossEntropy = {
  value(x, labels, _, classes) {
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const start = row * classes;
      const end = start + classes;
      const maximum = largest(x, start, end);
      total += maximum + Math.log(sumOfExponentials(x, start, end, maximum)) - x[start + labels[row]];
    }
    return total / labels.length;
  },
  valueAndGrad(x, labels, g, classes) {
    const scale = 1 / labels.length;
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const start = row * classes;
      const end = start + classes;
      const label = start + labels[row];
      const maximum = largest(x, start, end);
      const sum = exponentials(x, start, end, maximum, g);
      multiply(g, start, end, scale / sum);
      g[label] -= scale;
      total += maximum + Math.log(sum) - x[label];
    }
    return total / labels.length;
  },
};

/** Of the default epsilon 2: what is added is 2 (1 - p), whose slope is that of the cross-entropy times 2 p. */
export const poly1 = {
  valueAndGrad(x, labels, g, classes) {
    const rows = labels.length;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * classes;
      const end = start + classes;
      const label = start + labels[row];
      const maximum = largest(x, start, end);
      const sum = exponentials(x, start, end, maximum, g);
      const p = g[label] / sum;
      const scale = (1 + 2 * p) / rows;
      multiply(g, start, end, scale / sum);
      g[label] -= scale;
      total += maximum + Math.log(sum) - x[label] + 2 * (1 - p);
    }
    return total / rows;
  },
};

export const categoricalCrossEntropy = {
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
};

export const nll = {
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
};

/** Of the default alpha 0.25 and gamma 2. */
export const categoricalFocal = {
  valueAndGrad(p, labels, g, classes) {
    const scale = 0.25 / labels.length;
    g.fill(0);
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const i = row * classes + labels[row];
      const rest = 1 - p[i];
      const log = Math.log(p[i]);
      total -= rest * rest * log;
      g[i] = scale * rest * (2 * log - rest / p[i]);
    }
    return total * scale;
  },
};

/** All classes as if no label were theirs, then (p - 1)^2 instead of p^2 at the labels. */
export const brier = {
  valueAndGrad(p, labels, g, classes) {
    const scale = 2 / labels.length;
    let total = 0;
    for (let i = 0; i < p.length; i++) {
      total += p[i] * p[i];
      g[i] = p[i] * scale;
    }
    for (let row = 0; row < labels.length; row++) {
      const i = row * classes + labels[row];
      total += 1 - 2 * p[i];
      g[i] = (p[i] - 1) * scale;
    }
    return total / labels.length;
  },
};

export const categoricalHinge = {
  valueAndGrad(x, labels, g, classes) {
    const scale = 1 / labels.length;
    g.fill(0);
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const start = row * classes;
      const label = start + labels[row];
      let most = 0;
      let best = label;
      for (let i = start; i < start + classes; i++) {
        if (x[i] > most && i !== label) {
          most = x[i];
          best = i;
        }
      }
      const loss = 1 + most - x[label];
      if (loss > 0) {
        total += loss;
        g[label] -= scale;
        if (best !== label) g[best] += scale;
      }
    }
    return total / labels.length;
  },
};

/** The label meets its own margin by exactly 1: what it adds is taken off after the loop. */
export const multiMargin = {
  valueAndGrad(x, labels, g, classes) {
    const scale = 1 / (labels.length * classes);
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const start = row * classes;
      const label = start + labels[row];
      const margin = 1 - x[label];
      let hits = -1;
      for (let i = start; i < start + classes; i++) {
        const z = margin + x[i];
        if (z > 0) {
          total += z;
          hits++;
          g[i] = scale;
        } else {
          g[i] = 0;
        }
      }
      total -= 1;
      g[label] = -hits * scale;
    }
    return total * scale;
  },
};

/** Labels come first in their row, up to a -1. */
export const multilabelMargin = {
  scratch: ({ classes }) => new Uint8Array(classes),
  valueAndGrad(x, lists, g, classes, listed) {
    const scale = 1 / x.length;
    g.fill(0);
    let total = 0;
    for (let start = 0; start < x.length; start += classes) {
      listed.fill(0);
      let count = 0;
      while (count < classes && lists[start + count] >= 0) listed[lists[start + count++]] = 1;
      for (let k = 0; k < count; k++) {
        const label = start + lists[start + k];
        const margin = 1 - x[label];
        let hits = 0;
        for (let i = 0; i < classes; i++) {
          const z = margin + x[start + i];
          if (z > 0 && listed[i] === 0) {
            total += z;
            hits++;
            g[start + i] += scale;
          }
        }
        g[label] -= hits * scale;
      }
    }
    return total * scale;
  },
};

/** The mean over classes and then over rows is the mean over all. */
export const multilabelSoftMargin = { valueAndGrad: binaryCrossEntropyWithLogits.valueAndGrad };

export const jensenShannon = {
  valueAndGrad(p, t, g, classes) {
    const scale = (0.5 * classes) / p.length;
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const inverse = 2 / (p[i] + t[i]);
      const log = Math.log(p[i] * inverse);
      if (p[i] > 0) sum += p[i] * log;
      if (t[i] > 0) sum += t[i] * Math.log(t[i] * inverse);
      g[i] = log * scale;
    }
    return sum * scale;
  },
};
