/** Losses over classes and the softmax family over random data: they equal their textbook formulas, whatever layout and options. */

import fc from "fast-check";
import { describe, test } from "vitest";
import { init } from "../src/index";
import { backends, type Precision, precisions, typed } from "./available";
import { type ClassEntry, classLosses, drawDistributions, drawLabels, rowActivations } from "./catalogue";
import { axisOf, classFormulas, classResult, flattened, type Layout, rowFormulas, rows, samplesOf } from "./classReference";
import { expectClose } from "./closeness";
import { once } from "./once";
import { between, draws, pick, type Random, random } from "./random";
import { reductions } from "./reference";

/** Few and many classes, around the borders of registers, of the two sweeps and of runs; and shapes with an axis. */
const shapes = fc.oneof(
  fc.record({ samples: fc.integer({ min: 1, max: 12 }), classes: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ samples: fc.constantFrom(1, 2, 5), classes: fc.constantFrom(255, 256, 257, 1000, 1030) }),
  fc.record({ samples: fc.constantFrom(1000, 1025, 4097), classes: fc.constantFrom(2, 3, 4) }),
  fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
    axis: fc.nat(3),
    negative: fc.boolean(),
  }),
  fc.record({ shape: fc.constantFrom([3, 5, 700], [2, 3, 90, 70], [2, 20, 9]), axis: fc.constant(1), negative: fc.boolean() }),
);

type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

/** A layout and the options that say it. */
function laidOut(shape: Shape): { layout: Layout; options: { classes?: number; shape?: readonly number[]; axis?: number } } {
  if ("classes" in shape) return { layout: rows(shape.samples, shape.classes), options: { classes: shape.classes } };
  const axis = Math.min(shape.axis, shape.shape.length - 1);
  return { layout: axisOf(shape.shape, axis), options: { shape: shape.shape, axis: shape.negative ? axis - shape.shape.length : axis } };
}

const sizeOf = ({ groups, classes, positions }: Layout) => groups * classes * positions;
const round = (precision: Precision, numbers: readonly number[]) => [...typed(precision, numbers)];
const weight = (next: Random) => pick(next, [0, next(), 3]);

/** All backends are given the same cases, so that each is drawn, and its result computed by the formula, once. */
const runs = { numRuns: 35, seed: fc.sample(fc.integer(), 1)[0]! };

/** A call of a loss, and what it must return. */
function drawnCall({ name, smoothing, distribution, classWeights = true, settings = [{}], prediction }: ClassEntry, precision: Precision) {
  return (shape: Shape, seed: number, bare: boolean) => {
    const next = random(seed);
    const { layout, options: where } = laidOut(shape);
    const { classes } = layout;
    const samples = layout.groups * layout.positions;
    const x = typed(precision, draws(next, sizeOf(layout), prediction));
    const labelled = !distribution || pick(next, [true, false]);
    const reduction = pick(next, reductions);
    const ignoreIndex = pick(next, [-100, -1, 0]);
    const labels = drawLabels(next, samples, classes).map((label) => pick(next, [label, label, labelled && !bare ? ignoreIndex : label]));
    const shares = samplesOf(round(precision, drawDistributions(next, samples, classes)), rows(samples, classes));
    const target = labelled ? { labels } : { distribution: flattened(shares, layout) };
    const own = bare
      ? { ignoreIndex: -100 }
      : {
          ignoreIndex,
          ...(pick(next, [true, false]) && { weights: round(precision, draws(next, samples, weight)) }),
          ...(classWeights && pick(next, [true, false]) && { classWeights: round(precision, draws(next, classes, weight)) }),
          ...(smoothing && pick(next, [true, false]) && { labelSmoothing: pick(next, [0.1, 1]) }),
        };
    const upstream = bare
      ? undefined
      : reduction === "none"
        ? round(
            precision,
            draws(next, samples, () => between(next, -2, 2)),
          )
        : between(next, -2, 2);
    const setting = pick(next, settings);
    const shared = { ...own, reduction, ...(upstream !== undefined && { upstream }) };
    const expected = classResult(classFormulas[name]!, x, layout, target, shared, setting);
    const options = { ...own, ...setting, ...where, reduction, upstream };
    const given = labelled ? Int32Array.from(labels) : typed(precision, target.distribution!);
    const what = `${name} ${JSON.stringify({ ...layout, ...own, ...setting, reduction, labelled, upstream: upstream !== undefined })}`;

    const { weights, ...fixed } = { weights: undefined, ...own, ...setting };
    return { x, given, options, expected, what, reduction, weights, fixed: { ...fixed, ...where } };
  };
}

describe.each(precisions)("%s", (precision) => {
  describe.each(classLosses.map((entry) => [entry.name, entry] as const))("%s equals its formula", (_, entry) => {
    const { loss } = entry;
    const drawn = once(drawnCall(entry, precision));
    test.each(backends)("%s", async (backend) => {
      await init({ backend });
      fc.assert(
        fc.property(shapes, fc.nat(), fc.boolean(), (shape, seed, bare) => {
          const { x, given, options, expected, what, reduction, weights, fixed } = drawn(shape, seed, bare);
          fc.pre(reduction !== "mean" || expected.usedWeight > 0);
          const both = loss.valueAndGrad(x, given, options);
          expectClose(precision, loss(x, given, { ...options, upstream: undefined }), expected.value, `${what} value`);
          expectClose(precision, both.value, expected.value, `${what} value beside gradient`);
          expectClose(precision, loss.grad(x, given, options), expected.grad, `${what} gradient`);
          expectClose(precision, both.grad, expected.grad, `${what} gradient beside value`);
          if (reduction === "none") return;
          const accumulator = loss.accumulator({ ...fixed, reduction }).update(x, given, { weights });
          expectClose(precision, accumulator.value(), expected.value, `${what} accumulated`);
        }),
        runs,
      );
    });
  });

  describe.each(rowActivations.map((f) => [f.activationName, f] as const))("%s equals its formula", (name, activation) => {
    const formula = rowFormulas[name]!;
    const drawn = once((shape: Shape, seed: number) => {
      const next = random(seed);
      const { layout, options } = laidOut(shape);
      const samples = layout.groups * layout.positions;
      const x = typed(
        precision,
        draws(next, sizeOf(layout), () => between(next, -8, 8)),
      );
      const outputs = formula.reduces ? { ...layout, classes: 1 } : layout;
      const upstream = typed(
        precision,
        draws(next, sizeOf(outputs), () => pick(next, [0, between(next, -2, 2)])),
      );
      const data = samplesOf(x, layout);
      const seeds = samplesOf(upstream, outputs);
      const what = `${name} ${JSON.stringify(layout)} of ${samples}`;

      const products = data.map((row, sample) => formula.product(row, seeds[sample]!));
      const expected = { outputs: flattened(data.map(formula.value), outputs), products: flattened(products, layout) };
      return { x, upstream, options, expected, what };
    });
    test.each(backends)("%s", async (backend) => {
      await init({ backend });
      fc.assert(
        fc.property(shapes, fc.nat(), (shape, seed) => {
          const { x, upstream, options, expected, what } = drawn(shape, seed);
          expectClose(precision, activation(x, options), expected.outputs, what);
          expectClose(precision, activation.grad(x, upstream, options), expected.products, `${what} gradient`);
        }),
        runs,
      );
    });
  });
});
