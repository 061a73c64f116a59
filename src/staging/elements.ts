/** Data without rows, cut into tiles that fit the stage: pointwise losses and elementwise functions. */

import * as Call from "../../assembly/kernels/call";
import type { Kernel } from "../backends/kernel";
import type { Numbers, Reals } from "../types";
import { apart } from "./apart";
import type { PointwiseKernel } from "./kernels";
import * as Slot from "./slots";
import type { Stage, Values } from "./stage";

/** A checked call of a pointwise loss. */
export interface PointwiseCall {
  prediction: Reals;
  target?: Numbers;
  /** Makes what the formula has for a target of the one given. */
  stageTarget?: StageTarget | undefined;
  third?: Numbers | undefined;
  /** Consecutive elements that share a number of the third operand, which begins anew at its end. */
  thirdRepeat?: number | undefined;
  weights?: Numbers | undefined;
  /** Consecutive elements that share a weight. */
  repeat?: number;
  upstream?: Numbers | undefined;
  summed: boolean;
  values?: Values | undefined;
  grad?: Values | undefined;
  hess?: Values | undefined;
  /** Makes a Hessian by a convention of what the formula leaves. */
  settle?: SettleHessian | undefined;
  scale: number;
  a: number;
  b: number;
}

/** Puts `count` elements of a target from `start` on into the stage, and returns their address. */
export type StageTarget = (stage: Stage, target: Numbers, start: number, count: number) => number;

/** Makes the Hessian of `size` elements, from `at` on in the stage's numbers, one by a convention; `scale` is its factor. */
export type SettleHessian = (stage: Stage, at: number, size: number, scale: number) => void;

/** Sweeps the data tile by tile, writes values, gradient and Hessian, and returns the sum of the values. */
export function sweepTiles(stage: Stage, kernel: PointwiseKernel, call: PointwiseCall): number {
  const { values, grad, hess, scale, summed } = call;
  let { prediction, target, third, weights, upstream } = call;
  const { machine, tile } = stage;
  const count = prediction.length;
  // A single tile is copied in before anything is written.
  if (count > tile) {
    const kept = <A extends Numbers | undefined>(array: A) => apart(array, grad, hess, values);
    prediction = kept(prediction);
    target = kept(target);
    third = kept(third);
    weights = kept(weights);
    upstream = kept(upstream);
  }
  stage.setDouble(Call.SCALE, scale);
  stage.setDouble(Call.A, call.a);
  stage.setDouble(Call.B, call.b);
  stage.set(Call.SUMMED, summed ? 1 : 0);
  let sum = 0;
  for (let start = 0; start < count; start += tile) {
    const size = count - start < tile ? count - start : tile;
    const v = values !== undefined || (weights !== undefined && summed) ? stage.place(Slot.values, values, start) : 0;
    const g = grad === undefined ? 0 : stage.place(Slot.gradient, grad, start);
    const h = hess === undefined ? 0 : stage.place(Slot.hessian, hess, start);
    // The first to use the call record.
    const targetAt = call.stageTarget?.(stage, target!, start, size);
    stage.set(Call.X, stage.bring(Slot.prediction, prediction, start, size, grad, hess, values));
    if (target !== undefined) stage.set(Call.TARGET, targetAt ?? stage.bring(Slot.target, target, start, size, grad, hess, values));
    if (third !== undefined) stage.set(Call.THIRD, copyRepeating(stage, Slot.third, third, start, size, call.thirdRepeat!));
    stage.set(Call.VALUES, v);
    stage.set(Call.GRADIENT, g);
    stage.set(Call.HESSIAN, h);
    stage.set(Call.COUNT, size);
    stage.setDouble(Call.SUM, sum);
    const factors = weights === undefined ? 0 : copyRepeating(stage, Slot.weights, weights, start, size, call.repeat!);
    const seeds = upstream === undefined ? 0 : stage.copy(Slot.upstream, upstream, start, size);
    const before = sum;
    sum = stage.run(kernel);
    if (summed && factors === 0 && !Number.isFinite(sum) && Number.isFinite(before)) {
      // The lanes' own precision may have overflowed where f64 does not.
      const again = stage.slot(Slot.values);
      stage.set(Call.VALUES, again);
      stage.run(kernel);
      sum = stage.total(machine, again, size, before);
    }
    if (h !== 0) call.settle?.(stage, h / stage.element, size, scale);
    if (factors !== 0) {
      multiplyEach(stage, v, g, h, factors, size);
      if (summed) sum = stage.total(machine, v, size, before);
    }
    if (seeds !== 0) multiplyEach(stage, 0, g, h, seeds, size);
    if (values !== undefined) stage.deliver(Slot.values, values, start, size);
    if (grad !== undefined) stage.deliver(Slot.gradient, grad, start, size);
    if (hess !== undefined) stage.deliver(Slot.hessian, hess, start, size);
  }
  return sum;
}

/** Multiplies a tile's results, which are at their addresses or, at 0, not wanted. */
function multiplyEach(stage: Stage, v: number, g: number, h: number, factors: number, size: number): void {
  for (const address of [v, g, h]) if (address !== 0) stage.multiply(stage.machine, address, factors, size);
}

/** Copies into a slot numbers of which each is for `repeat` elements, and which begin anew at their end. */
function copyRepeating(stage: Stage, slot: number, numbers: Numbers, start: number, count: number, repeat: number): number {
  if (repeat === 1 && numbers.length >= start + count) return stage.copy(slot, numbers, start, count);
  const index = stage.index(slot);
  const { reals } = stage;
  let at = Math.floor(start / repeat) % numbers.length;
  let within = start % repeat;
  for (let i = 0; i < count; i++) {
    reals[index + i] = numbers[at]!;
    if (++within === repeat) {
      within = 0;
      if (++at === numbers.length) at = 0;
    }
  }
  return stage.slot(slot);
}

/** Applies an elementwise kernel to `x`; with `upstream`, its slope times that. `a` and `b` are the function's parameters. */
export function transformTiles(
  stage: Stage,
  kernel: Kernel<void>,
  given: Reals,
  givenUpstream: Numbers | undefined,
  out: Values,
  a: number,
  b: number,
): void {
  const { tile, element } = stage;
  const count = given.length;
  const several = count > tile;
  const x = several ? apart(given, out) : given;
  const upstream = several && givenUpstream !== undefined ? apart(givenUpstream, out) : givenUpstream;
  const outAt = stage.find(out);
  // In place where the output is the input's very place; an input across it is copied.
  const inPlace = (at: number) => (outAt >= 0 && at !== outAt && Math.abs(at - outAt) < count * element ? -1 : at);
  const xAt = inPlace(stage.find(x));
  const upstreamAt = inPlace(stage.find(upstream));
  stage.setDouble(Call.A, a);
  stage.setDouble(Call.B, b);
  for (let start = 0; start < count; start += tile) {
    const size = count - start < tile ? count - start : tile;
    const offset = start * element;
    const y = outAt < 0 ? stage.slot(Slot.gradient) : outAt + offset;
    stage.set(Call.X, xAt < 0 ? stage.copy(Slot.prediction, x, start, size) : xAt + offset);
    if (upstream !== undefined) {
      stage.set(Call.TARGET, upstreamAt < 0 ? stage.copy(Slot.upstream, upstream, start, size) : upstreamAt + offset);
    }
    stage.set(Call.VALUES, y);
    stage.set(Call.GRADIENT, upstream === undefined ? 0 : y);
    stage.set(Call.COUNT, size);
    stage.run(kernel);
    if (outAt < 0) stage.collect(Slot.gradient, out, start, size);
  }
}
