/** Losses over classes and the softmax family over random data: they equal their textbook formulas, whatever layout and options. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { init } from "../src/index";
import { backends, type Precision, precisions, typed } from "./available";
import { classLosses, drawDistributions, drawLabels, rowActivations } from "./catalogue";
import { axisOf, classFormulas, classResult, flattened, type Layout, rowFormulas, rows, samplesOf } from "./classReference";
import { expectClose } from "./closeness";
import { between, draws, pick, type Random, random } from "./random";

const reductions = ["mean", "sum", "none"] as const;
const listed = (value: number | ArrayLike<number>) => (typeof value === "number" ? [value] : value);

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

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
    test.each(classLosses.map((entry) => [entry.name, entry] as const))("%s equals its formula", (name, entry) => {
      const { loss, smoothing, distribution, classWeights = true, settings = [{}] } = entry;
      fc.assert(
        fc.property(shapes, fc.nat(), fc.boolean(), (shape, seed, bare) => {
          const next = random(seed);
          const { layout, options: where } = laidOut(shape);
          const { classes } = layout;
          const samples = layout.groups * layout.positions;
          const x = typed(precision, draws(next, sizeOf(layout), entry.prediction));
          const labelled = !distribution || pick(next, [true, false]);
          const reduction = pick(next, reductions);
          const ignoreIndex = pick(next, [-100, -1, 0]);
          const labels = drawLabels(next, samples, classes).map((label) =>
            pick(next, [label, label, labelled && !bare ? ignoreIndex : label]),
          );
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
          fc.pre(reduction !== "mean" || expected.usedWeight > 0);
          const options = { ...own, ...setting, ...where, reduction, upstream };
          const given = labelled ? Int32Array.from(labels) : typed(precision, target.distribution!);
          const what = `${name} ${JSON.stringify({ ...layout, ...own, ...setting, reduction, labelled, upstream: upstream !== undefined })}`;
          const both = loss.valueAndGrad(x, given, options);
          expectClose(precision, listed(loss(x, given, { ...options, upstream: undefined })), expected.value, `${what} value`);
          expectClose(precision, listed(both.value), expected.value, `${what} value beside gradient`);
          expectClose(precision, loss.grad(x, given, options), expected.grad, `${what} gradient`);
          expectClose(precision, both.grad, expected.grad, `${what} gradient beside value`);
          if (reduction === "none") return;
          const { weights, ...fixed } = { weights: undefined, ...own, ...setting };
          const accumulator = loss.accumulator({ ...fixed, ...where, reduction }).update(x, given, { weights });
          expectClose(precision, [accumulator.value()], expected.value, `${what} accumulated`);
        }),
        { numRuns: 35 },
      );
    });

    test.each(classLosses.map((entry) => [entry.name, entry] as const))(
      "%s: the mean over no weight is NaN; what is ignored has no gradient",
      (_, entry) => {
        const x = typed(precision, draws(random(1), 6, entry.prediction));
        const ignoring = entry.loss.valueAndGrad(x, [-100, -100]);
        expect(ignoring.value).toBeNaN();
        expect([...ignoring.grad]).toEqual([0, 0, 0, 0, 0, 0]);
        const weightless = entry.loss.valueAndGrad(x, [0, 2], { weights: [0, 0] });
        expect(weightless.value).toBeNaN();
        expect([weightless.grad[0], weightless.grad[5]]).toEqual([NaN, NaN]);
      },
    );

    test.each(rowActivations.map((f) => [f.activationName, f] as const))("%s equals its formula", (name, activation) => {
      const formula = rowFormulas[name]!;
      fc.assert(
        fc.property(shapes, fc.nat(), (shape, seed) => {
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
          expectClose(precision, activation(x, options), flattened(data.map(formula.value), outputs), what);
          const products = data.map((row, sample) => formula.product(row, seeds[sample]!));
          expectClose(precision, activation.grad(x, upstream, options), flattened(products, layout), `${what} gradient`);
        }),
        { numRuns: 35 },
      );
    });

    test.each(classLosses.map((entry) => [entry.name, entry] as const))("%s: rows split anywhere have the same sum", (_, entry) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 60 }), fc.nat(), (samples, classes, seed) => {
          const next = random(seed);
          const x = typed(precision, draws(next, samples * classes, entry.prediction));
          const labels = Int32Array.from(drawLabels(next, samples, classes));
          const cut = Math.floor(next() * samples);
          const sum = (from: number, to: number) =>
            entry.loss(x.subarray(from * classes, to * classes), labels.subarray(from, to), { classes, reduction: "sum" });
          expectClose(precision, [sum(0, cut) + sum(cut, samples)], [{ is: sum(0, samples), added: 0 }], `cut at ${cut} of ${samples}`);
          const each = entry.loss(x, labels, { classes, reduction: "none" });
          const parts = [...entry.loss(x.subarray(0, cut * classes), labels.subarray(0, cut), { classes, reduction: "none" })].concat([
            ...entry.loss(x.subarray(cut * classes), labels.subarray(cut), { classes, reduction: "none" }),
          ]);
          expect([...each]).toEqual(parts);
        }),
        { numRuns: 20 },
      );
    });

    test.each(classLosses.map((entry) => [entry.name, entry] as const))(
      "%s: weights of 0 and ignored labels silence NaN; ones change nothing",
      (_, entry) => {
        fc.assert(
          fc.property(
            fc.integer({ min: 2, max: 30 }),
            fc.integer({ min: 1, max: 40 }),
            fc.nat(),
            fc.constantFrom(...reductions),
            (samples, classes, seed, reduction) => {
              const next = random(seed);
              const x = typed(precision, draws(next, samples * classes, entry.prediction));
              const labels = drawLabels(next, samples, classes);
              const plain = entry.loss.valueAndGrad(x, labels, { classes, reduction });
              const byClass = entry.classWeights === false ? {} : { classWeights: new Array(classes).fill(1) };
              const ones = { weights: new Array(samples).fill(1), ...byClass };
              expect(entry.loss.valueAndGrad(x, labels, { classes, reduction, ...ones })).toEqual(plain);

              const silent = Math.floor(next() * samples);
              const weighted = { classes, reduction, weights: ones.weights.with(silent, 0) };
              const ignoring = labels.with(silent, -100);
              const before = entry.loss.valueAndGrad(x, labels, weighted);
              const left = entry.loss.valueAndGrad(x, ignoring, { classes, reduction });
              x.fill(NaN, silent * classes, (silent + 1) * classes);
              expect(entry.loss.valueAndGrad(x, labels, weighted)).toEqual(before);
              expect(entry.loss.valueAndGrad(x, ignoring, { classes, reduction })).toEqual(left);
              expect(left).toEqual(before);
              expect([...before.grad.subarray(silent * classes, (silent + 1) * classes)]).toEqual(new Array(classes).fill(0));
            },
          ),
          { numRuns: 20 },
        );
      },
    );
  });
});
