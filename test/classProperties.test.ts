/** Laws of losses over classes over random data: what is ignored or weightless leaves no trace, and rows may be split anywhere. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { GROUP_CLASSES } from "../assembly/kernels/blocks";
import { crossEntropy, init, logSoftmax, logSumExp, softmax, softmin } from "../src/index";
import { backends, precisions, typed } from "./available";
import { bitsOf } from "./calls";
import { classLosses, drawLabels } from "./catalogue";
import { expectClose } from "./closeness";
import { between, draws, random } from "./random";
import { reductions } from "./reference";

/** Numbers of classes on both sides of where rows change from columns to rows by themselves. */
const classCounts = [...Array.from({ length: 40 }, (_, i) => i + 1), GROUP_CLASSES - 1, GROUP_CLASSES, GROUP_CLASSES + 1, 130];
/** Rows of which three are over when registers of them are full. */
const ROWS = 11;

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
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

    test.each(classLosses.filter(({ classWeights }) => classWeights !== false).map((entry) => [entry.name, entry] as const))(
      "%s: the values under none may be written over the class weights",
      (_, entry) => {
        // As many samples as classes, and more of both than a tile holds.
        const size = 150;
        const next = random(5);
        const x = typed(precision, draws(next, size * size, entry.prediction));
        const labels = Int32Array.from(drawLabels(next, size, size));
        const weights = typed(
          precision,
          draws(next, size, (u) => 1 + u()),
        );
        for (const labelSmoothing of entry.smoothing ? [0, 0.1] : [undefined]) {
          const options = { reduction: "none" as const, ...(labelSmoothing !== undefined && { labelSmoothing }) };
          const expected = entry.loss(x, labels, { ...options, classWeights: weights });
          const classWeights = weights.slice();
          expect(entry.loss(x, labels, { ...options, classWeights, out: classWeights })).toEqual(expected);
        }
      },
    );

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
      "%s: a row by itself has the bits it has among others",
      (_, entry) => {
        for (const classes of classCounts) {
          const next = random(classes);
          const x = typed(precision, draws(next, ROWS * classes, entry.prediction));
          const labels = Int32Array.from(drawLabels(next, ROWS, classes));
          const among = entry.loss.valueAndGrad(x, labels, { classes, reduction: "none" });
          for (let row = 0; row < ROWS; row++) {
            const [from, to] = [row * classes, (row + 1) * classes];
            const alone = entry.loss.valueAndGrad(x.subarray(from, to), labels.subarray(row, row + 1), { classes, reduction: "none" });
            expect(bitsOf(alone.value), `value of row ${row} of ${classes}`).toEqual(bitsOf(among.value.subarray(row, row + 1)));
            expect(bitsOf(alone.grad), `gradient of row ${row} of ${classes}`).toEqual(bitsOf(among.grad.subarray(from, to)));
          }
        }
      },
    );

    test.each([softmax, softmin, logSoftmax, logSumExp].map((f) => [f.activationName, f] as const))("%s: so has its output", (_, f) => {
      for (const classes of classCounts) {
        const next = random(classes);
        const x = typed(
          precision,
          draws(next, ROWS * classes, (u) => between(u, -20, 20)),
        );
        const among = f(x, { classes });
        const outputs = among.length / ROWS;
        for (let row = 0; row < ROWS; row++) {
          const alone = f(x.subarray(row * classes, (row + 1) * classes), { classes });
          expect(bitsOf(alone), `row ${row} of ${classes}`).toEqual(bitsOf(among.subarray(row * outputs, (row + 1) * outputs)));
        }
      }
    });

    test.each([softmax, softmin, logSoftmax].map((f) => [f.activationName, f] as const))("%s: so has its gradient", (_, f) => {
      for (const classes of classCounts) {
        const next = random(classes);
        const numbers = () =>
          typed(
            precision,
            draws(next, ROWS * classes, (u) => between(u, -5, 5)),
          );
        const [x, upstream] = [numbers(), numbers()];
        const among = f.grad(x, upstream, { classes });
        for (let row = 0; row < ROWS; row++) {
          const [from, to] = [row * classes, (row + 1) * classes];
          const alone = f.grad(x.subarray(from, to), upstream.subarray(from, to), { classes });
          expect(bitsOf(alone), `row ${row} of ${classes}`).toEqual(bitsOf(among.subarray(from, to)));
        }
      }
    });

    test.each([0, 0.1])("crossEntropy of distributions, smoothed by %f: so have value and gradient", (labelSmoothing) => {
      for (const classes of classCounts) {
        const next = random(classes);
        const x = typed(
          precision,
          draws(next, ROWS * classes, (u) => between(u, -20, 20)),
        );
        const target = typed(
          precision,
          draws(next, ROWS * classes, (u) => between(u, 0, 1)),
        );
        const options = { classes, labelSmoothing, reduction: "none" } as const;
        const among = crossEntropy.valueAndGrad(x, target, options);
        for (let row = 0; row < ROWS; row++) {
          const [from, to] = [row * classes, (row + 1) * classes];
          const alone = crossEntropy.valueAndGrad(x.subarray(from, to), target.subarray(from, to), options);
          expect(bitsOf(alone.value), `value of row ${row} of ${classes}`).toEqual(bitsOf(among.value.subarray(row, row + 1)));
          expect(bitsOf(alone.grad), `gradient of row ${row} of ${classes}`).toEqual(bitsOf(among.grad.subarray(from, to)));
        }
      }
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
