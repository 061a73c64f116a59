/** Accumulators of every loss: any split of the data, merged in any order, has the value of the whole. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Accumulator, binaryCrossEntropy, crossEntropy, defineLoss, huber, init, klDivergence, mse, type Numbers } from "../src/index";
import { backends, type Precision, precisions, typed } from "./available";
import {
  type AnyLoss,
  type ClassEntry,
  classLosses,
  drawDistributions,
  drawLabels,
  type Options,
  type PointwiseEntry,
  pointwiseLosses,
} from "./catalogue";
import { meets } from "./closeness";
import { exactSum } from "./exactNumbers";
import { draws, pick, type Random, random } from "./random";

type Reals = Float32Array | Float64Array;
type AnyAccumulator = Accumulator<Numbers, Options>;

/** Data that can be cut between samples, and the options of the loss on it. */
interface Data {
  readonly options: Options;
  readonly samples: number;
  /** The arguments of a call on samples `from` to `to`. */
  readonly part: (from: number, to: number) => readonly [Reals, Numbers, { readonly weights?: Reals }];
}

const weight = (next: Random) => pick(next, [0, next(), 3, 0.1]);

function pointwiseData({ prediction, target, settings }: PointwiseEntry, precision: Precision, next: Random, length: number): Data {
  const p = typed(precision, draws(next, length, prediction));
  const t = typed(precision, draws(next, length, target));
  const weights = pick(next, [undefined, typed(precision, draws(next, length, weight))]);
  const slice = (from: number, to: number) => ({ weights: weights?.subarray(from, to) });
  return {
    options: pick(next, settings),
    samples: length,
    part: (from, to) => [p.subarray(from, to), t.subarray(from, to), slice(from, to)],
  };
}

function classData(entry: ClassEntry, precision: Precision, next: Random, samples: number): Data {
  const classes = pick(next, [2, 5, 19]);
  const labelled = !entry.distribution || pick(next, [true, false]);
  const x = typed(precision, draws(next, samples * classes, entry.prediction));
  const labels = Int32Array.from(drawLabels(next, samples, classes), (label) => pick(next, [label, label, -100]));
  const shares = typed(precision, drawDistributions(next, samples, classes));
  const weights = pick(next, [undefined, typed(precision, draws(next, samples, weight))]);
  return {
    options: {
      classes,
      ...(entry.classWeights !== false && pick(next, [true, false]) && { classWeights: typed(precision, draws(next, classes, weight)) }),
      ...(entry.smoothing && pick(next, [true, false]) && { labelSmoothing: 0.1 }),
    },
    samples,
    part: (from, to) => [
      x.subarray(from * classes, to * classes),
      labelled ? labels.subarray(from, to) : shares.subarray(from * classes, to * classes),
      { weights: weights?.subarray(from, to) },
    ],
  };
}

const dataOf = (entry: PointwiseEntry | ClassEntry, ...rest: [Precision, Random, number]) =>
  entry.kind === "pointwise" ? pointwiseData(entry, ...rest) : classData(entry, ...rest);

/** Batches between random cuts, in random order, in accumulators that are merged in random order, some by way of JSON. */
function accumulated(loss: AnyLoss, options: Options, { samples, part }: Data, next: Random): AnyAccumulator {
  const cuts = draws(next, Math.floor(next() * 8), () => Math.floor(next() * (samples + 1))).sort((a, b) => a - b);
  const borders = [0, ...cuts, samples];
  const batches = cuts.map((cut, i) => [borders[i]!, cut] as const).concat([[borders.at(-2)!, samples]]);
  const pool = Array.from({ length: 4 }, () => loss.accumulator(options));
  while (batches.length > 0) {
    const [[from, to]] = batches.splice(Math.floor(next() * batches.length), 1) as [readonly [number, number]];
    const [p, t, { weights }] = part(from, to);
    pick(next, pool).update(p, t, weights && { weights });
  }
  while (pool.length > 1) {
    const [merged] = pool.splice(Math.floor(next() * pool.length), 1) as [AnyAccumulator];
    pick(next, pool).merge(pick(next, [merged, merged.toJSON(), loss.accumulator.fromJSON(JSON.parse(JSON.stringify(merged)))]));
  }
  return pool[0]!;
}

