/** Every public function as calls on named arrays, for tests of where arrays live rather than of what they hold. */

import { expect } from "vitest";
import type { Numbers } from "../src/index";
import { type Precision, typed } from "./available";
import {
  classLosses,
  drawDistributions,
  drawLabels,
  elementActivations,
  type Gradients,
  inputLosses,
  type losses,
  type Options,
  penalties,
  pointwiseLosses,
  rowActivations,
  rowLosses,
} from "./catalogue";
import { axisOf, flattened, rows } from "./classReference";
import { between, draws, type Random, random } from "./random";

type Reals = Float32Array | Float64Array;

/** Arrays by the name of the operand. */
export type Operands = Readonly<Record<string, Numbers>>;

/** A function with operands, and what it returns: the array written to `out`, and the values if it returns those too. */
export interface Call {
  readonly what: string;
  readonly operands: Readonly<Record<string, readonly number[]>>;
  /** Elements of `out`. */
  readonly length: number;
  run(operands: Operands, out?: Reals): { out: Reals; values: Reals | number | undefined };
}

/** The bytes of an array, or of one number; none, of undefined. */
export function bitsOf(x: Reals | number | undefined): Buffer {
  const array = x === undefined ? [] : typeof x === "number" ? Float64Array.of(x) : x;
  return ArrayBuffer.isView(array) ? Buffer.from(array.buffer, array.byteOffset, array.byteLength) : Buffer.alloc(0);
}

/** Operands that hold integers: labels. */
export const isIntegral = (operand: string) => operand === "labels";

/** Operands in arrays of a precision; integral ones in theirs. */
export function arraysOf(operands: Call["operands"], precision: Precision): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(operands).map(([name, numbers]) => [name, isIntegral(name) ? Int32Array.from(numbers) : typed(precision, numbers)]),
  );
}

/** Equality of what two calls returned, by bits: of a million elements, `toEqual` takes seconds. */
export function expectSameResult(got: ReturnType<Call["run"]>, expected: ReturnType<Call["run"]>, what: string): void {
  expect(bitsOf(got.out).equals(bitsOf(expected.out)), `${what}: output`).toBe(true);
  expect(bitsOf(got.values).equals(bitsOf(expected.values)), `${what}: values`).toBe(true);
}

/** The gradient with respect to an input. */
export function gradientOf(gradients: Gradients, input: string): Reals {
  return ArrayBuffer.isView(gradients) ? (gradients as Reals) : (gradients as Readonly<Record<string, Reals>>)[input]!;
}

function lossCall(loss: (typeof losses)[number], name: string, second: string, operands: Call["operands"], options: Options): Call {
  const length = Object.values(operands)[0]!.length;
  return {
    what: `${loss.lossName} ${name}`,
    operands,
    length,
    run(arrays, out) {
      const { prediction, [second]: target, ...rest } = arrays;
      const { value, grad } = loss.valueAndGrad(prediction as Reals, target!, { ...options, ...rest, out });
      return { out: grad, values: value };
    },
  };
}

