/** The Hessian diagonal and the report of cross-entropy: difference quotients, published formulas, textbook statistics. */

import { beforeAll, describe, expect, test } from "vitest";
import { crossEntropy, init } from "../src/index";
import { backends, precisions, typed } from "./available";
import { drawDistributions, drawLabels, type Options } from "./catalogue";
import { axisOf, flattened, rows, samplesOf, softmaxOf } from "./classReference";
import { type Expected, expectClose, expectNumber } from "./closeness";
import { between, draws, random } from "./random";

const positive = (seed: number, count: number) => draws(random(seed), count, (u) => 0.25 + u());

/** Options to differentiate with, of 3 samples of 4 classes. */
const variants: readonly Options[] = [
  {},
  { classWeights: positive(1, 4), weights: positive(2, 3) },
  { labelSmoothing: 0.2, classWeights: positive(1, 4) },
  { temperature: 2 },
  { softcap: 3 },
  { zLoss: 0.3, classWeights: positive(1, 4) },
  { zLoss: 0.3, softcap: 3, temperature: 0.5, labelSmoothing: 0.1, weights: [1, 0, 2] },
  { mask: [1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1] },
  { mask: [1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1], labelSmoothing: 0.3, zLoss: 0.1, softcap: 4 },
  { ignoreIndex: 1 },
];

const layouts = [
  [rows(200, 3), { classes: 3 }],
  [rows(40, 1000), { classes: 1000 }],
  [axisOf([2, 30, 300], 1), { shape: [2, 30, 300] }],
] as const;

