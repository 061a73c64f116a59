/** Losses element by element where textbook formulas lose their digits, overflow or end: against 60 digits, or limits known by hand. */

import Decimal from "decimal.js";
import { beforeAll, describe, expect, test } from "vitest";
import {
  focal,
  gammaDeviance,
  hinge,
  hingeEmbedding,
  init,
  klDivergence,
  l1Penalty,
  logCosh,
  mae,
  msle,
  poissonNll,
  pseudoHuber,
  quantile,
  type Reals,
  softMargin,
  squaredHinge,
  tweedie,
} from "../src/index";
import { backends, precisions, typed } from "./available";
import { expectClose } from "./closeness";
import { once } from "./once";
import { between, draws, pick, random } from "./random";

const Exact = Decimal.clone({ precision: 60 });

/** A number to its last bit: made of a number, Decimal takes the shortest text. */
function exact(x: number): Decimal {
  const scale = x === 0 ? 0 : 52 - Math.floor(Math.log2(Math.abs(x)));
  return new Exact(x * 2 ** scale).div(new Exact(2).pow(scale));
}

/** The Tweedie deviance. */
const deviance = once((p: number, y: number, power: number): number => {
  const [mean, target, k] = [exact(p), exact(y), exact(power)];
  const least = Exact.max(target, 0);
  if (power === 0) return target.sub(mean).pow(2).toNumber();
  if (power === 1) {
    const ratio = least.isZero() ? least : target.mul(target.div(mean).ln());
    return ratio.sub(target).add(mean).mul(2).toNumber();
  }
  if (power === 2) return mean.div(target).ln().add(target.div(mean)).sub(1).mul(2).toNumber();
  const [one, two] = [k.neg().add(1), k.neg().add(2)];
  const first = least.isZero() ? least : least.pow(two).div(one.mul(two));
  return first
    .sub(target.mul(mean.pow(one)).div(one))
    .add(mean.pow(two).div(two))
    .mul(2)
    .toNumber();
});

const pseudo = (d: number, delta: number) => exact(d).div(delta).pow(2).add(1).sqrt().sub(1).mul(delta).mul(delta).toNumber();

const lnCosh = (d: number) =>
  new Exact(Math.min(Math.abs(d), 500))
    .cosh()
    .ln()
    .add(Math.max(Math.abs(d) - 500, 0))
    .toNumber();

