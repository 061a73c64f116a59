/** Textbook formulas of the losses of a mean, a margin or a distribution, in f64. */

import type { Options } from "./catalogue";
import type { Formula } from "./formulas";

/** A numeric option. */
export const get = (options: Options, name: string, otherwise: number) => (options[name] as number | undefined) ?? otherwise;
const flag = (options: Options, name: string, otherwise: boolean) => (options[name] as boolean | undefined) ?? otherwise;

/** The logistic function without cancellation. */
export function logistic(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

const entropy = (x: number, t: number) =>
  t * (Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)))) + (1 - t) * (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));

/** The margin by which a score is on the target's side; a target above one half is a yes. */
const margin = (x: number, t: number) => x * (t > 0.5 ? 1 : -1);
const marginSlope = (t: number) => (t > 0.5 ? 1 : -1);

/** What the deviance of the Tweedie distribution of a power adds. */
function tweedieTerms(p: number, y: number, power: number): number[] {
  if (power === 0) return [y * y, -2 * y * p, p * p];
  if (power === 1) return [2 * y * Math.log(y), -2 * y * Math.log(p), -2 * y, 2 * p];
  if (power === 2) return [2 * Math.log(p), -2 * Math.log(y), (2 * y) / p, -2];
  return [
    (2 * y ** (2 - power)) / ((1 - power) * (2 - power)),
    (-2 * y * p ** (1 - power)) / (1 - power),
    (2 * p ** (2 - power)) / (2 - power),
  ];
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const size = (numbers: readonly number[]) => sum(numbers.map(Math.abs));

const tweedie = (powerOf: (options: Options) => number): Formula => ({
  value: (p, y, o) => sum(tweedieTerms(p, y, powerOf(o))),
  slope: (p, y, o) => 2 * (p - y) * p ** -powerOf(o),
  added: (p, y, o) => ({ value: size(tweedieTerms(p, y, powerOf(o))), slope: 0 }),
});

/** What the Poisson likelihoods add: what depends on the prediction, then Stirling's terms. */
function poissonTerms(p: number, t: number, options: Options): number[] {
  const rate = p + get(options, "eps", 1e-8);
  const terms = flag(options, "logInput", true) ? [Math.exp(p), -t * p] : [p, -t * Math.log(rate)];
  return flag(options, "full", false) && t > 1 ? [...terms, t * Math.log(t), -t, Math.log(2 * Math.PI * t) / 2] : terms;
}

/** The focal loss: its weight with the factor, then what that multiplies. */
function focalParts(x: number, t: number, options: Options) {
  const [q, gamma, alpha] = [logistic(x), get(options, "gamma", 2), get(options, "alpha", 0.25)];
  const lack = q * (1 - t) + logistic(-x) * t;
  const weight = alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t);
  const change = gamma * ((q * logistic(-x) * (1 - 2 * t)) / lack) * entropy(x, t);
  return { factor: weight * lack ** gamma, change, slope: (1 - t) * q - t * logistic(-x) };
}

const klTerms = (x: number, t: number, options: Options) =>
  flag(options, "logTarget", false) ? [Math.exp(t) * t, -Math.exp(t) * x] : t === 0 ? [0 * x] : [t * Math.log(t), -t * x];

/** log(1 + p) - log(1 + t), as one logarithm: the difference of two would be less accurate than what it is to judge. */
function logarithmOfRatio(prediction: number, target: number, options: Options): number {
  const [p, t] = [prediction, target].map((x) => Math.max(x, get(options, "eps", 1e-7))) as [number, number];
  return Math.log1p((p - t) / (1 + t));
}

