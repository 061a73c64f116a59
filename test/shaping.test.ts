/** Temperature, soft cap, mask and z-loss: the laws by which they make functions of other logits, or of fewer. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { crossEntropy, init, logSoftmax, softmax, softmin } from "../src/index";
import { backends, type Precision, precisions, typed } from "./available";
import { drawDistributions, drawLabels, type Options } from "./catalogue";
import {
  axisOf,
  classFormulas,
  flattened,
  type Layout,
  logSumExpOf,
  rowFormulas,
  rows,
  samplesOf,
  softmaxOf,
  spreadOf,
} from "./classReference";
import { type Expected, expectClose } from "./closeness";
import { between, draws, pick, type Random, random } from "./random";
import { reductions } from "./reference";

const layouts: readonly (readonly [Layout, Options])[] = [
  [rows(5, 4), { classes: 4 }],
  [rows(3, 40), { classes: 40 }],
  [rows(130, 3), { classes: 3 }],
  [rows(2, 1000), { classes: 1000 }],
  [axisOf([2, 4, 9], 1), { shape: [2, 4, 9], axis: 1 }],
  [axisOf([6, 170], 0), { shape: [6, 170], axis: 0 }],
  [axisOf([2, 30, 300], 1), { shape: [2, 30, 300], axis: 1 }],
];

/** A mask by sample and class: some rows whole, some of one class, some empty. */
const drawMask = (next: Random, samples: number, classes: number) =>
  Array.from({ length: samples }, () => {
    const share = pick(next, [0.7, 1, 0]);
    return draws(next, classes, (u) => (u() < share ? 1 : 0));
  });

/** The classes of a row that a mask keeps, and the row with `fill` for the others. */
const kept = (mask: readonly number[]) => mask.flatMap((m, c) => (m === 0 ? [] : [c]));
const restored = (results: readonly Expected[], classes: readonly number[], count: number, fill: number) => {
  const row: Expected[] = new Array(count).fill({ is: fill, added: 0 });
  classes.forEach((c, i) => {
    row[c] = results[i]!;
  });
  return row;
};

const masked = { softmax: 0, logSoftmax: -Infinity, softmin: 0 } as const;

interface Shape {
  readonly temperature: number;
  readonly softcap: number;
}

