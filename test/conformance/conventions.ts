/** Where the library's documented choice differs from the oracle's on cases tagged `convention`: what it must give instead. */

import type { Case, Expected } from "./case";

/** A choice: the elements of a gradient that it is about, and what they are. */
export interface Convention {
  readonly op: string;
  readonly reason: string;
  readonly concerns: (given: Case, index: number) => boolean;
  readonly grad: number;
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
];

/** What a case expects of the library: the textbook's answer where its source has a convention of its own, then ours. */
export function expectedOf(given: Case): Expected {
  if (!given.tags.includes("convention")) return given.expected;
  const expected = { ...given.expected, ...given.textbook };
  const { input } = expected.grad;
  if (input === undefined) return expected;
  const ours = conventions.filter(({ op }) => op === given.op);
  const grad = input.map((value, i) => ours.find(({ concerns }) => concerns(given, i))?.grad ?? value);
  return { ...expected, grad: { ...expected.grad, input: grad } };
}
