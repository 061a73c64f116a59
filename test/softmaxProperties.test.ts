/** Laws that the softmax family and its losses obey, whatever their formulas: sums, shifts, slices and permutations. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { crossEntropy, init, logSoftmax, logSumExp, softmax } from "../src/index";
import { backends, precisions, typed } from "./available";
import { classLosses, drawDistributions, drawLabels, rowActivations } from "./catalogue";
import { at, axisOf, classFormulas, classResult, flattened, rows, samplesOf } from "./classReference";
import { type Expected, expectClose, near } from "./closeness";
import { between, draws, random } from "./random";

const dimensions = fc.record({ samples: fc.integer({ min: 1, max: 9 }), classes: fc.integer({ min: 1, max: 70 }), seed: fc.nat() });
const cubes = fc.record({
  shape: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9 })),
  seed: fc.nat(),
});
const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);
const logitOf = (next: () => number) => between(next, -8, 8);

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each([2, 10, 16, 17, 100, 250, 1000, 4000])("of %i classes, a confident label's gradient errs little on average", (classes) => {
    const samples = Math.ceil(100_000 / classes);
    const next = random(classes);
    const labels = Int32Array.from(drawLabels(next, samples, classes));
    const x = new Float32Array(draws(next, samples * classes, () => between(next, -2, 2)));
    // The others have 1 to 5 % of the label's exponential, so that the sum's roundings are what is left of 1 - p.
    for (const [row, label] of labels.entries()) x[row * classes + label] = Math.log(classes) + between(next, 3.5, 5);
    const exact = Array.from(labels, (label, row) => {
      const logits = Float64Array.from(x.subarray(row * classes, (row + 1) * classes));
      const others = sum(logits.map((logit, c) => (c === label ? 0 : Math.exp(logit - logits[label]!))));
      return -others / (1 + others);
    });
    // The contract allows two units in the last place of 1 in each. In chains of 16, rows had 0.9 on average, columns 0.7.
    const unit = 2 ** -23;

    test("in rows", () => {
      const grad = crossEntropy.grad(x, labels, { classes, reduction: "sum" });
      const squares = exact.map((is, row) => (grad[row * classes + labels[row]!]! - is) ** 2);
      expect(Math.sqrt(sum(squares) / samples)).toBeLessThan(0.75 * unit);
    });

    test("in columns", () => {
      const columns = Float32Array.from(x, (_, i) => x[(i % samples) * classes + Math.floor(i / samples)]!);
      const grad = crossEntropy.grad(columns, labels, { shape: [1, classes, samples], reduction: "sum" });
      const squares = exact.map((is, row) => (grad[labels[row]! * samples + row]! - is) ** 2);
      expect(Math.sqrt(sum(squares) / samples)).toBeLessThan(0.65 * unit);
    });
  });

  describe.each(precisions)("%s", (precision) => {
    test("softmax rows sum to 1, and so do the exponentials of log-softmax rows", () => {
      fc.assert(
        fc.property(dimensions, ({ samples, classes, seed }) => {
          const x = typed(precision, draws(random(seed), samples * classes, logitOf));
          const ones = near(new Array(samples).fill(1), 1);
          const sums = (y: ArrayLike<number>) => samplesOf(y, rows(samples, classes)).map(sum);
          expectClose(precision, sums(softmax(x, { classes })), ones, "softmax");
          const logs = logSoftmax(x, { classes });
          expectClose(
            precision,
            sums(Float64Array.from(logs, Math.exp)),
            near(
              ones.map(() => 1),
              16,
            ),
            "log-softmax",
          );
        }),
      );
    });

    test("cross-entropy's gradient rows sum to 0", () => {
      fc.assert(
        fc.property(dimensions, fc.boolean(), ({ samples, classes, seed }, labelled) => {
          const next = random(seed);
          const x = typed(precision, draws(next, samples * classes, logitOf));
          const target = labelled
            ? Int32Array.from(drawLabels(next, samples, classes))
            : typed(precision, drawDistributions(next, samples, classes));
          const grad = crossEntropy.grad(x, target, { classes, labelSmoothing: 0.1, reduction: "sum" });
          expectClose(precision, samplesOf(grad, rows(samples, classes)).map(sum), near(new Array(samples).fill(0), 4), "sum by row");
        }),
      );
    });

    test("a shift of a row moves neither softmax nor cross-entropy, and moves log-sum-exp by itself", () => {
      fc.assert(
        fc.property(dimensions, fc.integer({ min: -1000, max: 1000 }), ({ samples, classes, seed }, shift) => {
          const next = random(seed);
          // Eighths: their shifted sums are exact in f32.
          const x = typed(
            precision,
            draws(next, samples * classes, () => Math.round(between(next, -64, 64)) / 8),
          );
          const moved = x.map((logit) => logit + shift);
          const labels = Int32Array.from(drawLabels(next, samples, classes));
          expect(softmax(moved, { classes })).toEqual(softmax(x, { classes }));
          expect(crossEntropy.valueAndGrad(moved, labels, { classes })).toEqual(crossEntropy.valueAndGrad(x, labels, { classes }));
          const expected = Array.from(logSumExp(x, { classes }), (y) => ({ is: y + shift, added: Math.abs(shift) + 12 }));
          expectClose(precision, logSumExp(moved, { classes }), expected, "log-sum-exp");
        }),
      );
    });

    test.each(classLosses.map((entry) => [entry.name, entry] as const))("%s of [N, C, d] is that of its slices' rows", (_, entry) => {
      fc.assert(
        fc.property(cubes, fc.boolean(), ({ shape, seed }, labelled) => {
          const next = random(seed);
          const layout = axisOf(shape, 1);
          const samples = layout.groups * layout.positions;
          const side = rows(samples, layout.classes);
          const x = typed(precision, draws(next, samples * layout.classes, entry.prediction));
          const across = typed(precision, samplesOf(x, layout).flat());
          const labels = Int32Array.from(drawLabels(next, samples, layout.classes));
          const shares = typed(precision, drawDistributions(next, samples, layout.classes));
          const byLabel = labelled || !entry.distribution;
          const target = byLabel ? labels : typed(precision, flattened(samplesOf(shares, side), layout));
          const shaped = entry.loss.valueAndGrad(x, target, { shape, reduction: "none" });
          const flat = entry.loss.valueAndGrad(across, byLabel ? labels : shares, { classes: layout.classes, reduction: "none" });
          // Each order of work may err to its own side, so both are held to the exact result: at the bound that
          // test/oracle/FORMAT.md has for one result, with the magnitude of the numbers that are added.
          const given = byLabel ? { labels: [...labels] } : { distribution: [...shares] };
          const exact = classResult(classFormulas[entry.name]!, across, side, given, { reduction: "none" });
          const bounded = (numbers: readonly Expected[], added: number) => numbers.map(({ is }) => ({ is, added }));
          const values = bounded(exact.value, 16);
          const slopes = bounded(exact.grad, entry.added ?? 1);
          expectClose(precision, flat.value, values, "values of the rows");
          expectClose(precision, shaped.value, values, "values");
          expectClose(precision, flat.grad, slopes, "gradient of the rows");
          expectClose(precision, shaped.grad, flattened(samplesOf(slopes, side), layout), "gradient");
        }),
        // A confident row whose sum once missed the bound.
        { examples: [[{ shape: [3, 16, 9], seed: 1557877648 }, true]] },
      );
    });

    test.each(rowActivations.map((f) => [f.activationName, f] as const))("%s commutes with a permutation of axes", (_, activation) => {
      fc.assert(
        fc.property(cubes, fc.constantFrom(0, 1, 2), ({ shape, seed }, axis) => {
          const [a, b, c] = shape;
          const x = typed(precision, draws(random(seed), a * b * c, logitOf));
          // Axes (0, 1, 2) become (2, 0, 1).
          const turn = (y: ArrayLike<number>, [p, q, r]: readonly number[]) =>
            Array.from({ length: y.length }, (_unused, i) => {
              const [k, rest] = [Math.floor(i / (p! * q!)), i % (p! * q!)];
              return y[Math.floor(rest / q!) * q! * r! + (rest % q!) * r! + k]!;
            });
          const direct = activation(x, { shape, axis });
          const turned = activation(typed(precision, turn(x, shape)), { shape: [c, a, b], axis: (axis + 1) % 3 });
          const outputs = direct.length === x.length ? shape : shape.with(axis, 1);
          expectClose(precision, turned, near(turn(direct, outputs), 16), "outputs");
        }),
      );
    });

    test.each(classLosses.map((entry) => [entry.name, entry] as const))(
      "%s: a permutation of the classes permutes its gradient",
      (_, entry) => {
        fc.assert(
          fc.property(dimensions, ({ samples, classes, seed }) => {
            const next = random(seed);
            const order = drawLabels(next, classes, 1).map((_zero, c) => c);
            order.sort((c, d) => ((c * 7919) % (classes + 13)) - ((d * 7919) % (classes + 13)) || c - d);
            const layout = rows(samples, classes);
            const x = typed(precision, draws(next, samples * classes, entry.prediction));
            const labels = drawLabels(next, samples, classes);
            const weights = draws(next, classes, () => 0.5 + next());
            const permuted = typed(
              precision,
              samplesOf(x, layout).flatMap((row) => order.map((c) => row[c]!)),
            );
            const options = { classes, reduction: "sum" } as const;
            const weighted = (given: readonly number[]) => (entry.classWeights === false ? {} : { classWeights: given });
            const before = entry.loss.valueAndGrad(x, labels, { ...options, ...weighted(weights) });
            const after = entry.loss.valueAndGrad(
              permuted,
              labels.map((label) => order.indexOf(label)),
              { ...options, ...weighted(order.map((c) => weights[c]!)) },
            );
            expectClose(precision, after.value, near(before.value, 32 * samples), "sum");
            const expected = Array.from({ length: x.length }, (_unused, i) => {
              const sample = Math.floor(i / classes);
              return before.grad[at(layout, sample, order[i % classes]!)]!;
            });
            expectClose(precision, after.grad, near(expected, 4), "gradient");
          }),
        );
      },
    );
  });
});
