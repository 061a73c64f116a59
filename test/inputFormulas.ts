/** Textbook formulas of losses whose samples are more than an element, written to be differentiated. */

import type { Options } from "./catalogue";
import { abs, add, div, dot, exp, log, logSumExp, max, min, mul, pow, scale, sub, Term } from "./differentiation";

/** The value of each sample, of the inputs in the order of the loss's arguments. */
export type InputFormula = (inputs: readonly (readonly Term[])[], options: Options) => Term[];

const get = (options: Options, name: string, otherwise: number) => (options[name] as number | undefined) ?? otherwise;

/** Rows of consecutive elements, or along the axis of a shape of three. */
function vectors(x: readonly Term[], { dimensions, shape }: Options): Term[][] {
  if (shape !== undefined) {
    const [groups, size, positions] = shape as [number, number, number];
    return Array.from({ length: groups * positions }, (_, row) =>
      Array.from({ length: size }, (_, c) => x[(Math.floor(row / positions) * size + c) * positions + (row % positions)]!),
    );
  }
  const size = (dimensions as number | undefined) ?? x.length;
  return Array.from({ length: size === 0 ? 0 : x.length / size }, (_, i) => x.slice(i * size, (i + 1) * size));
}

const total = (terms: readonly Term[]) => add(0, ...terms);

function overlap(formula: (p: readonly Term[], t: readonly Term[], options: Options) => Term): InputFormula {
  return ([p, t], options) => {
    const targets = vectors(t!, options);
    return vectors(p!, options).map((row, i) => formula(row, targets[i]!, options));
  };
}

function distance(x: readonly Term[], t: readonly Term[], options: Options): Term {
  const p = get(options, "p", 2);
  const eps = get(options, "eps", 1e-6);
  return pow(add(0, ...x.map((a, i) => pow(abs(add(sub(a, t[i]!), eps)), p))), 1 / p);
}

/** The paths of so many times whose labels, repetitions merged and blanks taken out, are the target. */
function alignments(times: number, classes: number, blank: number, target: readonly number[]): number[][] {
  let paths: number[][] = [[]];
  for (let t = 0; t < times; t++) paths = paths.flatMap((path) => Array.from({ length: classes }, (_, c) => [...path, c]));
  return paths.filter((path) => {
    const labels = path.filter((label, t) => label !== blank && label !== path[t - 1]);
    return labels.length === target.length && labels.every((label, i) => label === target[i]);
  });
}

function sequences(normalised: boolean): InputFormula {
  return ([x, labels], options) => {
    const { classes, inputLengths, targetLengths } = options as { classes: number; inputLengths: number[]; targetLengths: number[] };
    const count = inputLengths.length;
    let start = 0;
    return inputLengths.map((times, i) => {
      const target = labels!.slice(start, start + targetLengths[i]!).map(({ value }) => value);
      start += targetLengths[i]!;
      const rows = Array.from({ length: times }, (_, t) => x!.slice((t * count + i) * classes, (t * count + i + 1) * classes));
      const logs = normalised ? rows : rows.map((row) => row.map((logit) => sub(logit, logSumExp(row))));
      const paths = alignments(times, classes, get(options, "blank", 0), target);
      if (paths.length === 0) return new Term(options.zeroInfinity === true ? 0 : Infinity);
      const loss = scale(logSumExp(paths.map((path) => add(0, ...path.map((c, t) => logs[t]![c]!)))), -1);
      if (!normalised) return loss;
      // PyTorch's gradient has e^x besides, as if x were the logits.
      const besides = logs.flat().map((l) => exp(l));
      return add(loss, ...besides, -besides.reduce((sum, { value }) => sum + value, 0));
    });
  };
}

export const inputFormulas: Readonly<Record<string, InputFormula>> = {
  gaussianNll: ([p, t, v], options) =>
    p!.map((x, i) => {
      const variance = v![Math.floor((i * v!.length) / p!.length)]!;
      const eps = get(options, "eps", 1e-6);
      const held = variance.value < eps ? new Term(eps) : variance;
      const likelihood = add(log(held), div(pow(sub(x, t![i]!), 2), held), options.full === true ? Math.log(2 * Math.PI) : 0);
      return scale(likelihood, 0.5);
    }),
  marginRanking: ([a, b, t], options) => a!.map((x, i) => max(sub(get(options, "margin", 0), mul(t![i]!, sub(x, b![i]!))), 0)),
  cosineSimilarity: overlap((p, t, options) => {
    const length = (x: readonly Term[]) => pow(max(dot(x, x), get(options, "eps", 1e-12)), 0.5);
    return scale(div(dot(p, t), mul(length(p), length(t))), -1);
  }),
  cosineEmbedding: ([a, b, t], options) => {
    const others = vectors(b!, options);
    return vectors(a!, options).map((x, i) => {
      const y = others[i]!;
      const cosine = div(dot(x, y), pow(mul(add(dot(x, x), 1e-12), add(dot(y, y), 1e-12)), 0.5));
      return t![i]!.value === 1 ? sub(1, cosine) : max(sub(cosine, get(options, "margin", 0)), 0);
    });
  },
  tripletMargin: ([a, p, n], options) => {
    const [positives, negatives] = [vectors(p!, options), vectors(n!, options)];
    return vectors(a!, options).map((anchor, i) => {
      const far = distance(anchor, negatives[i]!, options);
      const other = options.swap === true ? min(far, distance(positives[i]!, negatives[i]!, options)) : far;
      return max(add(sub(distance(anchor, positives[i]!, options), other), get(options, "margin", 1)), 0);
    });
  },
  infoNce: ([q, k], options) => {
    const directions = (x: readonly Term[]) =>
      vectors(x, options).map((v) => (options.normalize === false ? v : v.map((a) => div(a, pow(dot(v, v), 0.5)))));
    const keys = directions(k!);
    return directions(q!).map((query, i) => {
      const similarities = keys.map((key) => scale(dot(query, key), 1 / get(options, "temperature", 0.1)));
      return sub(logSumExp(similarities), similarities[i]!);
    });
  },
  dice: overlap((p, t, options) => {
    const smooth = get(options, "smooth", 1);
    const sizes = options.squared === true ? add(dot(p, p), dot(t, t)) : add(total(p), total(t));
    return sub(1, div(add(scale(dot(p, t), 2), smooth), add(sizes, smooth)));
  }),
  tversky: overlap((p, t, options) => {
    const hits = dot(p, t);
    const [alarms, misses] = [sub(total(p), hits), sub(total(t), hits)];
    const whole = add(hits, scale(alarms, get(options, "alpha", 0.5)), scale(misses, get(options, "beta", 0.5)), get(options, "smooth", 1));
    return sub(1, div(add(hits, get(options, "smooth", 1)), whole));
  }),
  ctc: sequences(true),
  ctcWithLogits: sequences(false),
};
