/** Gradients against central finite differences of the values, in f64, away from kinks. */

import { beforeAll, describe, expect, test } from "vitest";
import { init } from "../src/index";
import { backends } from "./available";
import { gradientOf, isIntegral } from "./calls";
import {
  activations,
  classLosses,
  drawDistributions,
  drawLabels,
  inputLosses,
  type Options,
  penalties,
  pointwiseLosses,
  rowActivations,
} from "./catalogue";
import { slackOf, smoothPairs, stepAt } from "./differences";
import { activationFormulas, activationSettings, type Formula } from "./formulas";
import { between, draws, random } from "./random";
import { reductions } from "./reference";

/** Fails where the gradient is not the difference quotient of `value`, both relative to the gradient's size. */
function expectSlope(value: (x: Float64Array) => number, x: Float64Array, grad: ArrayLike<number>, what: string): void {
  expect(grad.length).toBe(x.length);
  for (let i = 0; i < x.length; i++) {
    const step = stepAt(x[i]!);
    const [above, below] = [x.with(i, x[i]! + step), x.with(i, x[i]! - step)];
    const quotient = (value(above) - value(below)) / (above[i]! - below[i]!);
    expect(Math.abs(grad[i]! - quotient), `${what}: element ${i} is ${grad[i]}, difference quotient ${quotient}`).toBeLessThan(
      slackOf(quotient, value(x), step),
    );
  }
}

const upstreams = (count: number) => draws(random(count + 1), count, (next) => between(next, -2, 2));

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  test.each(pointwiseLosses.flatMap((entry) => entry.settings.map((options) => [entry.name, options, entry] as const)))(
    "%s %j",
    (name, options, entry) => {
      const next = random(7);
      const { p, t } = smoothPairs(entry, options, next, 23);
      const weights = draws(next, 23, (u) => u() + 0.5);
      for (const reduction of ["mean", "sum"] as const) {
        const all = { ...options, reduction, weights };
        expectSlope((x) => entry.loss(x, t, all), p, entry.loss.grad(p, t, all), `${name} ${reduction}`);
      }
      const upstream = upstreams(23);
      const dot = (x: Float64Array) => entry.loss(x, t, { ...options, reduction: "none" }).reduce((sum, v, i) => sum + v * upstream[i]!, 0);
      expectSlope(dot, p, entry.loss.grad(p, t, { ...options, reduction: "none", upstream }), `${name} none`);
    },
  );

  test.each(inputLosses.flatMap((entry) => entry.settings.map((own) => [entry.name, own, entry] as const)))("%s %j", (name, own, entry) => {
    const next = random(11);
    const { operands, options: drawnOptions } = entry.draw(next, entry.most === undefined ? 6 : 3, 3);
    const through = (x: Float64Array) => entry.through?.(x, drawnOptions) ?? x;
    const inputs = entry.loss.inputs.map((input) => (isIntegral(input) ? operands[input]! : Float64Array.from(operands[input]!)));
    const shared = { ...drawnOptions, ...own };
    const samples = (entry.loss(...inputs, { ...shared, reduction: "none" }) as Float64Array).length;
    const weights = draws(next, samples, (u) => u() + 0.5);
    const upstream = upstreams(samples);
    entry.differentiable.forEach((input) => {
      const place = entry.loss.inputs.indexOf(input);
      for (const reduction of reductions) {
        const options = { ...shared, reduction, weights };
        const value = (x: Float64Array) => {
          const result = entry.loss(...(inputs as unknown[]).with(place, through(x)), options);
          return typeof result === "number" ? result : upstream.reduce((sum, u, i) => sum + u * result[i]!, 0);
        };
        const seeded = reduction === "none" ? { ...options, upstream } : options;
        const grad = gradientOf(entry.loss.grad(...inputs, seeded), input);
        expectSlope(value, inputs[place] as Float64Array, grad, `${name} ${reduction} by ${input}`);
      }
    });
  });

  const variants: readonly Options[] = [{}, { classWeights: true }, { labelSmoothing: 0.2 }, { labelSmoothing: 0.2, classWeights: true }];
  test.each(
    classLosses.flatMap((entry) =>
      variants
        .filter((variant) => entry.smoothing || variant.labelSmoothing === undefined)
        .filter((variant) => entry.classWeights !== false || variant.classWeights === undefined)
        .flatMap((variant) => (entry.settings ?? [{}]).map((setting) => ({ ...setting, ...variant }) as Options))
        .flatMap((variant) => [
          [entry.name, "labels", variant, entry] as const,
          ...(entry.distribution ? [[entry.name, "distribution", variant, entry] as const] : []),
        ]),
    ),
  )("%s of %s %j", (name, target, variant, entry) => {
    for (const [samples, classes] of [
      [4, 3],
      [2, 21],
    ] as const) {
      const next = random(classes);
      const x = Float64Array.from(draws(next, samples * classes, entry.prediction));
      const given =
        target === "labels"
          ? drawLabels(next, samples, classes).with(1, -100)
          : Float64Array.from(drawDistributions(next, samples, classes));
      const options = {
        ...variant,
        classes,
        ...(variant.classWeights === true && { classWeights: draws(next, classes, (u) => u() + 0.5) }),
        weights: draws(next, samples, (u) => u() + 0.5),
      };
      for (const reduction of ["mean", "sum"] as const) {
        const value = (at: Float64Array) => entry.loss(at, given, { ...options, reduction });
        expectSlope(value, x, entry.loss.grad(x, given, { ...options, reduction }), `${name} ${reduction}`);
      }
      const upstream = upstreams(samples);
      const dot = (at: Float64Array) =>
        entry.loss(at, given, { ...options, reduction: "none" }).reduce((sum, v, i) => sum + v * upstream[i]!, 0);
      expectSlope(dot, x, entry.loss.grad(x, given, { ...options, reduction: "none", upstream }), `${name} none`);
    }
  });

  test.each(activations.map((activation) => [activation.activationName, activation] as const))("%s", (name, activation) => {
    const layouts: readonly Options[] = rowActivations.includes(activation)
      ? [{}, { classes: 6 }, { shape: [2, 3, 4] }, { shape: [2, 3, 4], axis: 0 }]
      : (activationSettings[name] ?? [{}]);
    for (const options of layouts) {
      const next = random(3);
      const formula = activationFormulas[name]!;
      const kink = (formula === "rows" ? undefined : (formula as Formula).kink) ?? (() => Infinity);
      const x = Float64Array.from(draws(next, 24, (u) => between(u, -6, 6))).filter((at) => kink(at, 0, options) > 1e-3);
      const upstream = upstreams(activation(x, options).length);
      const dot = (at: Float64Array) => activation(at, options).reduce((sum, y, i) => sum + y * upstream[i]!, 0);
      expectSlope(dot, x, activation.grad(x, upstream, options), `${name} ${JSON.stringify(options)}`);
    }
  });

  test.each(penalties.map((penalty) => [penalty.penaltyName, penalty] as const))("%s", (name, penalty) => {
    const x = Float64Array.from(draws(random(5), 23, (next) => between(next, 0.1, 3) * (next() < 0.5 ? -1 : 1)));
    for (const options of [{}, { lambda: 0.25 }]) expectSlope((at) => penalty(at, options), x, penalty.grad(x, options), name);
  });
});