const entries = [...pointwiseLosses, ...classLosses].map((entry) => [entry.name, entry] as const);
const sizes = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.constantFrom(257, 1025, 4097));

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
    test.each(entries)("%s: any split, merged in any order, is the whole", (_, entry) => {
      const { loss } = entry;
      fc.assert(
        fc.property(sizes, fc.nat(), fc.constantFrom("mean", "sum"), (length, seed, reduction) => {
          const next = random(seed);
          const data = dataOf(entry, precision, next, length);
          const options = { ...data.options, reduction };
          const [p, t, given] = data.part(0, length);
          const terms = Array.from(loss(p, t, { ...data.options, ...given, reduction: "none" }) as Reals);
          const whole = loss.accumulator(options).update(p, t, given);
          const split = accumulated(loss, options, data, next);

          const { sum, weight, ...facts } = split.toJSON();
          const { sum: _sum, weight: _weight, ...expected } = whole.toJSON();
          expect(facts).toEqual(expected);
          expect(exactSum(sum as number[])).toBe(exactSum(terms));
          expect(Math.abs(split.weight - whole.weight)).toBeLessThanOrEqual(1e-13 * whole.weight);
          if (reduction === "sum") expect(split.value()).toBe(whole.value());
          if (split.weight === 0) return;

          expect(Math.abs(split.value() - whole.value())).toBeLessThanOrEqual(1e-13 * Math.abs(whole.value()));
          const magnitude = terms.reduce((a, b) => a + Math.abs(b), 0) / (reduction === "mean" ? whole.weight : 1);
          const once = loss(p, t, { ...options, ...given }) as number;
          expect(meets(precision, split.value(), { is: once, added: magnitude }), `${split.value()} against ${once} in one call`).toBe(
            true,
          );
        }),
        { numRuns: 40 },
      );
    });
  });
});

/** Its terms are the predictions: of either sign, and whatever numbers. */
const terms = defineLoss({ name: "terms", value: (p) => p, grad: () => 1 });
const nothing = (length: number) => new Float64Array(length);
const summed = (...batches: number[][]) => {
  const accumulator = terms.accumulator({ reduction: "sum" });
  for (const batch of batches) accumulator.update(batch, nothing(batch.length));
  return accumulator;
};

describe("what rounding would spoil", () => {
  test("terms that cancel, within a batch and between batches", () => {
    expect(summed([1e16, 1, -1e16]).value()).toBe(1);
    expect(summed([1e16], [1], [-1e16]).value()).toBe(1);
    expect(
      summed([1e16, 1])
        .merge(summed([-1e16]))
        .value(),
    ).toBe(1);
    expect(
      summed([-1e16, 1e100])
        .merge(summed([1e16, 3], [-1e100]))
        .value(),
    ).toBe(3);
  });

  test("the same number a million times", () => {
    const accumulator = terms.accumulator();
    const batch = new Float64Array(1000).fill(0.1);
    for (let i = 0; i < 1000; i++) accumulator.update(batch, nothing(1000), { weights: batch });
    expect(accumulator.value()).toBeCloseTo(0.1, 15);
    expect(accumulator.weight).toBeCloseTo(1e5, 8);
  });

  test.each<[number[][], number]>([
    [[[Infinity], [1]], Infinity],
    [[[1], [Infinity, 2], [Infinity]], Infinity],
    [[[-Infinity], [1e300]], -Infinity],
    [[[Infinity], [-Infinity]], NaN],
    [[[1, NaN], [2]], NaN],
    [[[NaN], [Infinity]], NaN],
    [[[1e308], [1e308]], Infinity],
  ])("%j", (batches, expected) => {
    expect(summed(...batches).value()).toBe(expected);
    const merged = batches.map((batch) => summed(batch)).reduce((a, b) => a.merge(b));
    expect(merged.value()).toBe(expected);
    const restored = terms.accumulator.fromJSON(JSON.parse(JSON.stringify(merged)));
    expect(restored.value()).toBe(expected);
    expect(restored.update([1], [0]).value()).toBe(expected);
  });
});

describe("what is counted", () => {
  test("nothing: the mean is NaN, the sum 0", () => {
    for (const { loss } of [...pointwiseLosses, ...classLosses]) {
      const mean = loss.accumulator().update([], []).merge(loss.accumulator());
      expect([mean.value(), mean.count, mean.weight]).toEqual([NaN, 0, 0]);
      expect(loss.accumulator({ reduction: "sum" }).update([], []).value()).toBe(0);
    }
  });

  test("elements, or samples that are not ignored; weights as the mean has them", () => {
    const weights = [0, 2];
    const facts = (accumulator: { count: number; weight: number }) => [accumulator.count, accumulator.weight];
    expect(facts(mse.accumulator().update([1, 2, 3, 4], [0, 0, 0, 0], { weights }))).toEqual([4, 4]);
    expect(facts(binaryCrossEntropy.accumulator().update([0.5, 0.5], [0, 1], { weights }))).toEqual([2, 2]);
    const labels = [0, -100];
    expect(facts(crossEntropy.accumulator().update([1, 2, 3, 4], labels))).toEqual([1, 1]);
    expect(facts(crossEntropy.accumulator({ classWeights: [5, 1] }).update([1, 2, 3, 4], labels, { weights: [3, 1] }))).toEqual([1, 15]);
    const distribution = crossEntropy.accumulator({ classes: 2 }).update([1, 2, 3, 4], [0.5, 0.5, 1, 0], { weights });
    expect(facts(distribution)).toEqual([2, 2]);
  });

  test("reset forgets the batches, not the options", () => {
    const accumulator = huber.accumulator({ delta: 2, reduction: "sum" }).update([1, NaN], [1, 1]);
    expect(accumulator.reset().update([4], [1]).value()).toBe(4);
    expect(accumulator.count).toBe(1);
  });

  test("an accumulator that is merged stays as it is, and may be its own other", () => {
    const [a, b] = [mse.accumulator().update([1], [3]), mse.accumulator().update([1], [2])];
    a.merge(b);
    expect([a.value(), b.value()]).toEqual([2.5, 1]);
    a.merge(a);
    expect([a.value(), a.count]).toEqual([2.5, 4]);
  });
});

