/** Losses with several inputs, of vectors, regions and sequences, over random data: they equal their textbook formulas. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { init } from "../src/index";
import { arrayOf, backends, type Precision, precisions, typed } from "./available";
import { arraysOf, gradientOf } from "./calls";
import { type InputsEntry, inputLosses, type Options } from "./catalogue";
import { type Expected, expectClose, expectNumber, near } from "./closeness";
import { Term } from "./differentiation";
import { inputFormulas } from "./inputFormulas";
import { once } from "./once";
import { between, draws, pick, random } from "./random";
import { reductions, summed } from "./reference";

type Operands = Readonly<Record<string, ArrayLike<number>>>;

/** Inputs of so many samples, in arrays of the precision. */
function drawnOf(entry: InputsEntry, precision: Precision, seed: number, samples: number, size: number) {
  const { operands, options } = entry.draw(random(seed), samples, size);
  return { arrays: arraysOf(operands, precision), options };
}

/** The options that hold for all batches. */
function fixed({ inputLengths: _, targetLengths: __, ...rest }: Options): Options {
  return rest;
}

/** A weighted sum of expected values. */
function summedUp() {
  const terms: Expected[] = [];
  let weights = 0;
  return {
    add({ is, added }: Expected, weight: number, size: number) {
      weights += weight;
      terms.push(weight === 0 ? { is: 0, added: 0 } : { is: (is * weight) / size, added: ((added + Math.abs(is)) * weight) / size });
    },
    count: () => terms.length,
    weight: () => weights,
    over(divisor: number): Expected {
      const { is, added } = summed(terms);
      return { is: is / divisor, added: added / divisor };
    },
  };
}

/** Draws a case: sizes within what the entry says is quick, own options, and arrays of the precision. */
function drawn(entry: InputsEntry, precision: Precision, seed: number) {
  const next = random(seed);
  const [most, widest] = entry.most ?? [12, 40];
  const samples = Math.floor(next() * (most + 1));
  const size = 1 + Math.floor(next() * widest);
  const { operands, options } = entry.draw(next, samples, size);
  return { next, arrays: arraysOf(operands, precision), options: { ...options, ...pick(next, entry.settings) } };
}

/** Expected values of the samples, and the gradients by input, of the factor that the gradient of each sample has. */
function expectedOf(entry: InputsEntry, arrays: Operands, options: Options) {
  const terms = entry.loss.inputs.map((name) => Array.from(arrays[name]!, (x) => new Term(x)));
  const values = inputFormulas[entry.name]!(terms, options);
  return {
    samples: values.length,
    values: values.map((term): Expected => ({ is: term.value, added: term.magnitude })),
    gradients(factors: readonly number[]): Readonly<Record<string, Expected[]>> {
      values.forEach((term, i) => {
        if (factors[i] !== 0) term.differentiate(factors[i]!);
      });
      const of = (name: string) => terms[entry.loss.inputs.indexOf(name)]!.map(({ slope, size }) => ({ is: slope, added: size }));
      return Object.fromEntries(entry.differentiable.map((name) => [name, of(name)]));
    },
  };
}

/** A large case of a loss and what must come out. */
const longCase = once((name: string, precision: Precision, samples: number, size: number) => {
  const entry = inputLosses.find((each) => each.name === name)!;
  const { arrays, options } = drawnOf(entry, precision, size, samples, size);
  const { values, gradients } = expectedOf(entry, arrays, options);
  return { arrays, options, values, expected: gradients(values.map(() => 1)) };
});

