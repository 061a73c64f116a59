/** Losses that look at the label's class alone: samples in any number and of any shape, wherever the arrays lie. */

import { beforeAll, describe, expect, test } from "vitest";
import { init, nll } from "../src/index";
import { arrayOf, backends, precisions, typed } from "./available";
import { bitsOf } from "./calls";
import { classLosses, drawLabels } from "./catalogue";
import { axisOf, classFormulas, classResult } from "./classReference";
import { expectClose } from "./closeness";
import { draws, random } from "./random";

/** More samples than a slot of the stage has room for: side by side, and with their classes far apart. */
const shapes = [
  [17_000, 2],
  [3, 2, 6001],
] as const;

const picking = classLosses.filter(({ name }) =>
  classFormulas[name]!.slope([0.2, 0.3, 0.5], [0, 1, 0]).every(({ is }, c) => c === 1 || is === 0),
);

test("there are such losses", () => {
  expect(picking).toHaveLength(3);
});

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  test("nll of certain predictions is 0, not -0", () => {
    for (const rows of [1, 8, 20]) expect(nll(new Float32Array(2 * rows), new Int32Array(rows))).toBe(0);
  });

  describe.each(precisions)("%s", (precision) => {
    describe.each(shapes.map((shape) => [shape.join(" x "), shape] as const))("%s", (_, shape) => {
      const layout = axisOf(shape, 1);
      const samples = layout.groups * layout.positions;

      test.each(picking.map((entry) => [entry.name, entry] as const))("%s equals its formula", (name, entry) => {
        const next = random(samples);
        const x = typed(precision, draws(next, 2 * samples, entry.prediction));
        const labels = drawLabels(next, samples, 2);
        labels[samples - 1] = labels[0] = -100;
        const expected = classResult(classFormulas[name]!, x, layout, { labels });
        const { value, grad } = entry.loss.valueAndGrad(x, labels, { shape });
        expectClose(precision, value, expected.value, `${name} value`);
        expectClose(precision, grad, expected.grad, `${name} gradient`);
      });

      test.each(picking.map((entry) => [entry.name, entry] as const))("%s in place, and over its labels", (_, { loss, prediction }) => {
        const next = random(samples);
        const x = typed(precision, draws(next, 2 * samples, prediction));
        const labels = drawLabels(next, samples, 2);
        const grad = bitsOf(loss.grad(x, labels, { shape }));
        const out = new arrayOf[precision](x.length);
        const over = new Int32Array(out.buffer, 0, samples);
        over.set(labels);
        expect(bitsOf(loss.grad(x, over, { shape, out })).equals(grad)).toBe(true);
        expect(bitsOf(loss.grad(x, labels, { shape, out: x })).equals(grad)).toBe(true);
      });
    });

    test.each(picking.map((entry) => [entry.name, entry] as const))("%s of one class over its weights", (_, { loss, prediction }) => {
      const samples = 17_000;
      const next = random(samples);
      const x = typed(precision, draws(next, samples, prediction));
      const labels = new Int32Array(samples);
      const factors = typed(
        precision,
        draws(next, samples, () => 0.5 + next()),
      );
      for (const option of [{ weights: factors }, { upstream: factors, reduction: "none" as const }]) {
        const grad = bitsOf(loss.grad(x, labels, option));
        const out = factors.slice();
        const same = Object.fromEntries(Object.entries(option).map(([name, value]) => [name, value === factors ? out : value]));
        expect(bitsOf(loss.grad(x, labels, { ...same, out })).equals(grad)).toBe(true);
      }
    });

    test.each(picking.map((entry) => [entry.name, entry] as const))("%s of few samples over its labels", (_, { loss, prediction }) => {
      const next = random(4);
      const x = typed(precision, draws(next, 6, prediction));
      const out = new arrayOf[precision](6);
      const labels = new Int32Array(out.buffer, 0, 2);
      labels.set([2, 1]);
      const { grad } = loss.valueAndGrad(x, [2, 1]);
      expect(bitsOf(loss.grad(x, labels, { out })).equals(bitsOf(grad))).toBe(true);
    });
  });
});