describe("options", () => {
  test("are those of the time when it was made", () => {
    const classWeights = Float32Array.of(1, 2);
    const accumulator = crossEntropy.accumulator({ classWeights });
    classWeights[0] = 100;
    accumulator.update([1, 2], [0]);
    expect(accumulator.weight).toBe(1);
  });

  test("a shape holds for all batches, or comes with each", () => {
    const x = [2, 0, 1, 0, 2, 1];
    const labels = [0, 1, 0];
    const value = crossEntropy(x, labels, { shape: [1, 2, 3] });
    const fixed = crossEntropy.accumulator({ shape: [1, 2, 3] });
    expect(fixed.update(x, labels).update(x, labels).value()).toBeCloseTo(value, 15);
    const each = crossEntropy.accumulator({ axis: 1 });
    each.update(x, labels, { shape: [1, 2, 3] }).update([...x, ...x], [...labels, ...labels], { shape: [2, 2, 3] });
    expect([each.value(), each.count]).toEqual([expect.closeTo(value, 15), 9]);
  });

  test("batchMean divides by the samples of all batches, whatever their weights", () => {
    const [logs, target] = [Float64Array.of(-0.5, -1, -3, -2, -1, -0.5), Float64Array.of(0.6, 0.4, 0, 1, 0.5, 0.5)];
    const total = klDivergence.accumulator({ reduction: "batchMean", classes: 2 });
    total.update(logs.subarray(0, 4), target.subarray(0, 4)).update(logs.subarray(4), target.subarray(4), { weights: [3] });
    const whole = { reduction: "batchMean", classes: 2, weights: [1, 1, 3] } as const;
    expect([total.value(), total.weight, total.count]).toEqual([expect.closeTo(klDivergence(logs, target, whole), 15), 3, 6]);
    expect(klDivergence.accumulator.fromJSON(total.toJSON()).merge(total).value()).toBe(total.value());
  });

  test("batches of both precisions add up", () => {
    const accumulator = mse.accumulator().update(Float32Array.of(1), [2]);
    expect(accumulator.update(Float64Array.of(1), [4]).value()).toBe(5);
  });
});

describe("JSON", () => {
  test("is plain, with every option that holds and its default", () => {
    const weights = [0.5, 2];
    expect(mse.accumulator().update([1, 2], [2, 4], { weights }).toJSON()).toEqual({
      loss: "mse",
      options: { reduction: "mean" },
      count: 2,
      sum: [8.5],
      weight: [2.5],
    });
    expect(crossEntropy.accumulator({ classWeights: Float32Array.of(1, Infinity), ignoreIndex: 3, reduction: "sum" }).toJSON()).toEqual({
      loss: "crossEntropy",
      options: {
        classWeights: [1, "Infinity"],
        ignoreIndex: 3,
        labelSmoothing: 0,
        reduction: "sum",
        temperature: 1,
        softcap: "Infinity",
        zLoss: 0,
      },
      count: 0,
      sum: [],
      weight: [],
    });
    expect(
      mse
        .accumulator()
        .update([1], [Infinity], { weights: [NaN] })
        .toJSON(),
    ).toMatchObject({ sum: ["NaN"], weight: ["NaN"] });
  });

  test("goes on where it was, in place of what there is", () => {
    const state = JSON.parse(JSON.stringify(huber.accumulator({ delta: Infinity }).update([5], [1])));
    const accumulator = huber.accumulator({ delta: Infinity }).update([NaN], [1]);
    expect(accumulator.fromJSON(state).update([1], [1]).value()).toBe(4);
    expect(huber.accumulator.fromJSON(state).merge(accumulator).value()).toBeCloseTo(16 / 3, 15);
  });

  test("the order of its options does not matter, nor whether defaults are spelt out", () => {
    const state = { ...huber.accumulator().update([2], [1]).toJSON(), options: { reduction: "mean" } };
    expect(huber.accumulator({ delta: 1 }).fromJSON(state).value()).toBe(0.5);
    expect(huber.accumulator().fromJSON({ ...state, options: { reduction: "mean", delta: 1 } }).count).toBe(1);
  });
});
