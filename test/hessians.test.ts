/** Hessian diagonals: against finite differences of the gradients, and against what XGBoost and LightGBM publish of their objectives. */

import { beforeAll, describe, expect, test } from "vitest";
import {
  binaryCrossEntropyWithLogits,
  defineLoss,
  focal,
  gammaDeviance,
  type Hessian,
  halfSquaredError,
  hinge,
  huber,
  init,
  mae,
  mape,
  mse,
  msle,
  poissonNll,
  pseudoHuber,
  quantile,
  tweedie,
} from "../src/index";
import { backends, precisions, typed } from "./available";
import { type AnyLoss, type Options, pointwiseLosses } from "./catalogue";
import { expectClose, near } from "./closeness";
import { slackOf, smoothPairs, stepAt } from "./differences";
import { logistic } from "./pointwiseFormulas";
import { between, draws, pick, type Random, random } from "./random";

type Curved = AnyLoss & {
  gradAndHess(p: ArrayLike<number>, t: ArrayLike<number>, options?: object): { grad: Float64Array; hess: Float64Array };
};

/** A gradient and a Hessian of one element, in the library's own unit. */
interface Objective {
  readonly loss: unknown;
  readonly convention: Hessian;
  readonly options?: Options;
  readonly prediction: (next: Random) => number;
  readonly target: (next: Random) => number;
  readonly grad: (p: number, t: number) => number;
  readonly hess: (p: number, t: number) => number;
  /** Magnitude of what the Hessian adds, where it may cancel. Default 0. */
  readonly added?: (p: number, t: number) => number;
  /** How many times its loss ours is. */
  readonly times?: number;
}

const number = (next: Random) => between(next, -4, 4);
const either = (next: Random) => pick(next, [0, 1]);
const count = (next: Random) => pick(next, [0, 1, 2, 7]);
const positive = (next: Random) => between(next, 0.1, 9);
const sign = (p: number, t: number) => (p > t ? 1 : -1);

/** XGBoost: src/objective/regression_loss.h, regression_obj.cu, hinge.cu, quantile_obj.cu; LightGBM: src/objective/*_objective.hpp. */
const published: Readonly<Record<string, Objective>> = {
  "XGBoost reg:squarederror": {
    loss: halfSquaredError,
    convention: "xgboost",
    prediction: number,
    target: number,
    grad: (p, t) => p - t,
    hess: () => 1,
  },
  "XGBoost reg:squarederror, doubled": {
    loss: mse,
    convention: "xgboost",
    prediction: number,
    target: number,
    grad: (p, t) => p - t,
    hess: () => 1,
    times: 2,
  },
  "XGBoost reg:squaredlogerror": {
    loss: msle,
    convention: "xgboost",
    options: { eps: -1 },
    prediction: positive,
    target: (next) => pick(next, [positive(next), 0]),
    grad: (p, t) => (Math.log1p(p) - Math.log1p(t)) / (p + 1),
    hess: (p, t) => Math.max((-Math.log1p(p) + Math.log1p(t) + 1) / (p + 1) ** 2, 1e-6),
    added: (p, t) => (1 + Math.abs(Math.log1p(p)) + Math.abs(Math.log1p(t))) / (p + 1) ** 2,
    times: 2,
  },
  "XGBoost binary:logistic": {
    loss: binaryCrossEntropyWithLogits,
    convention: "xgboost",
    prediction: (next) => pick(next, [number(next), 45, -45, 700, -700]),
    target: either,
    grad: (x, t) => (t === 1 ? -logistic(-x) : logistic(x)),
    hess: (x) => Math.max(logistic(x) * logistic(-x), 1e-16),
  },
  "XGBoost reg:absoluteerror": {
    loss: mae,
    convention: "xgboost",
    prediction: number,
    target: number,
    grad: sign,
    hess: () => 1,
  },
  "XGBoost reg:quantileerror": {
    loss: quantile,
    convention: "xgboost",
    options: { quantile: 0.8 },
    prediction: number,
    target: number,
    grad: (p, t) => (p >= t ? 1 - 0.8 : -0.8),
    hess: () => 1,
  },
  "XGBoost reg:pseudohubererror": {
    loss: pseudoHuber,
    convention: "xgboost",
    options: { delta: 2 },
    prediction: number,
    target: number,
    grad: (p, t) => (p - t) / Math.sqrt(1 + ((p - t) / 2) ** 2),
    hess: (p, t) => 4 / ((4 + (p - t) ** 2) * Math.sqrt(1 + ((p - t) / 2) ** 2)),
  },
  "XGBoost count:poisson": {
    loss: poissonNll,
    convention: "xgboost",
    prediction: number,
    target: count,
    grad: (x, t) => Math.exp(x) - t,
    hess: (x) => Math.exp(x + 0.7),
  },
  "XGBoost binary:hinge": {
    loss: hinge,
    convention: "xgboost",
    prediction: number,
    target: either,
    grad: (x, t) => (x * (2 * t - 1) < 1 ? -(2 * t - 1) : 0),
    hess: (x, t) => (x * (2 * t - 1) < 1 ? 1 : 1.1754943508222875e-38),
  },
  "LightGBM regression": {
    loss: halfSquaredError,
    convention: "lightgbm",
    prediction: number,
    target: number,
    grad: (p, t) => p - t,
    hess: () => 1,
  },
  "LightGBM regression_l1": {
    loss: mae,
    convention: "lightgbm",
    prediction: number,
    target: number,
    grad: sign,
    hess: () => 1,
  },
  "LightGBM huber": {
    loss: huber,
    convention: "lightgbm",
    options: { delta: 0.75 },
    prediction: number,
    target: number,
    grad: (p, t) => (Math.abs(p - t) <= 0.75 ? p - t : sign(p, t) * 0.75),
    hess: () => 1,
  },
  "LightGBM quantile": {
    loss: quantile,
    convention: "lightgbm",
    options: { quantile: 0.1 },
    prediction: number,
    target: number,
    grad: (p, t) => (p >= t ? 1 - 0.1 : -0.1),
    hess: () => 1,
  },
  "LightGBM mape": {
    loss: mape,
    convention: "lightgbm",
    prediction: number,
    target: (next) => between(next, 1, 9),
    grad: (p, t) => sign(p, t) / Math.max(1, Math.abs(t)),
    hess: () => 1,
    times: 100,
  },
  "LightGBM poisson": {
    loss: poissonNll,
    convention: "lightgbm",
    prediction: number,
    target: count,
    grad: (x, t) => Math.exp(x) - t,
    hess: (x) => Math.exp(x + 0.7),
  },
  "LightGBM binary": {
    loss: binaryCrossEntropyWithLogits,
    convention: "lightgbm",
    prediction: number,
    target: either,
    grad: (x, t) => -(2 * t - 1) / (1 + Math.exp((2 * t - 1) * x)),
    hess: (x, t) => (1 / (1 + Math.exp((2 * t - 1) * x))) * (1 - 1 / (1 + Math.exp((2 * t - 1) * x))),
  },
};

