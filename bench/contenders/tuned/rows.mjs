/** The softmax family by rows, with an exponential that is inlined. */

import { exp } from "./exponential.mjs";

function largest(x, start, end) {
  let a = -Infinity;
  let b = -Infinity;
  let i = start;
  for (; i + 1 < end; i += 2) {
    if (x[i] > a) a = x[i];
    if (x[i + 1] > b) b = x[i + 1];
  }
  if (i < end && x[i] > a) a = x[i];
  return Math.max(a, b);
}

function sumOfExponentials(x, start, end, maximum) {
  let sum = 0;
  for (let i = start; i < end; i++) sum += exp(x[i] - maximum);
  return sum;
}

/** The same, with the exponentials kept in `y`. */
function exponentials(x, start, end, maximum, y) {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const e = exp(x[i] - maximum);
    y[i] = e;
    sum += e;
  }
  return sum;
}

export const softmax = {
  forward(x, _, y, classes) {
    for (let start = 0; start < x.length; start += classes) {
      const end = start + classes;
      const factor = 1 / exponentials(x, start, end, largest(x, start, end), y);
      for (let i = start; i < end; i++) y[i] *= factor;
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
      const maximum = largest(x, start, end);
      const sum = exponentials(x, start, end, maximum, g);
      const factor = scale / sum;
      for (let i = start; i < end; i++) g[i] *= factor;
      g[start + labels[row]] -= scale;
      total += maximum + Math.log(sum) - x[start + labels[row]];
    }
    return total / labels.length;
  },
};