/** Calls on `samples` rows of `classes`, of everything public; `samples` must be even. */
export function calls(samples: number, classes: number): Call[] {
  const next = random(samples + classes);
  const count = samples * classes;
  const seeds = (length: number) => draws(next, length, (u: Random) => between(u, -2, 2));
  const positive = (length: number) => draws(next, length, (u) => 0.25 + u());
  const list: Call[] = [];

  for (const { loss, prediction, target } of pointwiseLosses) {
    const operands = { prediction: draws(next, count, prediction), target: draws(next, count, target) };
    list.push(lossCall(loss, "mean", "target", operands, {}));
    const shared = { ...operands, weights: positive(count), upstream: seeds(count) };
    list.push(lossCall(loss, "none", "target", shared, { reduction: "none" }));
    if (loss.options.has("posWeight")) list.push(lossCall(loss, "weighted", "target", { ...operands, posWeight: positive(classes) }, {}));
    if (loss.options.has("labelSmoothing")) list.push(lossCall(loss, "smoothed", "target", operands, { labelSmoothing: 0.1 }));
  }

  const layouts: readonly (readonly [string, Options])[] = [
    ["rows", { classes }],
    ["shape", { shape: [2, classes, samples / 2] }],
    ["first axis", { shape: [classes, samples], axis: 0 }],
  ];
  for (const { loss, prediction, distribution, smoothing, classWeights = true } of classLosses) {
    for (const [name, layout] of layouts) {
      const x = draws(next, count, prediction);
      const labels = drawLabels(next, samples, classes).with(1, -100);
      list.push(lossCall(loss, `${name} mean`, "labels", { prediction: x, labels }, layout));
      const byClass: Record<string, number[]> = classWeights ? { classWeights: positive(classes) } : {};
      const shared = { prediction: x, labels, weights: positive(samples), upstream: seeds(samples), ...byClass };
      list.push(lossCall(loss, `${name} none`, "labels", shared, { ...layout, reduction: "none" }));
      if (smoothing) list.push(lossCall(loss, `${name} smoothed`, "labels", shared, { ...layout, reduction: "none", labelSmoothing: 0.1 }));
      if (!distribution) continue;
      const target = drawDistributions(next, samples, classes);
      list.push(lossCall(loss, `${name} distribution`, "target", { prediction: x, target }, layout));
      list.push(lossCall(loss, `${name} weighted distribution`, "target", { prediction: x, target, ...byClass }, layout));
    }
  }

  for (const { loss, prediction, target: draw } of rowLosses) {
    for (const [name, layout] of layouts) {
      const flat =
        name === "rows" ? rows(samples, classes) : name === "shape" ? axisOf([2, classes, samples / 2], 1) : axisOf([classes, samples], 0);
      const target = flattened(
        Array.from({ length: samples }, () => draw(next, classes)),
        flat,
      );
      const operands = { prediction: draws(next, count, prediction), target, weights: positive(samples) };
      list.push(lossCall(loss, `${name} mean`, "target", operands, layout));
      list.push(lossCall(loss, `${name} none`, "target", { ...operands, upstream: seeds(samples) }, { ...layout, reduction: "none" }));
    }
  }

  for (const { loss, name, draw, differentiable, settings } of inputLosses) {
    for (const own of settings) {
      const { operands, options } = draw(next, samples, classes);
      for (const input of differentiable) {
        const run: Call["run"] = (arrays, out) => {
          const outs = differentiable.length === 1 ? out : { [input]: out };
          const { value, grad } = loss.valueAndGrad(...loss.inputs.map((key) => arrays[key]), { ...options, ...own, out: outs });
          return { out: gradientOf(grad, input), values: value };
        };
        list.push({ what: `${name} ${input} ${JSON.stringify(own)}`, operands, length: operands[input]!.length, run });
      }
    }
  }

  for (const activation of [...elementActivations, ...rowActivations]) {
    for (const [name, layout] of elementActivations.includes(activation) ? ([["", {}]] as const) : layouts) {
      const what = `${activation.activationName} ${name}`;
      const x = draws(next, count, (u) => between(u, -8, 8));
      const length = activation(x, layout).length;
      const run: Call["run"] = (arrays, out) => ({ out: activation(arrays.x as Reals, { ...layout, out }), values: undefined });
      list.push({ what, operands: { x }, length, run });
      const backward: Call["run"] = (arrays, out) => ({
        out: activation.grad(arrays.x as Reals, arrays.upstream!, { ...layout, out }),
        values: undefined,
      });
      list.push({ what: `${what} gradient`, operands: { x, upstream: seeds(length) }, length: count, run: backward });
    }
  }

  for (const penalty of penalties) {
    const run: Call["run"] = ({ parameters }, out) => {
      const { value, grad } = penalty.valueAndGrad(parameters as Reals, { lambda: 0.5, out });
      return { out: grad, values: value };
    };
    list.push({ what: penalty.penaltyName, operands: { parameters: seeds(count) }, length: count, run });
  }
  return list;
}