/** The part of the second derivative without the residual, where it is another one. */
const gaussNewton: readonly (readonly [string, unknown, Options, (p: number, t: number) => number])[] = [
  ["msle", msle, {}, (p) => 2 / (1 + p) ** 2],
  ["tweedie", tweedie, { power: 1.5 }, (p) => 2 * p ** -1.5],
  ["tweedie of power 0", tweedie, {}, () => 2],
  ["gammaDeviance", gammaDeviance, {}, (p) => 2 / p ** 2],
  ["huber", huber, {}, (p, t) => (Math.abs(p - t) < 1 ? 1 : 0)],
];

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  test.each(pointwiseLosses.flatMap((entry) => entry.settings.map((options) => [entry.name, options, entry] as const)))(
    "%s %j: the exact Hessian is the difference quotient of the gradient",
    (name, options, entry) => {
      const loss = entry.loss as Curved;
      const next = random(17);
      const { p, t } = smoothPairs(entry, options, next, 23);
      const all = { ...options, reduction: "sum" } as const;
      const { grad, hess } = loss.gradAndHess(p, t, all);
      expect(grad).toEqual(loss.grad(p, t, all));
      expect(hess).toEqual(loss.gradAndHess(p, t, { ...all, hessian: "exact" }).hess);
      const step = p.map(stepAt);
      const above = loss.grad(
        p.map((x, i) => x + step[i]!),
        t,
        all,
      );
      const below = loss.grad(
        p.map((x, i) => x - step[i]!),
        t,
        all,
      );
      for (let i = 0; i < p.length; i++) {
        const quotient = (above[i]! - below[i]!) / (2 * step[i]!);
        const slack = slackOf(quotient, grad[i]!, step[i]!);
        expect(Math.abs(hess[i]! - quotient), `${name} at ${p[i]}, ${t[i]}: ${hess[i]}, quotient ${quotient}`).toBeLessThan(slack);
      }
    },
  );

  describe.each(precisions)("%s", (precision) => {
    test.each(Object.entries(published))("%s", (name, { loss, convention, options, prediction, target, grad, hess, added, times = 1 }) => {
      const next = random(23);
      const p = typed(precision, draws(next, 70, prediction));
      const t = typed(precision, draws(next, 70, target));
      const of = (f: Objective["grad"]) => Array.from(p, (x, i) => times * f(x, t[i]!));
      const sizes = of(added ?? (() => 0));
      const both = (loss as Curved).gradAndHess(p, t, { ...options, reduction: "sum", hessian: convention });
      expectClose(precision, both.grad, near(of(grad)), `${name} gradient`);
      expectClose(
        precision,
        both.hess,
        of(hess).map((is, i) => ({ is, added: sizes[i]! })),
        `${name} Hessian`,
      );
    });

    test("what XGBoost holds the Hessian at is met to its last bit", () => {
      const far = typed(precision, [60, -60, 3000]);
      const { hess } = binaryCrossEntropyWithLogits.gradAndHess(far, [1, 0, 0], { reduction: "sum", hessian: "xgboost" });
      expectClose(precision, hess, near([1e-16, 1e-16, 1e-16]), "logistic");
      const beyond = hinge.gradAndHess(typed(precision, [3]), [1], { reduction: "sum", hessian: "xgboost" });
      expectClose(precision, beyond.hess, near([2 ** -126]), "hinge");
      const small = msle.gradAndHess(typed(precision, [1e5]), [0], { reduction: "sum", hessian: "xgboost" });
      expectClose(precision, small.hess, near([2e-6]), "msle");
    });

    test.each(gaussNewton)("%s: the Gauss-Newton part", (name, loss, options, hess) => {
      const next = random(29);
      const p = typed(precision, draws(next, 70, positive));
      const t = typed(precision, draws(next, 70, positive));
      const got = (loss as Curved).gradAndHess(p, t, { ...options, reduction: "sum", hessian: "gaussNewton" });
      expectClose(precision, got.hess, near(Array.from(p, (x, i) => hess(x, t[i]!))), name);
    });

    test.each(pointwiseLosses.flatMap((entry) => entry.settings.map((options) => [entry.name, options, entry] as const)))(
      "%s %j: the Gauss-Newton part is never negative",
      (_, options, entry) => {
        const next = random(31);
        const p = typed(precision, draws(next, 200, entry.prediction));
        const t = typed(precision, draws(next, 200, entry.target));
        const { hess } = (entry.loss as Curved).gradAndHess(p, t, { ...options, reduction: "sum", hessian: "gaussNewton" });
        expect(Array.from(hess).filter((h) => !(h >= 0))).toEqual([]);
      },
    );
  });

  test("a mean, weights and outHess", () => {
    const outHess = new Float64Array(2);
    const { hess } = mse.gradAndHess([1, 2], [0, 0], { weights: [1, 3], outHess });
    expect(hess).toBe(outHess);
    expect([...hess]).toEqual([0.5, 1.5]);
    expect([...quantile.gradAndHess([1, NaN], [0, 0], { weights: [2, 0], hessian: "xgboost" }).hess]).toEqual([1, 0]);
    expect(focal.gradAndHess([3], [0], { hessian: "gaussNewton", gamma: 5 }).hess[0]).toBeGreaterThanOrEqual(0);
  });

  test("a user's own loss without hess has no Hessian, and says so before anything is computed", () => {
    const straight = defineLoss({
      name: "straight",
      value: () => {
        throw new Error("computed");
      },
      grad: () => {
        throw new Error("computed");
      },
    });
    const message = "gradAndHess needs hess in the definition of straight, got none";
    expect(() => straight.gradAndHess([1], [1])).toThrow(new TypeError(message));
    expect(() => straight.gradAndHess([1], [1, 2])).toThrow(new TypeError(message));
    const curved = defineLoss({ value: (p, t) => (p - t) ** 4, grad: (p, t) => 4 * (p - t) ** 3, hess: (p, t) => 12 * (p - t) ** 2 });
    expect([...curved.gradAndHess([3], [1]).hess]).toEqual([48]);
  });

  test("gradient and Hessian may not share memory", () => {
    const room = new Float64Array(5);
    const refused = new RangeError("outHess must not overlap out");
    for (const outHess of [room.subarray(0, 3), room.subarray(2)]) {
      expect(() => mse.gradAndHess([1, 2, 3], [0, 0, 0], { out: room.subarray(0, 3), outHess })).toThrow(refused);
    }
    expect([...room]).toEqual([0, 0, 0, 0, 0]);
    const { grad, hess } = mse.gradAndHess([1, 2], [0, 0], { out: room.subarray(0, 2), outHess: room.subarray(2, 4), reduction: "sum" });
    expect([...grad, ...hess]).toEqual([2, 4, 2, 2]);
  });

  test("a Hessian that does not exist", () => {
    expect(() => mse.gradAndHess([1], [1], { hessian: "newton" as never })).toThrow(
      new TypeError('hessian must be one of exact, xgboost, lightgbm, gaussNewton, got the string "newton"'),
    );
  });
});
