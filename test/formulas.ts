/** Textbook formulas of what works element by element, in f64: value and slope, from which tests expect results. */

import type { Options } from "./catalogue";
import { get, logistic, pointwiseFormulas } from "./pointwiseFormulas";

/** A formula of one element. */
export interface Formula {
  value(p: number, t: number, options: Options): number;
  slope(p: number, t: number, options: Options): number;
  /** Magnitude of the numbers that value and slope add, where their sum may cancel. Default 0: nothing cancels. */
  added?: (p: number, t: number, options: Options) => { value: number; slope: number };
  /** Distance from p to the nearest point where the slope jumps or bends. Default: no such point. */
  kink?: (p: number, t: number, options: Options) => number;
  /** That the slope is a number even where the prediction is NaN, as it does not depend on it there. */
  slopeOfNaN?: true;
  /** What a weighted mean divides by. Default the sum of the weights. */
  meanOver?: "elements";
}

const distance = (p: number, t: number) => Math.abs(p - t);

/** The formula under label smoothing: the smoothed target is rounded, and both results are off by what that makes of them. */
function smoothed({ value, slope, added, ...rest }: Formula): Formula {
  const target = (t: number, o: Options) => t * (1 - get(o, "labelSmoothing", 0)) + get(o, "labelSmoothing", 0) / 2;
  const STEP = 1e-6;
  return {
    ...rest,
    value: (p, t, o) => value(p, target(t, o), o),
    slope: (p, t, o) => slope(p, target(t, o), o),
    added: (p, t, o) => {
      const at = target(t, o);
      const own = added?.(p, at, o) ?? { value: 0, slope: 0 };
      if (get(o, "labelSmoothing", 0) === 0) return own;
      const change = (f: Formula["value"]) => (at * Math.abs(f(p, at + STEP, o) - f(p, at - STEP, o))) / (2 * STEP);
      return { value: own.value + change(value), slope: own.slope + change(slope) };
    },
  };
}

const logAtLeast = (y: number) => Math.max(y, -100);

export const formulas: Readonly<Record<string, Formula>> = {
  ...pointwiseFormulas,
  mse: { value: (p, t) => (p - t) ** 2, slope: (p, t) => 2 * (p - t) },
  halfSquaredError: { value: (p, t) => (p - t) ** 2 / 2, slope: (p, t) => p - t },
  mae: { value: (p, t) => Math.abs(p - t), slope: (p, t) => Math.sign(p - t), kink: distance },
  mape: {
    value: (p, t, o) => (100 * Math.abs(p - t)) / Math.max(Math.abs(t), get(o, "eps", 1e-7)),
    slope: (p, t, o) => (100 * Math.sign(p - t)) / Math.max(Math.abs(t), get(o, "eps", 1e-7)),
    kink: distance,
  },
  huber: {
    value: (p, t, o) => {
      const [d, delta] = [Math.abs(p - t), get(o, "delta", 1)];
      return d <= delta ? d ** 2 / 2 : delta * (d - delta / 2);
    },
    slope: (p, t, o) => (Math.abs(p - t) <= get(o, "delta", 1) ? p - t : get(o, "delta", 1) * Math.sign(p - t)),
    kink: (p, t, o) => Math.abs(Math.abs(p - t) - get(o, "delta", 1)),
  },
  smoothL1: {
    value: (p, t, o) => {
      const [d, beta] = [Math.abs(p - t), get(o, "beta", 1)];
      return d < beta ? d ** 2 / (2 * beta) : d - beta / 2;
    },
    slope: (p, t, o) => (Math.abs(p - t) < get(o, "beta", 1) ? (p - t) / get(o, "beta", 1) : Math.sign(p - t)),
    kink: (p, t, o) => Math.min(Math.abs(Math.abs(p - t) - get(o, "beta", 1)), get(o, "beta", 1) === 0 ? distance(p, t) : Infinity),
  },
  focal: smoothed(pointwiseFormulas.focal!),
  binaryCrossEntropy: smoothed({
    value: (p, t) => -(t * logAtLeast(Math.log(p)) + (1 - t) * logAtLeast(Math.log1p(-p))),
    slope: (p, t) => (p - t) / Math.max(p * (1 - p), 1e-12),
    kink: (p) => Math.min(p, 1 - p),
    meanOver: "elements",
  }),
  binaryCrossEntropyWithLogits: smoothed({
    value: (x, t, o) => {
      const tail = Math.log1p(Math.exp(-Math.abs(x)));
      return (1 - t) * (Math.max(x, 0) + tail) + get(o, "posWeight", 1) * t * (Math.max(-x, 0) + tail);
    },
    slope: (x, t, o) => (1 - t) * logistic(x) - get(o, "posWeight", 1) * t * logistic(-x),
    added: (x, t) => ({ value: t === 0 || t === 1 ? 0 : Math.abs(x), slope: 1 }),
    meanOver: "elements",
  }),
};

/** A function of one element, with its derivative. */
export const activationFormulas: Readonly<Record<string, Formula | "rows">> = {
  softmax: "rows",
  logSoftmax: "rows",
  logSumExp: "rows",
  softmin: "rows",
  softsign: { value: (x) => x / (1 + Math.abs(x)), slope: (x) => 1 / (1 + Math.abs(x)) ** 2 },
  sigmoid: { value: logistic, slope: (x) => logistic(x) * logistic(-x) },
  logSigmoid: { value: (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))), slope: (x) => logistic(-x) },
  softplus: {
    value: (x, _, o) => {
      const [beta, threshold] = [get(o, "beta", 1), get(o, "threshold", 20)];
      return beta * x > threshold ? x : (Math.max(beta * x, 0) + Math.log1p(Math.exp(-Math.abs(beta * x)))) / beta;
    },
    slope: (x, _, o) => (get(o, "beta", 1) * x > get(o, "threshold", 20) ? 1 : logistic(get(o, "beta", 1) * x)),
    // beta x is rounded, and what is exponentiated is as far off as that.
    added: (x, _, o) => {
      const y = get(o, "beta", 1) * x;
      const size = get(o, "beta", 1) === 1 ? 0 : Math.exp(Math.min(y, 0)) * Math.abs(y);
      return { value: size / get(o, "beta", 1), slope: size };
    },
    kink: (x, _, o) => Math.abs(x - get(o, "threshold", 20) / get(o, "beta", 1)),
  },
};

/** Settings of the activations' own options to try. */
export const activationSettings: Readonly<Record<string, readonly Options[]>> = {
  softplus: [{}, { beta: 0.5 }, { beta: 3, threshold: 4 }],
};

export const penaltyFormulas: Readonly<Record<string, Formula>> = {
  l1Penalty: { value: (p) => Math.abs(p), slope: (p) => Math.sign(p), kink: (p) => Math.abs(p) },
  l2Penalty: { value: (p) => p ** 2, slope: (p) => 2 * p },
};
