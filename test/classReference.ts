/** What losses over classes and the softmax family must return, from textbook formulas of one row, in f64. */

import type { Expected } from "./closeness";
import { type Result, type Shared, scaled, summed } from "./reference";

/** Flat data as groups of classes of positions. */
export interface Layout {
  readonly groups: number;
  readonly classes: number;
  readonly positions: number;
}

/** Rows of classes side by side. */
export function rows(samples: number, classes: number): Layout {
  return { groups: samples, classes, positions: 1 };
}

/** The layout of a shape's axis. */
export function axisOf(shape: readonly number[], axis: number): Layout {
  const product = (numbers: readonly number[]) => numbers.reduce((a, b) => a * b, 1);
  return { groups: product(shape.slice(0, axis)), classes: shape[axis]!, positions: product(shape.slice(axis + 1)) };
}

/** Index of a sample's class in flat data. */
export function at({ classes, positions }: Layout, sample: number, c: number): number {
  return (Math.floor(sample / positions) * classes + c) * positions + (sample % positions);
}

/** The classes of each sample. */
export function samplesOf<T>(x: ArrayLike<T>, layout: Layout): T[][] {
  return Array.from({ length: layout.groups * layout.positions }, (_, sample) =>
    Array.from({ length: layout.classes }, (_, c) => x[at(layout, sample, c)]!),
  );
}

/** Puts the classes of each sample back where they stand. */
export function flattened<T>(samples: readonly (readonly T[])[], layout: Layout): T[] {
  const flat: T[] = new Array(samples.length * layout.classes);
  samples.forEach((row, sample) => {
    row.forEach((x, c) => {
      flat[at(layout, sample, c)] = x;
    });
  });
  return flat;
}

/** log of the sum of exponentials. */
export function logSumExpOf(row: readonly number[]): number {
  const most = Math.max(...row);
  return most + Math.log(row.reduce((sum, x) => sum + Math.exp(x - most), 0));
}

export function softmaxOf(row: readonly number[]): number[] {
  const most = Math.max(...row);
  const total = row.reduce((sum, x) => sum + Math.exp(x - most), 0);
  return row.map((x) => Math.exp(x - most) / total);
}

/** Spread of the logits below their maximum: each one's rounding there enters the exponential. */
export function spreadOf(row: readonly number[]): number {
  return Math.max(...row) - Math.min(...row.filter((x) => x > -Infinity));
}

/** A loss's own options. */
export type Settings = Readonly<Record<string, unknown>>;

/** A loss of a row for the target q by class (class weights included): its value, and the slope by class. */
export interface RowLoss {
  value(row: readonly number[], q: readonly number[], settings?: Settings): Expected;
  slope(row: readonly number[], q: readonly number[], settings?: Settings): Expected[];
  /** That the mean does not count class weights. */
  readonly meanOver?: "samples";
}

const setting = (settings: Settings | undefined, name: string, otherwise: number) => (settings?.[name] as number | undefined) ?? otherwise;

const crossEntropyOf: RowLoss = {
  value: (row, q) => {
    const all = logSumExpOf(row);
    const added = 1 + spreadOf(row) + Math.log(row.length);
    return { is: dot(q, (c) => all - row[c]!), added: dot(q, () => added) };
  },
  slope: (row, q) => {
    const total = dot(q, () => 1);
    const spread = spreadOf(row);
    return softmaxOf(row).map((s, c) => ({ is: s * total - q[c]!, added: s * total * (1 + spread) + q[c]! }));
  },
};

const dot = (q: readonly number[], f: (c: number) => number) => q.reduce((sum, share, c) => sum + (share === 0 ? 0 : share * f(c)), 0);

/** What the categorical hinge compares. */
function hingeOf(row: readonly number[], q: readonly number[]) {
  const wrong = row.map((x, c) => (1 - q[c]!) * x);
  return { wrong, most: Math.max(...wrong), own: dot(q, (c) => row[c]!) };
}

/** By how much a class's logit falls short of the margin, and the magnitude of the numbers whose sum that is. */
function marginOf(row: readonly number[], q: readonly number[], settings: Settings | undefined) {
  const [power, margin] = [setting(settings, "p", 1), setting(settings, "margin", 1)];
  const label = q.findIndex((share) => share !== 0);
  return {
    label,
    power,
    short: (c: number) => Math.max(0, margin - row[label]! + row[c]!),
    size: (c: number) => margin + Math.abs(row[label]!) + Math.abs(row[c]!),
  };
}