const six = [2, 1, 0, 0, 3, 1];

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  test.each(variants)("the Hessian is the difference quotient of the gradient, with %j", (variant) => {
    const next = random(5);
    const x = draws(next, 12, (u) => between(u, -3, 3));
    for (const target of [[1, 0, 3], drawDistributions(next, 3, 4)]) {
      for (const reduction of ["mean", "sum"] as const) {
        const options = { ...variant, classes: 4, reduction };
        const { grad, hess } = crossEntropy.gradAndHess(x, target, options);
        expect(grad).toEqual(crossEntropy.grad(x, target, options));
        for (let i = 0; i < x.length; i++) {
          const [above, below] = [1e-5, -1e-5].map((step) => crossEntropy.grad(x.with(i, x[i]! + step), target, options)[i]!);
          expect(hess[i], `element ${i}`).toBeCloseTo((above! - below!) / 2e-5, 8);
        }
      }
    }
  });

  test.each(precisions)("the conventions are the published formulas, in %s", (precision) => {
    for (const [layout, where] of layouts) {
      const { classes } = layout;
      const next = random(classes);
      const samples = layout.groups * layout.positions;
      const x = typed(
        precision,
        draws(next, samples * classes, (u) => between(u, -5, 5)),
      );
      const labels = drawLabels(next, samples, classes);
      const weights = [...typed(precision, positive(classes, samples))];
      const options = { ...where, weights, reduction: "sum" } as const;
      const expected = (of: (p: number) => number) =>
        flattened<Expected>(
          samplesOf(x, layout).map((row, i) => softmaxOf(row).map((p) => ({ is: weights[i]! * of(p), added: 16 * weights[i]! * p }))),
          layout,
        );
      const hessianOf = (hessian: "exact" | "xgboost" | "lightgbm" | "gaussNewton") =>
        crossEntropy.gradAndHess(x, labels, { ...options, hessian }).hess;
      expectClose(
        precision,
        hessianOf("exact"),
        expected((p) => p * (1 - p)),
        "exact",
      );
      expect(hessianOf("gaussNewton")).toEqual(hessianOf("exact"));
      expectClose(
        precision,
        hessianOf("xgboost"),
        expected((p) => Math.max(2 * p * (1 - p), 1e-16)),
        "xgboost",
      );
      expectClose(
        precision,
        hessianOf("lightgbm"),
        expected((p) => (classes / (classes - 1)) * p * (1 - p)),
        "lightgbm",
      );
    }
  });

  test("XGBoost's least Hessian stands where the softmax is 0; Gauss-Newton's is never negative", () => {
    expect([...crossEntropy.gradAndHess([0, 1000], [1], { hessian: "xgboost", reduction: "sum" }).hess]).toEqual([1e-16, 1e-16]);
    const options = { softcap: 1, zLoss: 1, reduction: "sum" } as const;
    const far = [-3, -2, -4];
    expect(Math.min(...crossEntropy.gradAndHess(far, [0], options).hess)).toBeLessThan(0);
    expect(Math.min(...crossEntropy.gradAndHess(far, [0], { ...options, hessian: "gaussNewton" }).hess)).toBeGreaterThanOrEqual(0);
  });

  test("the Hessian is written where it is asked to be, and options are checked", () => {
    const [out, outHess] = [new Float64Array(6), new Float64Array(6)];
    const { grad, hess } = crossEntropy.gradAndHess(six, [0, 1], { out, outHess });
    expect([grad === out, hess === outHess]).toEqual([true, true]);
    const refusal = (options: object) => () => crossEntropy.gradAndHess(six, [0, 1], options);
    expect(refusal({ outHess: new Float64Array(5) })).toThrow(new RangeError("outHess must have 6 elements, got 5"));
    expect(refusal({ hessian: "newton" })).toThrow(
      new TypeError('hessian must be one of exact, xgboost, lightgbm, gaussNewton, got the string "newton"'),
    );
    expect(refusal({ upstream: 2 })).toThrow(TypeError);
  });

  test.each(precisions)("a report is the textbook's statistics, in %s", (precision) => {
    for (const [layout, where] of layouts) {
      const { classes } = layout;
      const next = random(classes);
      const samples = layout.groups * layout.positions;
      const x = typed(
        precision,
        draws(next, samples * classes, (u) => Math.round(between(u, -40, 40)) / 8),
      );
      const labels = drawLabels(next, samples, classes).map((label, i) => (i % 7 === 3 ? -100 : label));
      const weights = [...typed(precision, positive(classes, samples))];
      const report = crossEntropy.report(x, labels, { ...where, weights, topK: 3 });
      const used = samplesOf(x, layout).flatMap((row, i) =>
        labels[i] === -100 ? [] : [{ p: softmaxOf(row), row, label: labels[i]!, w: weights[i]! }],
      );
      const total = used.reduce((sum, { w }) => sum + w, 0);
      const mean = (of: (sample: (typeof used)[number]) => number, of2 = used) =>
        of2.reduce((sum, sample) => sum + sample.w * of(sample), 0);
      const rank = ({ row, label }: (typeof used)[number]) =>
        row.filter((v, c) => v > row[label]! || (v === row[label] && c < label)).length;
      const loss = mean(({ p, label }) => -Math.log(p[label]!)) / total;
      expectNumber(precision, report.loss, { is: loss, added: 16 }, "loss");
      expectNumber(precision, report.perplexity, { is: Math.exp(loss), added: 16 * Math.exp(loss) }, "perplexity");
      expectNumber("f64", report.accuracy, { is: mean((s) => (rank(s) === 0 ? 1 : 0)) / total, added: 1 }, "accuracy");
      expectNumber("f64", report.topKAccuracy, { is: mean((s) => (rank(s) < 3 ? 1 : 0)) / total, added: 1 }, "top-k accuracy");
      const entropy = mean(({ p }) => -p.reduce((sum, q) => sum + q * Math.log(q), 0)) / total;
      expectNumber(precision, report.meanEntropy, { is: entropy, added: 32 }, "entropy");
      expect(report.count).toBe(used.length);
      const byClass = Array.from({ length: classes }, (_, c) => {
        const own = used.filter(({ label }) => label === c);
        return { is: mean(({ p, label }) => -Math.log(p[label]!), own) / own.reduce((sum, { w }) => sum + w, 0), added: 16 };
      });
      expectClose(precision, precision === "f32" ? Float32Array.from(report.perClassLoss) : report.perClassLoss, byClass, "loss by class");
      expect(report.perClassLoss).toBeInstanceOf(Float64Array);
      expectNumber(precision, report.loss, { is: crossEntropy(x, labels, { ...where, weights }), added: 16 }, "the loss itself");
    }
  });

  test("a report counts no NaN as right, and checks its options", () => {
    expect(crossEntropy.report([NaN, 1, 0, 5, 1, 0], [0, 0], { topK: 1 })).toMatchObject({ accuracy: 0.5, topKAccuracy: 0.5, count: 2 });
    expect(crossEntropy.report([1, 2], [-100])).toMatchObject({ loss: NaN, accuracy: NaN, count: 0 });
    expect(crossEntropy.report(six, [0, 1]).topKAccuracy).toBe(1);
    expect(() => crossEntropy.report(six, [0, 1], { topK: 0 })).toThrow(new RangeError("topK must be a whole number of at least 1, got 0"));
    expect(() => crossEntropy.report(six, [0, 1], { weights: [1] })).toThrow(
      new RangeError("weights must have one number for each sample, 2, got 1"),
    );
    expect(() => crossEntropy.report(six, [0, 3])).toThrow(new RangeError("label 3 at index 1 is not a class: there are 3 classes"));
    expect(() => crossEntropy.report(six, [0.5, 0.5, 0, 0, 1, 0], { classes: 3 })).toThrow(
      new RangeError("labels must have one label for each sample, 2, got 6"),
    );
    expect(() => crossEntropy.report(six, [0, 1], { reduction: "sum" } as object)).toThrow(TypeError);
    expect(() => crossEntropy.report(six, [0, 1], null as never)).toThrow(new TypeError("options must be an object, got null"));
  });

  test("in a report, a sample whose classes are all masked has no loss and no entropy", () => {
    const [loss, entropy] = [Math.log1p(Math.E), Math.log1p(Math.E) - Math.E / (1 + Math.E)];
    for (const mask of [[0, 0, 1, 1], new Uint8Array([0, 0, 1, 1])]) {
      const report = crossEntropy.report([1, 2, 4, 3], [0, 1], { mask });
      expect(report.loss).toBeCloseTo(loss / 2, 14);
      expect(report.meanEntropy).toBeCloseTo(entropy / 2, 14);
    }
    // Columns: two samples side by side, of which the first is masked.
    expect(crossEntropy.report([1, 4, 2, 3], [0, 1], { shape: [1, 2, 2], mask: [0, 1, 0, 1] }).meanEntropy).toBeCloseTo(entropy / 2, 14);
    // A masked label leaves the sample its entropy.
    expect(crossEntropy.report([1, 2, 3], [0], { mask: [0, 1, 1] })).toMatchObject({ loss: 0, meanEntropy: expect.closeTo(entropy, 14) });
  });

  test("a NaN at the label is no hit, however many count", () => {
    expect(crossEntropy.report([NaN, 2, 3, 4], [0, 1]).topKAccuracy).toBe(0.5);
  });

  test("gradient and Hessian may not share memory", () => {
    const both = new Float64Array(9);
    expect(() => crossEntropy.gradAndHess(six, [0, 1], { out: both.subarray(0, 6), outHess: both.subarray(3) })).toThrow(
      new RangeError("outHess must not overlap out"),
    );
    expect([...both]).toEqual(new Array(9).fill(0));
  });
});
