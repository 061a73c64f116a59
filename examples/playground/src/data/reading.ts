/** What the columns of a table mean: guessed from their names and values, and open to correction. */

import type { Takes } from "../shape";
import type { Table } from "./table";

/** What the predictions are; those of classes are a column to a class. The usual loss of each is the one that shows first. */
export const kinds = {
  numbers: { text: "numbers", takes: "number", classes: false, usual: "mse" },
  probability: { text: "probabilities of a yes", takes: "probability", classes: false, usual: "binaryCrossEntropy" },
  logit: { text: "logits of a yes", takes: "logit", classes: false, usual: "binaryCrossEntropyWithLogits" },
  logits: { text: "logits by class", takes: "logit", classes: true, usual: "crossEntropy" },
  probabilities: { text: "probabilities by class", takes: "probability", classes: true, usual: "categoricalCrossEntropy" },
  logProbabilities: { text: "log-probabilities by class", takes: "logProbability", classes: true, usual: "nll" },
} as const satisfies Record<string, { text: string; takes: Takes; classes: boolean; usual: string }>;

export type Kind = keyof typeof kinds;

export interface Reading {
  readonly kind: Kind;
  /** One column, or one for each class. */
  readonly predictions: readonly string[];
  readonly target: string;
}

const targetNames = /^(y|t|target|actual|truth|true|label|labels|observed|class|y_?true)$/i;
const predictionNames = /^(p|prediction|predicted|forecast|estimate|fitted|yhat|y_?pred|prob|probability|score|logit)s?$/i;

/** The columns of numbers. */
export function numeric({ columns }: Table): string[] {
  return [...columns].filter(([, values]) => values.some((x) => !Number.isNaN(x))).map(([name]) => name);
}

/** Columns that share a name but for a number at its end: `logit0`, `logit1`, ... */
export function families(table: Table): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of numeric(table)) {
    const stem = /^(.*?)[_ -]?\d+$/.exec(name)?.[1];
    if (stem !== undefined) groups.set(stem, [...(groups.get(stem) ?? []), name]);
  }
  return [...groups.values()].filter((group) => group.length >= 2);
}

/** The likeliest meaning; undefined if there are not two columns of numbers. */
export function guess(table: Table): Reading | undefined {
  const names = numeric(table);
  const family = families(table).sort((a, b) => b.length - a.length)[0];
  const rest = names.filter((name) => !family?.includes(name));
  if (family !== undefined && rest.length > 0) {
    const target = rest.find((name) => targetNames.test(name)) ?? rest.at(-1)!;
    if (isLabels(table.columns.get(target)!, family.length)) return { kind: kindOfClasses(table, family), predictions: family, target };
  }
  if (names.length < 2) return undefined;
  const target = names.find((name) => targetNames.test(name)) ?? names.at(-1)!;
  const others = names.filter((name) => name !== target);
  const prediction = others.find((name) => predictionNames.test(name)) ?? others[0]!;
  return { kind: kindOfColumn(table, prediction, target), predictions: [prediction], target };
}

/** What one column of predictions is likely to be. */
export function kindOfColumn(table: Table, prediction: string, target: string): Kind {
  const values = known(table.columns.get(prediction)!);
  const yesOrNo = known(table.columns.get(target)!).every((t) => t === 0 || t === 1);
  if (!yesOrNo) return "numbers";
  return values.every((p) => p >= 0 && p <= 1) ? "probability" : "logit";
}

/** What columns by class are likely to be. */
export function kindOfClasses({ columns, rows }: Table, family: readonly string[]): Kind {
  const sums = (f: (x: number) => number) =>
    Array.from({ length: Math.min(rows, 50) }, (_, row) => family.reduce((sum, name) => sum + f(columns.get(name)![row]!), 0));
  const near = (sum: number) => Math.abs(sum - 1) < 1e-3;
  const nonNegative = family.every((name) => known(columns.get(name)!).every((x) => x >= 0));
  if (nonNegative && sums((x) => x).every(near)) return "probabilities";
  return sums(Math.exp).every(near) ? "logProbabilities" : "logits";
}

function isLabels(values: Float64Array, classes: number): boolean {
  return known(values).every((x) => Number.isInteger(x) && x >= 0 && x < classes);
}

function known(values: Float64Array): Float64Array {
  return values.filter((x) => !Number.isNaN(x));
}
