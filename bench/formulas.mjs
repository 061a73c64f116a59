/** Textbook formulas of everything that works element by element, and the distributions on which each is measured. */

const numbers = { prediction: "number", target: "number" };

/** By name: `value` and `slope` of one element (`value` alone where there is no target), and the inputs' distributions. */
export const formulas = {
  mse: { ...numbers, value: (p, t) => (p - t) * (p - t), slope: (p, t) => 2 * (p - t) },
  halfSquaredError: { ...numbers, value: (p, t) => ((p - t) * (p - t)) / 2, slope: (p, t) => p - t },
  mae: { ...numbers, value: (p, t) => Math.abs(p - t), slope: (p, t) => (p > t ? 1 : p < t ? -1 : 0) },
  mape: {
    ...numbers,
    value: (p, t) => (100 * Math.abs(p - t)) / Math.max(Math.abs(t), 1e-7),
    slope: (p, t) => (p > t ? 100 : p < t ? -100 : 0) / Math.max(Math.abs(t), 1e-7),
  },
  huber: {
    ...numbers,
    value: (p, t) => (Math.abs(p - t) <= 1 ? ((p - t) * (p - t)) / 2 : Math.abs(p - t) - 0.5),
    slope: (p, t) => (Math.abs(p - t) <= 1 ? p - t : p > t ? 1 : -1),
  },
  smoothL1: {
    ...numbers,
    value: (p, t) => (Math.abs(p - t) < 1 ? ((p - t) * (p - t)) / 2 : Math.abs(p - t) - 0.5),
    slope: (p, t) => (Math.abs(p - t) < 1 ? p - t : p > t ? 1 : -1),
  },
  binaryCrossEntropy: {
    prediction: "probability",
    target: "either",
    value: (p, t) => -(t * Math.max(Math.log(p), -100) + (1 - t) * Math.max(Math.log1p(-p), -100)),
    slope: (p, t) => (p - t) / Math.max(p * (1 - p), 1e-12),
  },
  binaryCrossEntropyWithLogits: {
    prediction: "logit",
    target: "either",
    value: (x, t) => Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x))),
    slope: (x, t) => {
      const e = Math.exp(-Math.abs(x));
      return ((1 - t) * (x < 0 ? e : 1) - t * (x < 0 ? 1 : e)) / (1 + e);
    },
  },
  sigmoid: {
    prediction: "logit",
    value: (x) => {
      const e = Math.exp(-Math.abs(x));
      return (x < 0 ? e : 1) / (1 + e);
    },
  },
};