/** The focal weight of each class: alpha (1 - p)^gamma, and how much the power amplifies the rounding of its logarithm. */
function focalWeight(p: number, settings: Settings | undefined) {
  const [alpha, gamma] = [setting(settings, "alpha", 0.25), setting(settings, "gamma", 2)];
  return { weight: alpha * (1 - p) ** gamma, amplified: 1 + gamma * Math.abs(Math.log1p(-p)), gamma };
}

export const classFormulas: Readonly<Record<string, RowLoss>> = {
  crossEntropy: crossEntropyOf,
  poly1: {
    value: (row, q, settings) => {
      const epsilon = setting(settings, "epsilon", 2);
      const [p, { is, added }] = [softmaxOf(row), crossEntropyOf.value(row, q)];
      const size = Math.abs(epsilon) * dot(q, () => 1);
      return { is: is + epsilon * dot(q, (c) => 1 - p[c]!), added: added + size * (2 + spreadOf(row)) };
    },
    slope: (row, q, settings) => {
      const epsilon = setting(settings, "epsilon", 2);
      const [p, spread] = [softmaxOf(row), spreadOf(row)];
      const mean = dot(q, (c) => p[c]!);
      return crossEntropyOf.slope(row, q).map(({ is, added }, c) => ({
        is: is - epsilon * p[c]! * (q[c]! - mean),
        added: added + Math.abs(epsilon) * p[c]! * (q[c]! + mean) * (1 + spread),
      }));
    },
  },
  categoricalFocal: {
    value: (row, q, settings) => {
      const term = (c: number) => -focalWeight(row[c]!, settings).weight * Math.log(row[c]!);
      return { is: dot(q, term), added: dot(q, (c) => term(c) * focalWeight(row[c]!, settings).amplified) };
    },
    slope: (row, q, settings) =>
      row.map((p, c) => {
        const { weight, amplified, gamma } = focalWeight(p, settings);
        const is = q[c] === 0 ? 0 : q[c]! * weight * ((gamma * Math.log(p)) / (1 - p) - 1 / p);
        return { is, added: Math.abs(is) * amplified };
      }),
  },
  brier: {
    value: (row, q) => ({ is: row.reduce((sum, p, c) => sum + (p - q[c]!) ** 2, 0), added: 0 }),
    slope: (row, q) => row.map((p, c) => ({ is: 2 * (p - q[c]!), added: 0 })),
  },
  categoricalHinge: {
    value: (row, q) => {
      const { most, own } = hingeOf(row, q);
      return { is: Math.max(0, 1 + most - own), added: 1 + Math.abs(most) + dot(q, (c) => Math.abs(row[c]!)) };
    },
    slope: (row, q) => {
      const { wrong, most, own } = hingeOf(row, q);
      const ties = wrong.filter((x) => x === most).length;
      return row.map((_, c) => ({ is: 1 + most - own > 0 ? (wrong[c] === most ? (1 - q[c]!) / ties : 0) - q[c]! : 0, added: 1 }));
    },
  },
  multiMargin: {
    meanOver: "samples",
    value: (row, q, settings) => {
      const { label, power, short, size } = marginOf(row, q, settings);
      const sum = (f: (c: number) => number) => row.reduce((all, _, c) => all + (c === label ? 0 : f(c)), 0);
      if (label < 0) return { is: 0, added: 0 };
      const weight = q[label]! / row.length;
      return { is: weight * sum((c) => short(c) ** power), added: weight * sum((c) => size(c) * power * short(c) ** (power - 1)) };
    },
    slope: (row, q, settings) => {
      const { label, power, short, size } = marginOf(row, q, settings);
      if (label < 0) return row.map(() => ({ is: 0, added: 0 }));
      const weight = q[label]! / row.length;
      const slopes = row.map((_, c) => (c === label || short(c) === 0 ? 0 : weight * power * short(c) ** (power - 1)));
      const added = row.map((_, c) => (c === label || power === 1 ? 0 : weight * power * size(c)));
      const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
      return row.map((_, c) => ({ is: c === label ? -total(slopes) : slopes[c]!, added: c === label ? total(added) : added[c]! }));
    },
  },
  categoricalCrossEntropy: {
    value: (row, q) => ({ is: dot(q, (c) => -Math.log(row[c]!)), added: 0 }),
    slope: (row, q) => row.map((p, c) => ({ is: q[c] === 0 ? 0 : -q[c]! / p, added: 0 })),
  },
  nll: {
    value: (row, q) => ({ is: dot(q, (c) => -row[c]!), added: 0 }),
    slope: (_, q) => q.map((share) => ({ is: -share, added: 0 })),
  },
};

/** The options of losses over classes, as plain numbers. */
export interface ClassShared extends Shared {
  readonly classWeights?: readonly number[];
  readonly ignoreIndex?: number;
  readonly labelSmoothing?: number;
}