/** log(1 + p) - log(1 + t). */
const logRatio = (p: number, t: number) => exact(p).add(1).div(exact(t).add(1)).ln().toNumber();

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
    const pairs = (p: readonly number[], t: readonly number[]) => [typed(precision, p), typed(precision, t)] as const;
    const each = { reduction: "none" } as const;
    const expected = (p: Reals, t: Reals, of: (p: number, t: number) => number) =>
      Array.from(p, (x, i) => ({ is: of(x, t[i]!), added: 0 }));

    test.each([2 ** 127, -(2 ** 127), 2 ** 100, -(2 ** 104), -3, 0, Infinity, NaN])(
      "mae's gradient is the upstream gradient %d, however small the errors",
      (upstream) => {
        const least = precision === "f32" ? 2 ** -149 : Number.MIN_VALUE;
        const errors = Array.from({ length: 3 }, () => [1, -3, 0, least, -least, 2 ** -126, Infinity, NaN, -1]).flat();
        const [p, t] = pairs(
          errors,
          errors.map(() => 0),
        );
        expect(Array.from(mae.grad(p, t, { reduction: "sum", upstream }))).toEqual(errors.map((error) => Math.sign(error) * upstream));
      },
    );

    test.each([0, 2, 2 ** 100, 2 ** 127, Infinity])("l1Penalty's gradient is the sign times a lambda of %d", (lambda) => {
      const parameters = [1, -3, 0, precision === "f32" ? 2 ** -149 : Number.MIN_VALUE, NaN];
      const gradient = l1Penalty.grad(typed(precision, parameters), { lambda });
      expect(Array.from(gradient)).toEqual(parameters.map((parameter) => Math.sign(parameter) * lambda));
    });

    test.each([0, 1, 1.25, 1.5, 2, 2.5, 3, -1, -2.5])("tweedie of power %d keeps its digits where the mean is near the target", (power) => {
      const next = random(37);
      const means = draws(next, 300, () => between(next, 0.3, 15));
      const near = means.map((mean) => mean * (1 + pick(next, [1e-5, 1e-3, 0.05, 0.3, 3]) * between(next, -0.3, 1)));
      const [p, t] = pairs(means, near);
      // The power and the cancelling terms of the formula add up to that many roundings.
      const roundings = 2 + 2 * Math.abs(1 - power);
      const reference = expected(p, t, (x, y) => deviance(x, y, power)).map(({ is }) => ({ is, added: roundings * is }));
      expectClose(precision, tweedie(p, t, { power, ...each }), reference, "deviance");
      if (power === 2) expectClose(precision, gammaDeviance(p, t, each), reference, "gamma deviance");
    });

    test.each([1, 1.25, 1.5, 2, 2.5])("tweedie of power %d over many orders of magnitude", (power) => {
      const next = random(41);
      const wide = () => 10 ** between(next, -6, 6);
      const [p, t] = pairs(draws(next, 300, wide), draws(next, 300, wide));
      const reference = expected(p, t, (x, y) => deviance(x, y, power)).map(({ is }) => ({ is, added: 8 * is }));
      expectClose(precision, tweedie(p, t, { power, ...each }), reference, "deviance");
      const slopes = expected(p, t, (x, y) => 2 * (x - y) * x ** -power).map(({ is }) => ({ is, added: 2 * Math.abs(is) }));
      expectClose(precision, tweedie.grad(p, t, { power, reduction: "sum" }), slopes, "gradient");
    });

    test("tweedie of targets that are 0 or below, and outside its domain", () => {
      for (const power of [1, 1.5, -1, -0.5]) {
        const [p, t] = pairs([1.5, 4, 0.25], [0, 0, power < 0 ? -2 : 0]);
        const reference = expected(p, t, (x, y) => deviance(x, y, power));
        expectClose(precision, tweedie(p, t, { power, ...each }), reference, `power ${power}`);
      }
      const [p, t] = pairs([2, 2, -1], [-1, -0.25, 2]);
      for (const power of [1, 1.5, 2, 3]) {
        expect([...tweedie(p, t, { power, ...each })], `power ${power}`).toEqual([NaN, NaN, NaN]);
        expect(tweedie.grad(p, t, { power })[2]).toBeNaN();
      }
      for (const power of [2, 3]) expect(Number.isFinite(tweedie([1], [0], { power }))).toBe(false);
    });

    test("focal keeps its digits however certain the logit is", () => {
      const logits = precision === "f32" ? [-1, -20, -29, 1, 20, 29] : [-1, -50, -90, -105, 1, 90, 105];
      const targets = logits.map((x) => Number(x > 0));
      const [x, t] = pairs(logits, targets);
      for (const gamma of [0.5, 2]) {
        // With e = e^-|x|: the loss is u^gamma log(1 + e), u = e / (1 + e).
        const terms = logits.map((logit) => {
          const e = exact(-Math.abs(logit)).exp();
          const [u, loss] = [e.div(e.add(1)), e.add(1).ln()];
          return { u, loss, sign: Math.sign(logit) };
        });
        const value = terms.map(({ u, loss }) => ({ is: u.pow(gamma).mul(loss).toNumber(), added: 0 }));
        const slope = terms.map(({ u, loss, sign }) => {
          const certain = exact(1).sub(u);
          const size = u.pow(gamma).mul(certain.mul(gamma).mul(loss).add(u));
          return { is: -sign * size.toNumber(), added: 0 };
        });
        expectClose(precision, focal(x, t, { gamma, alpha: -1, ...each }), value, "value");
        expectClose(precision, focal.grad(x, t, { gamma, alpha: -1, reduction: "sum" }), slope, "gradient");
      }
    });

    test("focal of an infinite logit has the limit's gradient and Hessian", () => {
      const [x, t] = pairs([Infinity, -Infinity, Infinity, -Infinity], [0, 1, 1, 0]);
      const { grad, hess } = focal.gradAndHess(x, t, { reduction: "sum" });
      expect([...grad].map(Math.abs)).toEqual([0.75, 0.25, 0, 0]);
      expect([...grad].map(Math.sign)).toEqual([1, -1, expect.closeTo(0), expect.closeTo(0)]);
      expect([...hess].map(Math.abs)).toEqual([0, 0, 0, 0]);
      expect([...focal(x, t, each)]).toEqual([Infinity, Infinity, 0, 0]);
    });

    test("logCosh from tiny errors to large ones", () => {
      const [p, t] = pairs([1e-18, 1e-6, 0.01, 0.3, 0.999, 1, 1.001, 5, 30, 80, 400, 1e30, -1e-6, -7, -1e30], new Array(15).fill(0));
      expectClose(precision, logCosh(p, t, each), expected(p, t, lnCosh), "value");
      expectClose(precision, logCosh.grad(p, t, { reduction: "sum" }), expected(p, t, Math.tanh), "gradient");
      const { hess } = logCosh.gradAndHess(p, t, { reduction: "sum" });
      expectClose(precision, hess.subarray(0, 9), expected(p, t, (d) => Math.cosh(d) ** -2).slice(0, 9), "Hessian");
    });

    test("pseudoHuber from tiny errors to infinite ones", () => {
      for (const delta of [1, 0.125, 64]) {
        const [p, t] = pairs([1e-15, 1e-4, 0.5, 3, 1e4, 1e30, -1e-4, -1e30], new Array(8).fill(0));
        expectClose(
          precision,
          pseudoHuber(p, t, { delta, ...each }),
          expected(p, t, (d) => pseudo(d, delta)),
          `delta ${delta}`,
        );
      }
      expect(pseudoHuber.valueAndGrad(typed(precision, [Infinity, -Infinity]), [0, 0], { delta: 2, reduction: "sum" })).toEqual({
        value: Infinity,
        grad: typed(precision, [2, -2]),
      });
    });

    test("msle of near and of far numbers", () => {
      const [p, t] = pairs([1.000001, 5, 1e-6, 1e30, 0, 1e-7, 3], [1, 5.00001, 2e-6, 0.001, 1e30, 1e20, 3]);
      expectClose(
        precision,
        msle(p, t, { eps: 0, ...each }),
        expected(p, t, (x, y) => logRatio(x, y) ** 2),
        "value",
      );
      const held = msle.valueAndGrad(typed(precision, [-2, 0.25]), [1, -3], { eps: 0, reduction: "none" });
      expectClose(
        precision,
        held.value,
        [Math.LN2 ** 2, Math.log(1.25) ** 2].map((is) => ({ is, added: 0 })),
        "held",
      );
      expect(held.grad[0]! + 0).toBe(0);
    });

    test("focal and softMargin of logits on the wrong side, far on the right one, and infinite", () => {
      const far = typed(precision, [1e4, -1e4, 1e4, -1e4, 0]);
      const certain = focal.valueAndGrad(far, [1, 0, 0, 1, 1], { reduction: "none" });
      expectClose(
        precision,
        certain.value,
        [0, 0, 7500, 2500, Math.LN2 / 16].map((is) => ({ is, added: 0 })),
        "focal",
      );
      expectClose(
        precision,
        certain.grad,
        [0, 0, 0.75, -0.25, -(Math.LN2 + 0.5) / 16].map((is) => ({ is, added: 0.1 })),
        "focal's gradient",
      );
      const margins = softMargin.valueAndGrad(far, [1, -1, -1, 1, 1], { reduction: "none" });
      expectClose(
        precision,
        margins.value,
        [0, 0, 1e4, 1e4, Math.LN2].map((is) => ({ is, added: 0 })),
        "soft margin",
      );
      expectClose(
        precision,
        margins.grad,
        [0, 0, 1, -1, -0.5].map((is) => ({ is, added: 0 })),
        "soft margin's gradient",
      );
      expect([...softMargin(typed(precision, [Infinity, -Infinity]), [1, 1], each)]).toEqual([0, Infinity]);
      const tiny = focal(typed(precision, [20]), [1], { gamma: 1, alpha: -1 });
      expectClose(precision, [tiny], [{ is: (Math.exp(-20) / (1 + Math.exp(-20))) * Math.log1p(Math.exp(-20)), added: 0 }], "certain");
    });

    test("hinges at the margin, beyond it, and of infinite scores", () => {
      const scores = typed(precision, [1, -1, 1, Infinity, -Infinity, 1e15]);
      const targets = [1, -1, 0, 1, 1, 1];
      expect([...hinge(scores, targets, each)]).toEqual([0, 0, 2, 0, Infinity, 0]);
      expect([...hinge.grad(scores, targets, { reduction: "sum" })].map((g) => g + 0)).toEqual([-1, 1, 1, 0, -1, 0]);
      expect([...squaredHinge(scores, targets, each)]).toEqual([0, 0, 4, 0, Infinity, 0]);
      const distances = typed(precision, [1, 1, 0, 2]);
      const embedded = hingeEmbedding.valueAndGrad(distances, [-1, 1, -1, -1], { reduction: "none" });
      expect([...embedded.value]).toEqual([0, 1, 1, 0]);
      expect([...embedded.grad]).toEqual([-1, 1, -1, 0]);
      expect([...quantile.grad(typed(precision, [1]), [1], { quantile: 0.9 })]).toEqual([0]);
    });

    test("klDivergence of masked classes, and by batch", () => {
      const x = typed(precision, [-Infinity, -1, -0.5, -Infinity]);
      expect([...klDivergence(x, [0, 1, 0, 0.5], each)]).toEqual([0, 1, 0, Infinity]);
      expect([...klDivergence(x, [-Infinity, 0, -Infinity, -1], { logTarget: true, ...each })]).toEqual([0, 1, 0, Infinity]);
      const given = [0.25, 0.75, 0.5, 0.5];
      const logs = typed(precision, [-1, -2, -3, -0.5]);
      const sum = klDivergence(logs, given, { reduction: "sum" });
      for (const shape of [{ classes: 2 }, { shape: [2, 2] }, { shape: [2, 1, 2] }]) {
        const { value, grad } = klDivergence.valueAndGrad(logs, given, { reduction: "batchMean", ...shape });
        expect(value).toBe(sum / 2);
        expect([...grad]).toEqual([-0.125, -0.375, -0.25, -0.25]);
        expect(klDivergence(logs, given, { reduction: "batchMean", ...shape })).toBe(value);
      }
      expect(klDivergence(logs, given, { reduction: "batchMean", classes: 1 })).toBe(sum / 4);
      expect(klDivergence(typed(precision, []), [], { reduction: "batchMean", shape: [0, 3] })).toBeNaN();
    });

    test("poissonNll adds Stirling's terms above 1 alone", () => {
      const logs = typed(precision, [0.5, 0.25, 1.5, 2]);
      const counts = [0, 1, 1.5, 6];
      const without = poissonNll(logs, counts, each);
      const added = Array.from(poissonNll(logs, counts, { full: true, ...each }), (value, i) => value - without[i]!);
      const terms = counts.map((t) => (t > 1 ? t * Math.log(t) - t + Math.log(2 * Math.PI * t) / 2 : 0));
      expectClose(
        precision,
        added,
        terms.map((is) => ({ is, added: 8 })),
        "Stirling",
      );
      expect(poissonNll(typed(precision, [-Infinity]), [0])).toBe(0);
      expect(poissonNll(typed(precision, [-Infinity]), [2])).toBe(Infinity);
    });
  });
});
