/** Textbook formulas of losses of a sample's classes whose target is as long as the prediction, in f64. */

import type { Expected } from "./closeness";
import { logistic } from "./pointwiseFormulas";
import { summed } from "./reference";

/** A loss of a row and its target: its value, and the slope by class. */
export interface RowTargetLoss {
  value(row: readonly number[], target: readonly number[], classWeights: readonly number[] | undefined): Expected;
  slope(row: readonly number[], target: readonly number[], classWeights: readonly number[] | undefined): Expected[];
  /** Distance to the nearest point where the slope jumps. Default: no such point. */
  kink?(row: readonly number[], target: readonly number[]): number;
}

/** The labels before the first -1, and the classes that are not among them. */
function listed(target: readonly number[]) {
  const end = target.indexOf(-1);
  const labels = end < 0 ? [...target] : target.slice(0, end);
  return { labels, others: target.map((_, c) => c).filter((c) => !labels.includes(c)) };
}

const shortfall = (row: readonly number[], label: number, c: number) => 1 - row[label]! + row[c]!;

/** x log(x / y), of which 0 log 0 is 0. */
const relative = (x: number, y: number) => (x === 0 ? 0 : x * Math.log(x / y));

/** A class's term of the divergence: as its formula says where p and t are far apart, by its power series in (p - t) / (p + t) where that would cancel. */
function divergence(p: number, t: number): number {
  const u = (p - t) / (p + t);
  if (!(Math.abs(u) < 0.3)) return (relative(p, (p + t) / 2) + relative(t, (p + t) / 2)) / 2;
  let series = 0;
  for (let k = 40; k > 0; k--) series += u ** (2 * k) / (k * (2 * k - 1));
  return ((p + t) / 4) * series;
}

export const rowLossFormulas: Readonly<Record<string, RowTargetLoss>> = {
  multilabelMargin: {
    value: (row, target) => {
      const { labels, others } = listed(target);
      const terms = labels.flatMap((label) =>
        others.map((c) => ({
          is: Math.max(0, shortfall(row, label, c)) / row.length,
          added: (1 + Math.abs(row[label]!) + Math.abs(row[c]!)) / row.length,
        })),
      );
      return summed(terms);
    },
    slope: (row, target) => {
      const { labels, others } = listed(target);
      const hits = (pairs: readonly (readonly [number, number])[]) => pairs.filter(([label, c]) => shortfall(row, label, c) > 0).length;
      return row.map((_, at) => {
        const up = others.includes(at) ? hits(labels.map((label) => [label, at])) : 0;
        const down = labels.includes(at) ? hits(others.map((c) => [at, c])) : 0;
        return { is: (up - down) / row.length, added: (up + down) / row.length };
      });
    },
    kink: (row, target) => {
      const { labels, others } = listed(target);
      return Math.min(Infinity, ...labels.flatMap((label) => others.map((c) => Math.abs(shortfall(row, label, c)))));
    },
  },
  multilabelSoftMargin: {
    value: (row, target, weights) =>
      summed(
        row.map((x, c) => {
          const [t, weight] = [target[c]!, (weights?.[c] ?? 1) / row.length];
          const tail = Math.log1p(Math.exp(-Math.abs(x)));
          return {
            is: weight * (t * (Math.max(-x, 0) + tail) + (1 - t) * (Math.max(x, 0) + tail)),
            added: t === 0 || t === 1 ? 0 : weight * Math.abs(x),
          };
        }),
      ),
    slope: (row, target, weights) =>
      row.map((x, c) => {
        const weight = (weights?.[c] ?? 1) / row.length;
        return { is: weight * ((1 - target[c]!) * logistic(x) - target[c]! * logistic(-x)), added: weight };
      }),
  },
  jensenShannon: {
    value: (row, target) =>
      summed(
        row.map((p, c) => {
          const is = divergence(p, target[c]!);
          return { is, added: 2 * is };
        }),
      ),
    slope: (row, target) =>
      row.map((p, c) => {
        const u = (p - target[c]!) / (p + target[c]!);
        const is = (u < -0.5 ? Math.log((2 * p) / (p + target[c]!)) : Math.log1p(u)) / 2;
        return { is, added: 2 * Math.abs(is) };
      }),
  },
};
