/** Elementwise functions over random data of ragged lengths: they equal their textbook formulas, however options combine. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { init } from "../src/index";
import { backends, precisions, typed } from "./available";
import { elementActivations, penalties, pointwiseLosses } from "./catalogue";
import { expectClose, expectNumber, near } from "./closeness";
import { activationFormulas, activationSettings, type Formula, formulas, penaltyFormulas } from "./formulas";
import { between, draws, pick, random } from "./random";
import { activationResult, pointwiseResult, reductions, scaled, summed } from "./reference";

/** Lengths around the borders of runs, blocks and tiles, and a seed. */
const sizes = fc.record({
  length: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 70 }) },
    { weight: 1, arbitrary: fc.constantFrom(255, 257, 4095, 4097) },
    { weight: 1, arbitrary: fc.constantFrom(8191, 8192, 8193, 16383, 16384, 16385, 16387) },
  ),
  seed: fc.nat(),
});
const runs = { numRuns: 40 };

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
    test.each(pointwiseLosses.map((entry) => [entry.name, entry] as const))("%s equals its formula", (name, entry) => {
      const { loss, settings } = entry;
      fc.assert(
        fc.property(
          sizes,
          fc.boolean(),
          fc.constantFrom("none", "each", "samples"),
          fc.boolean(),
          ({ length, seed }, seeded, weighting, rows) => {
            const next = random(seed);
            const count = weighting === "samples" || rows ? length - (length % 3) : length;
            const p = typed(precision, draws(next, count, entry.prediction));
            const t = typed(precision, draws(next, count, entry.target));
            const own = { ...pick(next, settings) };
            // Of three labels: along the last axis, or along another one.
            const positions = pick(next, [1, 2, 5]);
            const labelled = "posWeight" in own && rows && count > 0 && count % (3 * positions) === 0;
            if (labelled) {
              own.posWeight = [...typed(precision, draws(next, 3, next))];
              if (positions > 1) own.shape = [count / 3 / positions, 3, positions];
            }
            const reduction = pick(next, reductions);
            const weight = () => pick(next, [0, next(), 3]);
            const drawn = draws(next, weighting === "samples" ? count / 3 : count, weight);
            const weights = weighting === "none" || count === 0 ? undefined : [...typed(precision, drawn)];
            const upstream = !seeded
              ? undefined
              : reduction === "none"
                ? [
                    ...typed(
                      precision,
                      draws(next, count, () => between(next, -2, 2)),
                    ),
                  ]
                : -1.5;
            const expected = pointwiseResult(formulas[name]!, p, t, own, {
              reduction,
              ...(weights && { weights }),
              ...(upstream !== undefined && { upstream }),
            });
            const options = { ...own, reduction, weights, upstream };
            const what = `${name} ${JSON.stringify({ ...own, reduction, weighting, seeded, count })}`;
            const both = loss.valueAndGrad(p, t, options);
            expectClose(precision, loss(p, t, { ...options, upstream: undefined }), expected.value, `${what} value`);
            expectClose(precision, both.value, expected.value, `${what} value beside gradient`);
            expectClose(precision, loss.grad(p, t, options), expected.grad, `${what} gradient`);
            expectClose(precision, both.grad, expected.grad, `${what} gradient beside value`);
            if (reduction === "none") return;
            const accumulator = loss.accumulator({ ...own, reduction }).update(p, t, { weights });
            expectClose(precision, accumulator.value(), expected.value, `${what} accumulated`);
          },
        ),
        runs,
      );
    });

    test.each(pointwiseLosses.map((entry) => [entry.name, entry] as const))("%s: any split of the data has the same sum", (_, entry) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 9000 }), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (length, seed, where) => {
          const next = random(seed);
          const p = typed(precision, draws(next, length, entry.prediction));
          const t = typed(precision, draws(next, length, entry.target));
          const cut = Math.floor(where * length);
          const sum = (from: number, to: number) => entry.loss(p.subarray(from, to), t.subarray(from, to), { reduction: "sum" });
          expectNumber(precision, sum(0, cut) + sum(cut, length), { is: sum(0, length), added: 0 }, `cut at ${cut} of ${length}`);
        }),
        { numRuns: 10 },
      );
    });

    test.each(pointwiseLosses.map((entry) => [entry.name, entry] as const))(
      "%s: a weight of 0 silences NaN, and of 1 changes nothing",
      (_, entry) => {
        fc.assert(
          fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.constantFrom(...reductions), (length, seed, reduction) => {
            const next = random(seed);
            const p = typed(precision, draws(next, length, entry.prediction));
            const t = typed(precision, draws(next, length, entry.target));
            const ones = new Array(length).fill(1);
            const plain = entry.loss.valueAndGrad(p, t, { reduction });
            const weighted = entry.loss.valueAndGrad(p, t, { reduction, weights: ones });
            expectClose(precision, weighted.value, near(plain.value), "value with weights of 1");
            expect(weighted.grad).toEqual(plain.grad);

            const silent = Math.floor(next() * length);
            const weights = ones.with(silent, 0);
            const before = entry.loss.valueAndGrad(p, t, { reduction, weights });
            p[silent] = NaN;
            t[silent] = NaN;
            expect(entry.loss.valueAndGrad(p, t, { reduction, weights })).toEqual(before);
            expect(before.grad[silent]).toBe(0);
          }),
          runs,
        );
      },
    );

    test.each(pointwiseLosses.map((entry) => [entry.name, entry] as const))("%s: NaN comes out where NaN goes in", (name, entry) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.boolean(), (length, seed, inTarget) => {
          const next = random(seed);
          const p = typed(precision, draws(next, length, entry.prediction));
          const t = typed(precision, draws(next, length, entry.target));
          const bad = Math.floor(next() * length);
          (inTarget ? t : p)[bad] = NaN;
          const values = entry.loss(p, t, { reduction: "none" });
          expect(Array.from(values, Number.isNaN)).toEqual(Array.from(values, (_, i) => i === bad));
          const { value, grad } = entry.loss.valueAndGrad(p, t);
          expect(value).toBeNaN();
          const slopeOfNaN = !inTarget && formulas[name]!.slopeOfNaN === true;
          expect(Array.from(grad, Number.isNaN)).toEqual(Array.from(values, (_, i) => i === bad && !slopeOfNaN));
        }),
        runs,
      );
    });

    test.each(penalties.map((penalty) => [penalty.penaltyName, penalty] as const))("%s equals its formula", (name, penalty) => {
      const formula = penaltyFormulas[name]!;
      fc.assert(
        fc.property(sizes, fc.constantFrom(undefined, 0, 0.01, 3), ({ length, seed }, lambda) => {
          const p = typed(
            precision,
            draws(random(seed), length, (next) => between(next, -4, 4)),
          );
          const factor = lambda ?? 1;
          const value = scaled(summed(Array.from(p, (x) => ({ is: formula.value(x, 0, {}), added: 0 }))), factor);
          const grad = Array.from(p, (x) => ({ is: formula.slope(x, 0, {}) * factor, added: 0 }));
          expectNumber(precision, penalty(p, { lambda }), value, name);
          expectClose(precision, penalty.grad(p, { lambda }), grad, `${name} gradient`);
          const both = penalty.valueAndGrad(p, { lambda });
          expectNumber(precision, both.value, value, `${name} beside gradient`);
          expectClose(precision, both.grad, grad, `${name} gradient beside value`);
        }),
        runs,
      );
    });

    test.each(elementActivations.map((f) => [f.activationName, f] as const))("%s equals its formula", (name, activation) => {
      const formula = activationFormulas[name] as Formula;
      fc.assert(
        fc.property(sizes, ({ length, seed }) => {
          const next = random(seed);
          const x = typed(
            precision,
            draws(next, length, () => pick(next, [between(next, -8, 8), between(next, -40, 40), 0])),
          );
          const upstream = typed(
            precision,
            draws(next, length, () => pick(next, [0, between(next, -2, 2)])),
          );
          const options = pick(next, activationSettings[name] ?? [{}]);
          const expected = activationResult(formula, x, upstream, options);
          expectClose(precision, activation(x, options), expected.value, name);
          expectClose(precision, activation.grad(x, upstream, options), expected.grad, `${name} gradient`);
        }),
        runs,
      );
    });
  });
});
