/** Any drawable loss as the objective of a network of logits: the right target, and the right function between. */

import { logSoftmax, sigmoid, softmax } from "simd-loss";
import type { LossEntry } from "../catalogue";
import { classTargets, sizeOption } from "../shape";

export interface Objective {
  (logits: Float32Array, labels: Int32Array): number;
  valueAndGrad(logits: Float32Array, labels: Int32Array, options: { out: Float32Array }): { value: number; grad: Float32Array };
}

/** The steepest that a loss may be at an ordinary error, to be learnt from with rates below 1. */
const STEEPEST = 20;

/** Far out: where a loss below 0 shows that it has no least value. */
const FAR = 1000;

/** Whether a network can learn digits from a loss. */
export function isObjective({ loss, shape }: LossEntry): boolean {
  if (shape.kind === "classes") return shape.by === "label" || shape.sizedBy !== undefined;
  if (shape.kind !== "pointwise") return false;
  if (shape.takes !== "number") return true;
  const { prediction, target } = shape;
  const anywhere = prediction.min < 0 && prediction.max > 1 && target.min <= 0 && target.max >= 1;
  const bounded = [0, 1].every((t) => [-FAR, FAR].every((x) => !((loss([x], [t]) as number) < 0)));
  return anywhere && bounded && Math.abs(loss.grad([0.5], [0])[0]!) < STEEPEST;
}

interface Between {
  (logits: Float32Array): Float32Array;
  back(logits: Float32Array, grad: Float32Array): Float32Array;
}

/** What is between logits and a loss. */
function betweenNameOf({ shape }: LossEntry): "sigmoid" | "softmax" | "logSoftmax" | undefined {
  if (shape.kind === "activation" || shape.takes === "logit" || shape.takes === "number") return undefined;
  if (shape.takes === "logProbability") return "logSoftmax";
  return shape.kind === "pointwise" ? "sigmoid" : "softmax";
}

/** The functions that make of logits what a loss takes, with their gradients. */
function betweenOf(entry: LossEntry, classes: number): Between | undefined {
  const name = betweenNameOf(entry);
  if (name === undefined) return undefined;
  if (name === "sigmoid") {
    return Object.assign((logits: Float32Array) => sigmoid(logits), {
      back: (logits: Float32Array, grad: Float32Array) => sigmoid.grad(logits, grad),
    });
  }
  const f = name === "softmax" ? softmax : logSoftmax;
  return Object.assign((logits: Float32Array) => f(logits, { classes }), {
    back: (logits: Float32Array, grad: Float32Array) => f.grad(logits, grad, { classes }),
  });
}

const betweenNames = { sigmoid: "sigmoid", softmax: "softmax", logSoftmax: "log-softmax" } as const;

/** What stands between logits and a loss, in words. */
export function betweenName(entry: LossEntry): string {
  const name = betweenNameOf(entry);
  return name === undefined ? "on the logits themselves" : `on the ${betweenNames[name]} of the logits`;
}

/**
 * The objective: a mean over images. A loss of single numbers is summed over an image's outputs, whose targets are 1 (or
 * the greater of its two targets) for the digit and 0 (or the lesser) for the others.
 */
export function objectiveOf(entry: LossEntry, classes: number): Objective {
  const { loss, shape } = entry;
  const between = betweenOf(entry, classes);
  const signs = shape.kind === "pointwise" && shape.takes === "logit" && shape.target.min === -1;
  const targetOf = (labels: Int32Array) => {
    if (shape.kind !== "classes") return oneHot(labels, classes, signs ? -1 : 0);
    const targets = classTargets(shape, labels, classes);
    return shape.by === "distribution" ? Float32Array.from(targets) : Int32Array.from(targets);
  };
  const optionsFor = (labels: Int32Array) => {
    if (shape.kind === "pointwise") return { reduction: "sum", upstream: 1 / labels.length };
    return shape.kind === "classes" ? sizeOption(shape, classes) : {};
  };
  const divisor = (labels: Int32Array) => (shape.kind === "pointwise" ? labels.length : 1);
  const value = (logits: Float32Array, labels: Int32Array) => {
    const { upstream: _, ...options } = optionsFor(labels) as { upstream?: number };
    return (loss(between?.(logits) ?? logits, targetOf(labels), options) as number) / divisor(labels);
  };
  return Object.assign(value, {
    valueAndGrad(logits: Float32Array, labels: Int32Array, { out }: { out: Float32Array }) {
      const options = optionsFor(labels);
      if (between === undefined) {
        const result = loss.valueAndGrad(logits, targetOf(labels), { ...options, out });
        return { value: result.value / divisor(labels), grad: result.grad as Float32Array };
      }
      const result = loss.valueAndGrad(between(logits), targetOf(labels), options);
      return { value: result.value / divisor(labels), grad: between.back(logits, result.grad as Float32Array) };
    },
  });
}

function oneHot(labels: Int32Array, classes: number, low: number): Float32Array {
  const target = new Float32Array(labels.length * classes).fill(low);
  labels.forEach((label, row) => {
    target[row * classes + label] = 1;
  });
  return target;
}