export const pointwiseFormulas: Readonly<Record<string, Formula>> = {
  msle: {
    value: (p, t, o) => logarithmOfRatio(p, t, o) ** 2,
    slope: (p, t, o) => (2 * logarithmOfRatio(p, t, o) * (p < get(o, "eps", 1e-7) ? 0 : 1)) / (1 + p),
    kink: (p, _, o) => Math.abs(p - get(o, "eps", 1e-7)),
  },
  logCosh: {
    value: (p, t) => {
      const d = Math.abs(p - t);
      // The series of small errors, of which the first term left out is below 1e-15 of the sum.
      const series = [1 / 2, -1 / 12, 1 / 45, -17 / 2520, 31 / 14175].reduce((total, c, i) => total + c * d ** (2 * i + 2), 0);
      return d < 0.03 ? series : d + Math.log1p(Math.exp(-2 * d)) - Math.LN2;
    },
    slope: (p, t) => Math.tanh(p - t),
  },
  quantile: {
    value: (p, t, o) => Math.max(get(o, "quantile", 0.5) * (t - p), (get(o, "quantile", 0.5) - 1) * (t - p)),
    slope: (p, t, o) => (Math.sign(p - t) > 0 ? 1 - get(o, "quantile", 0.5) : get(o, "quantile", 0.5) * Math.sign(p - t)),
    kink: (p, t) => Math.abs(p - t),
  },
  pseudoHuber: {
    value: (p, t, o) => get(o, "delta", 1) * (Math.hypot(p - t, get(o, "delta", 1)) - get(o, "delta", 1)),
    slope: (p, t, o) => (get(o, "delta", 1) * (p - t)) / Math.hypot(p - t, get(o, "delta", 1)),
    added: (_, __, o) => ({ value: get(o, "delta", 1) ** 2, slope: 0 }),
  },
  poissonNll: {
    value: (p, t, o) => sum(poissonTerms(p, t, o)),
    slope: (p, t, o) => (flag(o, "logInput", true) ? Math.exp(p) - t : 1 - t / (p + get(o, "eps", 1e-8))),
    added: (p, t, o) => ({ value: size(poissonTerms(p, t, o)), slope: flag(o, "logInput", true) ? t : 1 + t / p }),
  },
  tweedie: tweedie((options) => get(options, "power", 0)),
  gammaDeviance: tweedie(() => 2),
  focal: {
    value: (x, t, o) => focalParts(x, t, o).factor * entropy(x, t),
    slope: (x, t, o) => {
      const { factor, change, slope } = focalParts(x, t, o);
      return factor * (change + slope);
    },
    // What the logit lacks of certainty is rounded, which the power multiplies; the slope's summands may cancel.
    added: (x, t, o) => {
      const { factor, change, slope } = focalParts(x, t, o);
      const times = 1 + 2 * get(o, "gamma", 2);
      return { value: times * factor * entropy(x, t), slope: times * factor * (Math.abs(change) + Math.abs(slope) + t * (1 - t)) };
    },
  },
  hinge: {
    value: (x, t) => Math.max(0, 1 - margin(x, t)) + 0 * t,
    slope: (x, t) => (margin(x, t) > 1 ? 0 : -marginSlope(t)),
    kink: (x, t) => Math.abs(1 - margin(x, t)),
  },
  squaredHinge: {
    value: (x, t) => Math.max(0, 1 - margin(x, t)) ** 2 + 0 * t,
    slope: (x, t) => -2 * marginSlope(t) * Math.max(0, 1 - margin(x, t)),
    kink: (x, t) => Math.abs(1 - margin(x, t)),
  },
  softMargin: {
    value: (x, t) => entropy(t * x, 1),
    slope: (x, t) => -t * logistic(-t * x),
    added: (x, t) => ({ value: Math.abs(t) === 1 ? 0 : Math.abs(x), slope: Math.abs(t) === 1 ? 0 : 1 }),
  },
  hingeEmbedding: {
    value: (x, t, o) => (t === 1 ? x : Math.max(0, get(o, "margin", 1) - x)),
    slope: (x, t, o) => (t === 1 ? 1 : x <= get(o, "margin", 1) ? -1 : 0),
    kink: (x, t, o) => (t === 1 ? Infinity : Math.abs(x - get(o, "margin", 1))),
    slopeOfNaN: true,
  },
  klDivergence: {
    value: (x, t, o) => sum(klTerms(x, t, o)),
    slope: (_, t, o) => (flag(o, "logTarget", false) ? -Math.exp(t) : -t),
    added: (x, t, o) => ({ value: size(klTerms(x, t, o)), slope: 0 }),
    slopeOfNaN: true,
  },
};