/** What the mean divides a sample's value by before it is averaged. */
const sizeOf = ({ targetLengths }: Options, sample: number) => Math.max(1, (targetLengths as number[] | undefined)?.[sample] ?? 1);

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
    const entries = inputLosses.map((entry) => [entry.name, entry] as const);

    test.each(entries)("%s equals its formula", (name, entry) => {
      fc.assert(
        fc.property(fc.nat(), fc.boolean(), fc.boolean(), fc.constantFrom(...reductions), (seed, weighted, seeded, reduction) => {
          const { next, arrays, options: own } = drawn(entry, precision, seed);
          const { samples, values, gradients } = expectedOf(entry, arrays, own);
          const weights = weighted
            ? [
                ...typed(
                  precision,
                  draws(next, samples, () => pick(next, [0, next(), 3])),
                ),
              ]
            : undefined;
          const seeds = draws(next, samples, () => between(next, -2, 2));
          const upstream = !seeded ? undefined : reduction === "none" ? [...typed(precision, seeds)] : -1.5;
          const weightOf = (i: number) => (weights === undefined ? 1 : weights[i]!) / (reduction === "mean" ? sizeOf(own, i) : 1);
          const divisor = reduction !== "mean" ? 1 : weights === undefined ? samples : weights.reduce((a, b) => a + b, 0);
          const terms = values.map(({ is, added }, i) =>
            weightOf(i) === 0 ? { is: 0, added: 0 } : { is: is * weightOf(i), added: added * weightOf(i) },
          );
          const sum = summed(terms);
          const value = reduction === "none" ? terms : [{ is: sum.is / divisor, added: sum.added / divisor }];
          const seedOf = (i: number) => (upstream === undefined ? 1 : typeof upstream === "number" ? upstream : upstream[i]!);
          const grads = gradients(values.map((_, i) => (weightOf(i) === 0 ? 0 : (weightOf(i) * seedOf(i)) / divisor)));

          const inputs = Object.values(arrays);
          const options = { ...own, reduction, weights, upstream };
          const what = `${name} ${JSON.stringify({ ...own, reduction, weights, upstream, samples })}`;
          expectClose(precision, entry.loss(...inputs, { ...options, upstream: undefined }), value, `${what} value`);
          const both = entry.loss.valueAndGrad(...inputs, options);
          expectClose(precision, both.value, value, `${what} value beside gradient`);
          const alone = entry.loss.grad(...inputs, options);
          for (const input of entry.differentiable) {
            const grad = gradientOf(alone, input);
            // The mean over no weight is NaN. So may its gradient be: 0 / 0, unless a sample of no weight is left out before.
            if (divisor === 0) expect(Array.from(grad).filter((g) => g !== 0 && !Number.isNaN(g))).toEqual([]);
            else expectClose(precision, grad, grads[input]!, `${what} gradient of ${input}`);
            expect(gradientOf(both.grad, input), `${what} gradient of ${input} beside value`).toEqual(grad);
          }
        }),
        { numRuns: 60 },
      );
    });

    test.each(entries)("%s: a weight of 0 silences NaN, and of 1 changes nothing", (_, entry) => {
      fc.assert(
        fc.property(fc.nat(), fc.constantFrom(...reductions), (seed, reduction) => {
          const { next, arrays, options: own } = drawn(entry, precision, seed);
          const { samples, gradients } = expectedOf(entry, arrays, own);
          fc.pre(samples >= 2);
          const inputs = () => entry.loss.inputs.map((name) => arrays[name]!);
          const ones = new Array(samples).fill(1);
          const plain = entry.loss.valueAndGrad(...inputs(), { ...own, reduction });
          const weighted = entry.loss.valueAndGrad(...inputs(), { ...own, reduction, weights: ones });
          expectClose(precision, weighted.value, near(plain.value), "value with weights of 1");
          expect(weighted.grad).toEqual(plain.grad);

          const silent = Math.floor(next() * samples);
          const weights = ones.with(silent, 0);
          const before = entry.loss.valueAndGrad(...inputs(), { ...own, reduction, weights });
          // What the sample alone has a slope in is its own.
          const slopes = gradients(ones.map((_, i) => (i === silent ? 1 : 0)));
          const others = expectedOf(entry, arrays, own).gradients(weights);
          const [first] = entry.differentiable;
          const spoilt = entry.meeting ? [first!] : entry.differentiable;
          const spoiltAt: [string, number][] = [];
          for (const input of spoilt) {
            slopes[input]!.forEach(({ added }, i) => {
              if (added === 0 || others[input]![i]!.added !== 0) return;
              spoiltAt.push([input, i]);
              (arrays[input] as Float64Array)[i] = NaN;
            });
          }
          const after = entry.loss.valueAndGrad(...inputs(), { ...own, reduction, weights });
          expect(after).toEqual(before);
          for (const [input, i] of spoiltAt) expect(gradientOf(after.grad, input)[i]).toBe(0);
        }),
        { numRuns: 25 },
      );
    });

    test.each(entries)("%s: NaN comes out where NaN goes in", (_, entry) => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const { next, arrays, options } = drawn(entry, precision, seed);
          const { samples } = expectedOf(entry, arrays, options);
          fc.pre(samples > 0);
          const input = entry.loss.inputs.filter((name) => name !== "target")[Math.floor(next() * entry.differentiable.length)]!;
          const places = Array.from(arrays[input]!, (_number, i) => i).filter((i) => entry.read?.(i, options) ?? true);
          const at = pick(next, places);
          (arrays[input] as Float64Array)[at] = NaN;
          const inputs = Object.values(arrays);
          expect(entry.loss(...inputs, options)).toBeNaN();
          const each = entry.loss(...inputs, { ...options, reduction: "none" }) as Float64Array;
          expect(each.some(Number.isNaN)).toBe(true);
          const grad = gradientOf(entry.loss.grad(...inputs, options), input);
          if (entry.deaf) expect(grad[at]).toBe(0);
          else expect(grad[at]).toBeNaN();
        }),
        { numRuns: 25 },
      );
    });

    test.each(entries)("%s: accumulated in batches it is the loss of the whole", (name, entry) => {
      fc.assert(
        fc.property(fc.nat(), fc.constantFrom("mean" as const, "sum" as const), (seed, reduction) => {
          const own = pick(random(seed), entry.settings);
          const total = summedUp();
          const accumulator = entry.loss.accumulator({ ...fixed(drawnOf(entry, precision, seed, 3, 3).options), ...own, reduction });
          for (const samples of [3, 1]) {
            const { arrays, options } = drawnOf(entry, precision, seed, samples, 3);
            const { values } = expectedOf(entry, arrays, { ...options, ...own });
            const weights = draws(random(seed), values.length, (next) => pick(next, [0, 1, 2.5]));
            const { inputLengths, targetLengths } = options;
            accumulator.update(...Object.values(arrays), { weights, ...(inputLengths !== undefined && { inputLengths, targetLengths }) });
            for (const [i, value] of values.entries()) total.add(value, weights[i]!, reduction === "mean" ? sizeOf(options, i) : 1);
          }
          expect(accumulator.count).toBe(total.count());
          if (reduction === "mean" && total.weight() === 0) expect(accumulator.value()).toBeNaN();
          else expectNumber(precision, accumulator.value(), total.over(reduction === "mean" ? total.weight() : 1), name);
        }),
        { numRuns: 20 },
      );
    });

    test.each(entries)("%s: accumulators merge whether defaults are spelt out or not", (_, { loss, draw }) => {
      const own = fixed(draw(random(1), 2, 3).options);
      const defaults = Object.fromEntries(Object.entries(loss.parameters).map(([name, parameter]) => [name, parameter.default]));
      expect(loss.accumulator(own).merge(loss.accumulator({ ...defaults, ...own })).count).toBe(0);
    });

    // With one differentiable input, `out` is the gradient's place: test/staging.test.ts lays it over inputs.
    const several = entries.filter(([, { differentiable }]) => differentiable.length > 1);
    test.each(several)("%s: the values under none may lie over any input, wholly or in part", (_, entry) => {
      for (const samples of entry.most === undefined ? [5, precision === "f32" ? 20_000 : 10_000] : [5]) {
        const { arrays, options } = drawnOf(entry, precision, 3, samples, 1);
        const expected = entry.loss.valueAndGrad(...Object.values(arrays), { ...options, reduction: "none" });
        const kind = arrayOf[precision];
        for (const name of entry.differentiable) {
          for (const shift of [0, 1, 5]) {
            const numbers = arrays[name] as Float64Array;
            const room = new kind(Math.max(numbers.length, samples) + 6);
            const input = room.subarray(0, numbers.length);
            input.set(numbers);
            const value = room.subarray(shift, shift + samples);
            const inputs = Object.values({ ...arrays, [name]: input });
            const got = entry.loss.valueAndGrad(...inputs, { ...options, reduction: "none", out: { value } });
            expect(got.value).toBe(value);
            expect(got, `${samples} samples, ${shift} past ${name}`).toEqual(expected);
          }
        }
      }
    });

    const streamed = inputLosses.filter(({ most }) => most === undefined).map((entry) => [entry.name, entry] as const);
    test.each(streamed)("%s of vectors longer than a tile, and of more vectors than a tile holds", (name, entry) => {
      for (const [samples, size] of [
        [1, 20000],
        [3, 9001],
        [3000, 4],
      ] as const) {
        const { arrays, options, values, expected } = longCase(name, precision, samples, size);
        const { value, grad } = entry.loss.valueAndGrad(...Object.values(arrays), { ...options, reduction: "none" });
        const what = `${name} of ${samples} by ${size}`;
        expectClose(precision, value as Float64Array, values, what);
        for (const input of entry.differentiable) {
          expectClose(precision, gradientOf(grad, input), expected[input]!, `${what} gradient of ${input}`);
        }
      }
    });
  });
});
