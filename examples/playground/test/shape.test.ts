/** How losses that the page has never heard of are drawn: by what they do when tried. */

import { cosineSimilarity, crossEntropy, defineLoss, infoNce, klDivergence, multilabelMargin, nll } from "simd-loss";
import { expect, test } from "vitest";
import type { AnyLoss } from "../src/catalogue";
import { shapeOf } from "../src/shape";

type Formula = (p: number, t: number) => number;
const made = (value: Formula) => defineLoss({ value, grad: () => 0 }) as unknown as AnyLoss;
const regression = { formula: "", groups: ["regression"] };
const binary = { formula: "of p and t", groups: ["binary"] };

test("a loss of any numbers", () => {
  const shape = shapeOf(
    made((p, t) => (p - t) ** 4),
    regression,
  );
  expect(shape).toMatchObject({ kind: "pointwise", takes: "number", prediction: { min: -4, max: 4 }, target: { min: -4, max: 4 } });
});

test("a loss of positive predictions and counts is drawn where it is defined", () => {
  const shape = shapeOf(
    made((p, t) => (t < 0 ? NaN : p - t * Math.log(p))),
    regression,
  );
  expect(shape).toMatchObject({ kind: "pointwise", takes: "number", prediction: { min: 0.01, max: 4 }, target: { min: 0, max: 4 } });
});

test("a loss that begins beyond -1", () => {
  const shape = shapeOf(
    made((p, t) => (Math.log1p(p) - Math.log1p(t)) ** 2),
    regression,
  );
  expect(shape).toMatchObject({ takes: "number", prediction: { min: -0.99, max: 4 }, target: { min: 0, max: 4 } });
});

test("a yes or no by probability, by logit, by score", () => {
  const logarithmic = made((p, t) => -t * Math.log(p) - (1 - t) * Math.log(1 - p));
  expect(shapeOf(logarithmic, binary)).toMatchObject({ takes: "probability", target: { min: 0, max: 1 } });
  const quadratic = made((p, t) => (p - t) ** 2);
  expect(shapeOf(quadratic, binary)).toMatchObject({ takes: "probability", prediction: { min: 0, max: 1 }, target: { min: 0, max: 1 } });
  const logit = made((x, t) => Math.log1p(Math.exp(x)) - t * x);
  expect(shapeOf(logit, { ...binary, formula: "of x and t" })).toMatchObject({ takes: "logit", target: { min: 0, max: 1 } });
  const hinge = made((p, t) => Math.max(0, 1 - t * p));
  expect(shapeOf(hinge, binary)).toMatchObject({ takes: "logit", prediction: { min: -4, max: 4 }, target: { min: -1, max: 1 } });
  const graded = made((x, t) => (1 + t) * Math.log1p(Math.exp(-x)) + (1 - t) * Math.log1p(Math.exp(x)));
  expect(shapeOf(graded, binary)).toMatchObject({ takes: "logit", target: { min: -1, max: 1 } });
});

test("a loss of numbers of one sign is drawn for positive ones", () => {
  const shape = shapeOf(
    made((p, t) => Math.log(p / t) + t / p - 1),
    regression,
  );
  expect(shape).toMatchObject({ takes: "number", prediction: { min: 0.01, max: 4 }, target: { min: 0.1, max: 4 } });
});

test("a term of a sum over classes, by log-probability", () => {
  const loss = klDivergence as unknown as AnyLoss;
  expect(shapeOf(loss, binary)).toMatchObject({ kind: "pointwise", takes: "logProbability", target: { min: 0, max: 1 } });
  expect(shapeOf(loss, binary, { logTarget: true })).toMatchObject({ takes: "logProbability", target: { max: 0 } });
});

test("a loss over classes", () => {
  expect(shapeOf(crossEntropy as unknown as AnyLoss, binary)).toMatchObject({ kind: "classes", takes: "logit", by: "label" });
  expect(shapeOf(nll as unknown as AnyLoss, binary)).toMatchObject({ kind: "classes", takes: "logProbability" });
  expect(shapeOf(multilabelMargin as unknown as AnyLoss, binary)).toMatchObject({ takes: "logit", by: "labels", sizedBy: "classes" });
  expect(shapeOf(cosineSimilarity as unknown as AnyLoss, binary)).toMatchObject({ by: "distribution", sizedBy: "dimensions" });
});

test("what is no curve of one number is left out", () => {
  const facts = { lossName: "odd", options: new Set<string>(), parameters: {} };
  const throwing = Object.assign(() => {
    throw new TypeError("negatives must be given");
  }, facts) as unknown as AnyLoss;
  expect(shapeOf(throwing, regression)).toBeUndefined();
  const ofTheWhole = Object.assign((p: readonly number[]) => new Float64Array(p.length).fill(p.reduce((a, b) => a + b, 0)), facts);
  expect(shapeOf(ofTheWhole as unknown as AnyLoss, regression)).toBeUndefined();
  // A lone row is compared with no other.
  expect(shapeOf(infoNce as unknown as AnyLoss, regression)).toBeUndefined();
  const undefinedEverywhere = made(() => NaN);
  expect(shapeOf(undefinedEverywhere, regression)).toBeUndefined();
});
