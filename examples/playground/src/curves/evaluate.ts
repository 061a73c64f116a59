/** Values, gradients and curvatures of a curve, as the library gives them. */

import { logSigmoid, logSoftmax, sigmoid, softmax } from "simd-loss";
import type { LossEntry } from "../catalogue";
import { type ClassShape, classTargets, sizeOption, type Takes } from "../shape";
import { type Axis, type Curve, entryOf, shapeOf } from "./model";

export interface Evaluated {
  readonly values: ArrayLike<number>;
  readonly grads: ArrayLike<number>;
  /** Missing where the loss has no second derivative to offer. */
  readonly hessians?: ArrayLike<number>;
}

/**
 * A curve at some abscissas. Derivatives are with respect to the loss's own prediction; in a row of classes, to the entry of
 * the true class.
 */
export function evaluate(curve: Curve, axis: Axis, xs: readonly number[]): Evaluated {
  const entry = entryOf(curve);
  if ("activation" in entry) {
    return {
      values: entry.activation(xs),
      grads: entry.activation.grad(
        xs,
        xs.map(() => 1),
      ),
    };
  }
  const shape = shapeOf(curve);
  if (shape.kind === "classes") return classValues(entry, shape, curve, axis, xs);
  const { loss } = entry;
  const predictions = xs.map((x) => predictionAt(axis, x, shape.kind === "pointwise" ? shape.takes : "number"));
  const targets = xs.map(() => curve.target);
  const options = { ...curve.options, reduction: "none" };
  return {
    values: loss(predictions, targets, options) as Float64Array,
    grads: loss.grad(predictions, targets, options),
    ...curvature(() => loss.gradAndHess?.(predictions, targets, options).hess),
  };
}

/** What a loss is given at an abscissa, if it takes one number. */
function predictionAt(axis: Axis, x: number, takes: Takes): number {
  if (axis === "probability" && takes === "logit") return logitOf(x);
  if (axis === "probability" && takes === "logProbability") return Math.log(x);
  if (axis === "logit" && takes === "logProbability") return logSigmoid([x])[0]!;
  if (axis === "logit" && takes === "probability") return sigmoid([x])[0]!;
  return x;
}

const logitOf = (probability: number) => Math.log(probability) - Math.log1p(-probability);

/** What it is given if it takes a row of classes, of which the first is true and the others are alike. */
function rowAt(axis: Axis, x: number, { takes, independent }: ClassShape, classes: number): readonly number[] | Float64Array {
  if (axis === "probability") {
    const probabilities = Array.from({ length: classes }, (_, c) => (c === 0 ? x : (1 - x) / (classes - 1)));
    return takes === "probability" ? probabilities : probabilities.map(independent ? logitOf : Math.log);
  }
  const logits = Array.from({ length: classes }, (_, c) => (c === 0 ? x : 0));
  if (takes === "logit") return logits;
  return takes === "probability" ? softmax(logits) : logSoftmax(logits);
}

function classValues({ loss }: LossEntry, shape: ClassShape, { classes, options }: Curve, axis: Axis, xs: readonly number[]): Evaluated {
  const target = classTargets(shape, [0], classes);
  const all = { ...options, ...sizeOption(shape, classes), reduction: "sum" };
  const rows = xs.map((x) => rowAt(axis, x, shape, classes));
  return {
    values: rows.map((row) => loss(row, target, all) as number),
    grads: rows.map((row) => loss.grad(row, target, all)[0]!),
    ...curvature(() => (loss.gradAndHess === undefined ? undefined : rows.map((row) => loss.gradAndHess!(row, target, all).hess[0]!))),
  };
}

/** Second derivatives, where a loss has them for what it is given. */
function curvature(hessians: () => ArrayLike<number> | undefined): Pick<Evaluated, "hessians"> {
  try {
    const found = hessians();
    return found === undefined ? {} : { hessians: found };
  } catch {
    return {};
  }
}