/** Logits made over, by the formulas, and the derivative of each. */
const shapedOf = (x: number, { temperature, softcap }: Shape) =>
  softcap === Infinity
    ? { z: x / temperature, slope: 1 / temperature }
    : { z: (softcap * Math.tanh(x / softcap)) / temperature, slope: 1 / Math.cosh(x / softcap) ** 2 / temperature };

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  test.each(
    precisions.flatMap((precision) => ([softmax, logSoftmax, softmin] as const).map((f) => [f.activationName, precision, f] as const)),
  )("%s of %s with a temperature and a mask is that of the quotients of the other classes", (name, precision, activation) => {
    fc.assert(
      fc.property(fc.constantFrom(...layouts), fc.nat(), ([layout, where], seed) => {
        const next = random(seed);
        const samples = layout.groups * layout.positions;
        const temperature = pick(next, [1, 0.5, 3]);
        const masks = drawMask(next, samples, layout.classes);
        const mask = flattened(masks, layout);
        const hidden = (numbers: readonly number[]) =>
          typed(
            precision,
            numbers.map((x, i) => (mask[i] === 0 ? pick(next, [x, NaN, Infinity]) : x)),
          );
        const x = hidden(draws(next, mask.length, (u) => between(u, -8, 8)));
        const upstream = hidden(draws(next, mask.length, (u) => between(u, -2, 2)));
        const options = { ...where, temperature, mask: pick(next, [mask, Uint8Array.from(mask), mask.map((m) => m !== 0)]) };
        const formula = rowFormulas[name]!;
        const upstreams = samplesOf(upstream, layout);
        const expected = { value: [] as Expected[][], product: [] as Expected[][] };
        samplesOf(x, layout).forEach((row, i) => {
          const classes = kept(masks[i]!);
          const z = classes.map((c) => row[c]! / temperature);
          const u = classes.map((c) => upstreams[i]![c]!);
          // The rounding of the quotient enters the exponential.
          const wider = Math.max(...z.map(Math.abs), 0);
          const widened = (results: readonly Expected[]) =>
            results.map(({ is, added }) => ({ is, added: added + (Math.abs(is) + added) * wider }));
          const value = classes.length === 0 ? [] : widened(formula.value(z));
          const product =
            classes.length === 0
              ? []
              : widened(formula.product(z, u)).map((p) => ({ is: p.is / temperature, added: p.added / temperature }));
          expected.value.push(restored(value, classes, layout.classes, masked[name as keyof typeof masked]));
          expected.product.push(restored(product, classes, layout.classes, 0));
        });
        expectClose(precision, activation(x, options), flattened(expected.value, layout), `${name} ${JSON.stringify(layout)}`);
        expectClose(precision, activation.grad(x, upstream, options), flattened(expected.product, layout), `${name} gradient`);
      }),
      { numRuns: 15 },
    );
  });

  const everyOption = (precision: Precision, bounded: boolean) =>
    fc.property(fc.constantFrom(...layouts.slice(0, bounded ? 2 : undefined)), fc.nat(), ([layout, where], seed) => {
      const next = random(seed);
      const { classes } = layout;
      const samples = layout.groups * layout.positions;
      const shape: Shape = { temperature: pick(next, [1, 0.5, 3]), softcap: pick(next, [Infinity, 5]) };
      const zLoss = pick(next, [0, 0.01]);
      const labelSmoothing = pick(next, [0, 0.1]);
      const masks = pick(next, [undefined, drawMask(next, samples, classes)]);
      const rounded = (numbers: readonly number[]) => [...typed(precision, numbers)];
      const classWeights = pick(next, [undefined, rounded(draws(next, classes, (u) => u() + 0.1))]);
      const weights = pick(next, [undefined, rounded(draws(next, samples, (u) => pick(u, [0, u() + 0.1])))]);
      const reduction = pick(next, reductions);
      const upstream = reduction === "none" ? rounded(draws(next, samples, (u) => between(u, -2, 2))) : 1.5;
      const labelled = next() < 0.6;
      const labels = drawLabels(next, samples, classes).map((label) => pick(next, [label, label, -100]));
      const shares = samplesOf(rounded(drawDistributions(next, samples, classes)), rows(samples, classes));
      const hide = (x: number, sample: number, c: number) =>
        masks !== undefined && masks[sample]![c] === 0 ? pick(next, [x, NaN, Infinity]) : x;
      const data = Array.from({ length: samples }, (_, i) =>
        rounded(draws(next, classes, (u) => between(u, -6, 6))).map((x, c) => hide(x, i, c)),
      );
      const x = typed(precision, flattened(data, layout));
      const given = labelled
        ? Int32Array.from(labels)
        : typed(
            precision,
            flattened(
              shares.map((row, i) => row.map((share, c) => hide(share, i, c))),
              layout,
            ),
          );

      let divisor = 0;
      const values: Expected[] = [];
      const slopes: Expected[][] = [];
      for (let i = 0; i < samples; i++) {
        const label = labels[i]!;
        const ignored = labelled && label === -100;
        const weight = ignored ? 0 : (weights?.[i] ?? 1);
        divisor += weight * (labelled && !ignored ? (classWeights?.[label] ?? 1) : 1);
        const mask = masks?.[i] ?? new Array<number>(classes).fill(1);
        const own = kept(mask);
        if (weight === 0 || own.length === 0 || (labelled && mask[label] === 0)) {
          values.push({ is: 0, added: 0 });
          slopes.push(restored([], [], classes, 0));
          continue;
        }
        const share = (c: number) => (labelled ? (c === label ? 1 : 0) : shares[i]![c]!);
        const q = own.map((c) => (classWeights?.[c] ?? 1) * ((1 - labelSmoothing) * share(c) + labelSmoothing / classes));
        const shaped = own.map((c) => shapedOf(data[i]![c]!, shape));
        const z = shaped.map((at) => at.z);
        const [partition, p] = [logSumExpOf(z), softmaxOf(z)];
        const value = classFormulas.crossEntropy!.value(z, q);
        const size = Math.max(...z.map(Math.abs)) + 1;
        const total = q.reduce((a, b) => a + b, 0);
        values.push({
          is: weight * (value.is + zLoss * partition ** 2),
          added: weight * (value.added + (total + zLoss * (Math.abs(partition) + 1)) * 8 * size),
        });
        const slope = classFormulas.crossEntropy!.slope(z, q).map((s, k) => ({
          is: weight * shaped[k]!.slope * (s.is + 2 * zLoss * partition * p[k]!),
          added: weight * shaped[k]!.slope * (s.added + q[k]! + p[k]! * (total + 2 * zLoss * size)) * (8 * size + spreadOf(z)),
        }));
        slopes.push(restored(slope, own, classes, 0));
      }
      fc.pre(reduction !== "mean" || divisor > 0);
      const scale = reduction === "mean" ? 1 / divisor : 1;
      const by = ({ is, added }: Expected, factor: number) => ({ is: is * factor, added: added * Math.abs(factor) });
      const grad = slopes.map((row, i) => row.map((s) => by(s, scale * (typeof upstream === "number" ? upstream : upstream[i]!))));
      const sum = values.reduce((a, b) => ({ is: a.is + b.is, added: a.added + b.added }));
      const options = {
        ...where,
        ...shape,
        zLoss,
        labelSmoothing,
        reduction,
        ...(masks && { mask: flattened(masks, layout) }),
        ...(weights && { weights }),
        ...(classWeights && { classWeights }),
      };
      const what = JSON.stringify({ ...layout, ...shape, zLoss, labelSmoothing, labelled, reduction, masked: masks !== undefined });
      const both = crossEntropy.valueAndGrad(x, given, { ...options, upstream });
      expectClose(precision, both.value, reduction === "none" ? values : [by(sum, scale)], `value ${what}`);
      expectClose(precision, both.grad, flattened(grad, layout), `gradient ${what}`);
      const alone = crossEntropy(x, given, options);
      expect(alone).toEqual(both.value);
      if (bounded) {
        const hidden = flattened(masks ?? data.map((row) => row.map(() => 1)), layout);
        const inPlace = x.slice();
        expect(crossEntropy.grad(inPlace, given, { ...options, upstream, out: inPlace })).toEqual(both.grad);
        expect([...both.grad].filter((_, i) => hidden[i] === 0).every((g) => g === 0)).toBe(true);
      }
    });

  test.each(precisions)("cross-entropy in %s combines them with every other option", (precision) => {
    fc.assert(everyOption(precision, false), { numRuns: 25 });
    fc.assert(everyOption(precision, true), { numRuns: 60 });
  });

  test("what is all masked has no value, no gradient and no Hessian", () => {
    const mask = [0, 0, 1, 1];
    const x = [NaN, 1, 0, 0];
    expect(crossEntropy.valueAndGrad(x, [0, 1], { mask, reduction: "none", zLoss: 1 })).toEqual({
      value: Float64Array.of(0, Math.log(2) + Math.log(2) ** 2),
      grad: Float64Array.of(0, 0, 0.5 + Math.log(2), -0.5 + Math.log(2)),
    });
    expect(crossEntropy(x, [0, 1], { mask })).toBe(Math.log(2) / 2);
    expect([...crossEntropy.gradAndHess(x, [0, 1], { mask, reduction: "sum", hessian: "xgboost" }).hess]).toEqual([0, 0, 0.5, 0.5]);
    expect([...softmax(x, { mask, classes: 2 })]).toEqual([0, 0, 0.5, 0.5]);
    expect([...logSoftmax([NaN, 1], { mask: [false, false] })]).toEqual([-Infinity, -Infinity]);
  });

  test.each([{ softcap: 5 }, { softcap: 5, temperature: 2, zLoss: 0.1 }])("a cap leaves what is silent at 0, even NaN: %j", (shaping) => {
    const [x, rest] = [
      [NaN, 1, Infinity, 1, 2, 3],
      [1, 2, 3],
    ];
    const expected = crossEntropy.gradAndHess(rest, [1], { ...shaping, reduction: "sum" });
    const settings = [
      { labels: [-100, 1], options: {} },
      { labels: [0, 1], options: { weights: [0, 1] } },
      { labels: [0, 1], options: { classWeights: [0, 1, 0] } },
    ];
    for (const { labels, options } of settings.slice(0, "zLoss" in shaping ? 2 : 3)) {
      const { grad, hess } = crossEntropy.gradAndHess(x, labels, { ...shaping, ...options, reduction: "sum" });
      expect([...grad]).toEqual([0, 0, 0, ...expected.grad]);
      expect([...hess]).toEqual([0, 0, 0, ...expected.hess]);
    }
    const upstream = crossEntropy.grad(x, [0, 1], { ...shaping, reduction: "none", upstream: [0, 1] });
    expect([...upstream]).toEqual([0, 0, 0, ...expected.grad]);
  });

  test("wrong masks and temperatures are refused before anything is written", () => {
    const out = new Float64Array(2).fill(7);
    const refusal = (options: object) => () => softmax([1, 2], { out, ...options });
    expect(refusal({ mask: [1] })).toThrow(new RangeError("mask must have one entry for each logit, 2, got 1"));
    expect(refusal({ mask: "11" })).toThrow(new TypeError('mask must be a typed array or an array of numbers, got the string "11"'));
    expect(refusal({ mask: [1, "1"] })).toThrow(new TypeError('mask must hold booleans or numbers, got the string "1" at index 1'));
    expect(refusal({ temperature: 0 })).toThrow(new RangeError("temperature must be above 0, got 0"));
    expect(refusal({ temperature: NaN })).toThrow(new RangeError("temperature must be above 0, got NaN"));
    expect(() => crossEntropy.grad([1, 2], [0], { out, mask: [1, 1, 1] })).toThrow(
      new RangeError("mask must have one entry for each logit, 2, got 3"),
    );
    expect([...out]).toEqual([7, 7]);
  });
});
