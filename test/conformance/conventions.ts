/** Where the library's documented choice differs from the oracle's on cases tagged `convention`: what it must give instead. */

import type { Case, Expected } from "./case";

/** A choice: the elements of a gradient that it is about, and what they are. */
export interface Convention {
  readonly op: string;
  readonly reason: string;
  readonly concerns: (given: Case, index: number) => boolean;
  readonly grad: number;
  /** The values that it is about, and what they are: the gradient's number. Default none. */
  readonly concernsValue?: (given: Case, index: number) => boolean;
}

/** NaN logits of margin losses: the oracle's comparisons with NaN are false, which drops them. */
function marginOfNaN(op: string, listed: (target: ArrayLike<number>, row: number, classes: number) => readonly number[]): Convention {
  const rowsOf = ({ inputs }: Case) => {
    const { shape, data } = inputs.input!;
    const classes = shape.at(-1)!;
    const row = (at: number) => data.subarray(at * classes, (at + 1) * classes);
    return { classes, rows: data.length / classes, row, labels: (at: number) => listed(inputs.target!.data, at, classes) };
  };
  const isNaNRow = (given: Case, at: number) => {
    const { row, labels } = rowsOf(given);
    return labels(at).length > 0 && row(at).some(Number.isNaN);
  };
  return {
    op,
    reason: "NaN in, NaN out: the oracle drops a NaN logit",
    grad: NaN,
    concerns: (given, index) => {
      const { classes, row, labels } = rowsOf(given);
      const [at, c] = [Math.floor(index / classes), index % classes];
      const own = labels(at);
      if (!isNaNRow(given, at)) return false;
      return Number.isNaN(row(at)[c]) || own.includes(c) || own.some((label) => Number.isNaN(row(at)[label]));
    },
    concernsValue: (given, index) =>
      given.params.reduction === "none"
        ? isNaNRow(given, index)
        : Array.from({ length: rowsOf(given).rows }, (_, at) => at).some((at) => isNaNRow(given, at)),
  };
}

export const conventions: readonly Convention[] = [
  {
    op: "l1_loss",
    reason: "NaN in, NaN out: the oracle's gradient is sign(NaN) = 0",
    concerns: ({ inputs }, i) => Number.isNaN(inputs.input!.data[i]! - inputs.target!.data[i]!),
    grad: NaN,
  },
  {
    op: "cross_entropy",
    reason: "an ignored sample has no gradient, whatever its logits: the oracle multiplies NaN by 0",
    concerns: ({ inputs, params }, i) => {
      const [, classes = 1, ...rest] = inputs.input!.shape;
      const positions = rest.reduce((a, b) => a * b, 1);
      const group = Math.floor(i / (classes * positions));
      return inputs.target!.data[group * positions + (i % positions)] === params.ignore_index;
    },
    grad: 0,
  },
  marginOfNaN("multi_margin_loss", (target, row) => [target[row]!]),
  marginOfNaN("multilabel_margin_loss", (target, row, classes) => {
    const list = Array.from({ length: classes }, (_, c) => target[row * classes + c]!);
    return list.includes(-1) ? list.slice(0, list.indexOf(-1)) : list;
  }),
];

/** What a case expects of the library: the textbook's answer where its source has a convention of its own, then ours. */
export function expectedOf(given: Case): Expected {
  if (!given.tags.includes("convention")) return given.expected;
  const expected = { ...given.expected, ...given.textbook };
  const { input } = expected.grad;
  const ours = conventions.filter(({ op }) => op === given.op);
  expected.value = expected.value.map((value, i) => ours.find(({ concernsValue }) => concernsValue?.(given, i))?.grad ?? value);
  if (input === undefined) return expected;
  const grad = input.map((value, i) => ours.find(({ concerns }) => concerns(given, i))?.grad ?? value);
  return { ...expected, grad: { ...expected.grad, input: grad } };
}