/** Expected value and gradient of a loss over classes, and the sum of the weights that a mean divides by, for labels, or for a distribution laid out as `x`. */
export function classResult(
  loss: RowLoss,
  x: ArrayLike<number>,
  layout: Layout,
  target: { readonly labels: readonly number[] } | { readonly distribution: readonly number[] },
  { reduction = "mean", weights, upstream = 1, classWeights, ignoreIndex = -100, labelSmoothing = 0 }: ClassShared = {},
  settings: Settings = {},
): Result & { usedWeight: number } {
  const { classes } = layout;
  const weightOf = (sample: number) => weights?.[sample] ?? 1;
  const classWeight = (c: number) => classWeights?.[c] ?? 1;
  const ignored = (sample: number) => "labels" in target && target.labels[sample] === ignoreIndex;
  const shares =
    "labels" in target
      ? target.labels.map((label) => Array.from({ length: classes }, (_, c) => (c === label ? 1 : 0)))
      : samplesOf(target.distribution, layout);
  const data = samplesOf(x, layout);
  const q = shares.map((row) => row.map((share, c) => classWeight(c) * ((1 - labelSmoothing) * share + labelSmoothing / classes)));
  const factor = (sample: number) => (ignored(sample) ? 0 : weightOf(sample));
  const terms = data.map((row, sample) =>
    factor(sample) === 0 ? { is: 0, added: 0 } : scaled(loss.value(row, q[sample]!, settings), factor(sample)),
  );
  const used = data.map(
    (_, sample) =>
      factor(sample) * ("labels" in target && !ignored(sample) && loss.meanOver !== "samples" ? classWeight(target.labels[sample]!) : 1),
  );
  const usedWeight = used.reduce((a, b) => a + b, 0);
  const divisor = reduction === "mean" ? usedWeight : 1;
  const slopes = data.map((row, sample) => {
    const seed = (typeof upstream === "number" ? upstream : upstream[sample]!) / divisor;
    const share = factor(sample);
    if (share === 0) return row.map(() => ({ is: 0, added: 0 }));
    return loss.slope(row, q[sample]!, settings).map((slope) => scaled(slope, share * seed));
  });
  const grad = flattened(slopes, layout);
  if (reduction === "none") return { value: terms, grad, usedWeight };
  const sum = summed(terms);
  return { value: [{ is: sum.is / divisor, added: sum.added / divisor }], grad, usedWeight };
}

/** A function of the softmax family: its outputs for a row, and its vector-Jacobian product. */
export interface RowFunction {
  readonly reduces: boolean;
  value(row: readonly number[]): Expected[];
  product(row: readonly number[], upstream: readonly number[]): Expected[];
}

export const rowFormulas: Readonly<Record<string, RowFunction>> = {
  softmax: {
    reduces: false,
    value: (row) => {
      const spread = spreadOf(row);
      return softmaxOf(row).map((is) => ({ is, added: is * spread }));
    },
    product: (row, u) => {
      const s = softmaxOf(row);
      const spread = spreadOf(row);
      const inner = s.reduce((sum, p, c) => sum + p * u[c]!, 0);
      const size = s.reduce((sum, p, c) => sum + Math.abs(p * u[c]!), 0);
      return s.map((p, c) => ({ is: p * (u[c]! - inner), added: p * (Math.abs(u[c]!) + size) * (1 + spread) }));
    },
  },
  softmin: {
    reduces: false,
    value: (row) => rowFormulas.softmax!.value(row.map((x) => -x)),
    product: (row, u) =>
      rowFormulas
        .softmax!.product(
          row.map((x) => -x),
          u,
        )
        .map(({ is, added }) => ({ is: -is, added })),
  },
  logSoftmax: {
    reduces: false,
    value: (row) => {
      const all = logSumExpOf(row);
      const added = spreadOf(row) + Math.log(row.length);
      return row.map((x) => ({ is: x - all, added }));
    },
    product: (row, u) => {
      const spread = spreadOf(row);
      const total = u.reduce((a, b) => a + b, 0);
      const size = u.reduce((a, b) => a + Math.abs(b), 0);
      return softmaxOf(row).map((p, c) => ({ is: u[c]! - p * total, added: Math.abs(u[c]!) + p * size * (1 + spread) }));
    },
  },
  logSumExp: {
    reduces: true,
    value: (row) => [{ is: logSumExpOf(row), added: Math.max(...row.map(Math.abs)) + Math.log(row.length) }],
    product: (row, u) => {
      const spread = spreadOf(row);
      return softmaxOf(row).map((p) => ({ is: p * u[0]!, added: Math.abs(p * u[0]!) * spread }));
    },
  },
};
