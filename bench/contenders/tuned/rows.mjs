/** The softmax family by rows, with an exponential that is inlined, and two accumulators. */

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

/** The family with an exponential: by operation its modes. */
export function rowsBy(exp) {
  function sumOfExponentials(x, start, end, maximum) {
    let a = 0;
    let b = 0;
    let i = start;
    for (; i + 1 < end; i += 2) {
      a += exp(x[i] - maximum);
      b += exp(x[i + 1] - maximum);
    }
    if (i < end) a += exp(x[i] - maximum);
    return a + b;
  }

  /** The same, with the exponentials kept in `y`. */
  function exponentials(x, start, end, maximum, y) {
    let a = 0;
    let b = 0;
    let i = start;
    for (; i + 1 < end; i += 2) {
      const e0 = exp(x[i] - maximum);
      const e1 = exp(x[i + 1] - maximum);
      y[i] = e0;
      y[i + 1] = e1;
      a += e0;
      b += e1;
    }
    if (i < end) {
      const e = exp(x[i] - maximum);
      y[i] = e;
      a += e;
    }
    return a + b;
  }

  const softmax = {
    forward(x, _, y, classes) {
      for (let start = 0; start < x.length; start += classes) {
        const end = start + classes;
        const factor = 1 / exponentials(x, start, end, largest(x, start, end), y);
        for (let i = start; i < end; i++) y[i] *= factor;
      }
    },
  };

  const logSoftmax = {
    forward(x, _, y, classes) {
      for (let start = 0; start < x.length; start += classes) {
        const end = start + classes;
        const maximum = largest(x, start, end);
        const logSumExp = maximum + Math.log(sumOfExponentials(x, start, end, maximum));
        for (let i = start; i < end; i++) y[i] = x[i] - logSumExp;
      }
    },
  };

  const crossEntropy = {
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

  return { softmax, logSoftmax, crossEntropy };
}
