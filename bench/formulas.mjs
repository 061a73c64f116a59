/** Textbook formulas of everything that works element by element, and the distributions on which each is measured. */

const numbers = { prediction: "number", target: "number" };

/** The focal loss of its default options: every target is a yes or a no. */
function focal(x, t) {
  const y = t === 1 ? x : -x;
  const e = Math.exp(-Math.abs(y));
  const entropy = Math.max(-y, 0) + Math.log1p(e);
  const [hit, miss] = y < 0 ? [e / (1 + e), 1 / (1 + e)] : [1 / (1 + e), e / (1 + e)];
  const weight = (t === 1 ? 0.25 : 0.75) * miss * miss;
  return { value: weight * entropy, slope: (t === 1 ? -1 : 1) * weight * (2 * hit * entropy + miss) };
}

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
  msle: {
    prediction: "positive",
    target: "positive",
    value: (p, t) => (Math.log1p(Math.max(p, 1e-7)) - Math.log1p(Math.max(t, 1e-7))) ** 2,
    slope: (p, t) => (p < 1e-7 ? 0 : (2 * (Math.log1p(p) - Math.log1p(Math.max(t, 1e-7)))) / (1 + p)),
  },
  logCosh: {
    ...numbers,
    value: (p, t) => Math.abs(p - t) + Math.log1p(Math.exp(-2 * Math.abs(p - t))) - Math.LN2,
    slope: (p, t) => Math.tanh(p - t),
  },
  quantile: {
    ...numbers,
    value: (p, t) => Math.max(0.5 * (t - p), -0.5 * (t - p)),
    slope: (p, t) => (p > t ? 0.5 : p < t ? -0.5 : 0),
  },
  pseudoHuber: {
    ...numbers,
    value: (p, t) => Math.sqrt(1 + (p - t) * (p - t)) - 1,
    slope: (p, t) => (p - t) / Math.sqrt(1 + (p - t) * (p - t)),
  },
  poissonNll: {
    prediction: "number",
    target: "count",
    value: (x, t) => Math.exp(x) - t * x,
    slope: (x, t) => Math.exp(x) - t,
  },
  tweedie: {
    prediction: "number",
    target: "number",
    value: (p, y) => (p - y) * (p - y),
    slope: (p, y) => 2 * (p - y),
  },
  gammaDeviance: {
    prediction: "positive",
    target: "positive",
    value: (p, y) => 2 * (Math.log(p / y) + y / p - 1),
    slope: (p, y) => (2 * (p - y)) / (p * p),
  },
  focal: {
    prediction: "logit",
    target: "either",
    value: (x, t) => focal(x, t).value,
    slope: (x, t) => focal(x, t).slope,
  },
  hinge: {
    prediction: "logit",
    target: "sign",
    value: (x, t) => Math.max(0, 1 - t * x),
    slope: (x, t) => (t * x > 1 ? 0 : -t),
  },
  squaredHinge: {
    prediction: "logit",
    target: "sign",
    value: (x, t) => Math.max(0, 1 - t * x) ** 2,
    slope: (x, t) => -2 * t * Math.max(0, 1 - t * x),
  },
  softMargin: {
    prediction: "logit",
    target: "sign",
    value: (x, t) => Math.max(-t * x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    slope: (x, t) => -t / (1 + Math.exp(t * x)),
  },
  hingeEmbedding: {
    prediction: "positive",
    target: "sign",
    value: (x, t) => (t === 1 ? x : Math.max(0, 1 - x)),
    slope: (x, t) => (t === 1 ? 1 : x <= 1 ? -1 : 0),
  },
  klDivergence: {
    prediction: "logProbability",
    target: "probability",
    value: (x, t) => (t === 0 ? 0 : t * (Math.log(t) - x)),
    slope: (_x, t) => -t,
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
