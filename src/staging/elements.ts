/** Data without rows, cut into tiles that fit the stage: pointwise losses and elementwise functions. */

import { BLOCK } from "../../assembly/kernels/blocks";
import * as Call from "../../assembly/kernels/call";
import type { Kernel } from "../backends/instance";
import type { Numbers, Reals } from "../types";
import { apart } from "./apart";
import type { PointwiseKernel } from "./kernels";
import { CALL, Slot, type Stage } from "./stage";

type Values = Float32Array | Float64Array;

// A tile that must be copied is a block: its copies are still in the first cache when the kernel reads them, which is a
// sixth faster for mse than tiles of 64 KB.

/** A checked call of a pointwise loss. */
export interface PointwiseCall {
  prediction: Reals;
  target: Numbers | undefined;
  count: number;
  third: Numbers | undefined;
  weights: Numbers | undefined;
  /** Consecutive elements that share a weight. */
  repeat: number;
  upstream: Numbers | undefined;
  summed: boolean;
  values: Values | undefined;
  grad: Values | undefined;
  hess: Values | undefined;
  /** What becomes of the Hessian where a convention other than the second derivative is asked for. */
  convention: HessianConvention | undefined;
  scale: number;
  a: number;
  b: number;
}

/** A Hessian that is not the second derivative: a constant in its place, or its multiple, held from below. */
export interface HessianConvention {
  /** The formula's parameter b, by which its curvature is another one. */
  readonly b?: number;
  readonly constant?: number;
  readonly factor?: number;
  readonly least?: number;
}

/** Sweeps the data tile by tile, writes values, gradient and Hessian, and returns the sum of the values. */
export function sweepTiles(stage: Stage, kernel: PointwiseKernel, call: PointwiseCall): number {
  const { count, values, grad, hess, scale, summed } = call;
  const { instance, element } = stage;
  const tile = stage.inhabited ? stage.tile : BLOCK;
  const { machine } = instance;
  const run = instance.function(kernel);
  const formula = instance.formula(kernel);
  // A single tile is copied in before anything is written.
  const several = count > tile;
  const prediction = several ? apartFrom(call, call.prediction) : call.prediction;
  const target = several ? apartFrom(call, call.target) : call.target;
  const third = several ? apartFrom(call, call.third) : call.third;
  const weights = several ? apartFrom(call, call.weights) : call.weights;
  const upstream = several ? apartFrom(call, call.upstream) : call.upstream;
  const gradAt = stage.find(grad);
  const hessAt = stage.find(hess);
  const valuesAt = stage.find(values);
  const outputAt = grad === undefined ? valuesAt : gradAt;
  const predictionAt = findApart(stage, prediction, outputAt, hessAt, count);
  const targetAt = findApart(stage, target, outputAt, hessAt, count);
  const gradSlot = grad === undefined ? 0 : stage.slot(Slot.gradient);
  const hessSlot = hess === undefined ? 0 : stage.slot(Slot.hessian);
  const valuesSlot = values === undefined && (weights === undefined || !summed) ? 0 : stage.slot(Slot.values);
  stage.setDouble(Call.SCALE, scale);
  stage.setDouble(Call.A, call.a);
  stage.setDouble(Call.B, call.b);
  stage.set(Call.SUMMED, summed ? 1 : 0);
  let sum = 0;
  for (let start = 0; start < count; start += tile) {
    const size = count - start < tile ? count - start : tile;
    const offset = start * element;
    const v = valuesAt < 0 ? valuesSlot : valuesAt + offset;
    const g = gradAt < 0 ? gradSlot : gradAt + offset;
    const h = hessAt < 0 ? hessSlot : hessAt + offset;
    stage.set(Call.X, predictionAt < 0 ? stage.copy(Slot.prediction, prediction!, start, size) : predictionAt + offset);
    if (target !== undefined) stage.set(Call.TARGET, targetAt < 0 ? stage.copy(Slot.target, target, start, size) : targetAt + offset);
    if (third !== undefined) stage.set(Call.THIRD, copyRepeating(stage, Slot.third, third, start, size, 1));
    stage.set(Call.VALUES, v);
    stage.set(Call.GRADIENT, g);
    stage.set(Call.HESSIAN, h);
    stage.set(Call.COUNT, size);
    stage.setDouble(Call.SUM, sum);
    const factors = weights === undefined ? 0 : copyRepeating(stage, Slot.weights, weights, start, size, call.repeat);
    const before = sum;
    sum = run(formula, machine, CALL);
    if (h !== 0 && call.convention !== undefined) conventional(stage, call.convention, h, size, scale);
    if (factors !== 0) {
      if (v !== 0) {
        instance.multiply(machine, v, factors, size);
        if (summed) sum = instance.total(machine, v, size, before);
      }
      if (g !== 0) instance.multiply(machine, g, factors, size);
      if (h !== 0) instance.multiply(machine, h, factors, size);
    } else if (summed && !Number.isFinite(sum) && Number.isFinite(before)) {
      // The lanes' own precision may have overflowed where f64 does not.
      const again = stage.slot(Slot.values);
      stage.set(Call.VALUES, again);
      stage.set(Call.GRADIENT, 0);
      stage.set(Call.HESSIAN, 0);
      run(formula, machine, CALL);
      sum = instance.total(machine, again, size, before);
    }
    if (g !== 0 && upstream !== undefined) {
      const seeds = stage.copy(Slot.upstream, upstream, start, size);
      instance.multiply(machine, g, seeds, size);
      if (h !== 0) instance.multiply(machine, h, seeds, size);
    }
    if (values !== undefined && valuesAt < 0) stage.collect(Slot.values, values, start, size);
    if (grad !== undefined && gradAt < 0) stage.collect(Slot.gradient, grad, start, size);
    if (hess !== undefined && hessAt < 0) stage.collect(Slot.hessian, hess, start, size);
  }
  return sum;
}

/** An input of a sweep over several tiles, whose outputs must not lie across it. */
function apartFrom<A extends Numbers | undefined>({ grad, hess, values }: PointwiseCall, array: A): A {
  return array && (apart(apart(array, grad ?? values), hess) as A);
}

/** The Hessian of `size` elements at `h` by a convention, of which `scale` is the factor. */
function conventional(stage: Stage, { constant, factor = 1, least }: HessianConvention, h: number, size: number, scale: number): void {
  const { reals, element } = stage;
  const at = h / element;
  if (constant !== undefined) {
    reals.fill(constant * scale, at, at + size);
    return;
  }
  for (let i = at; i < at + size; i++) {
    const exact = factor * reals[i]!;
    reals[i] = least !== undefined && exact < least * scale ? least * scale : exact;
  }
}

/** Where an operand lies in the stage's memory; -1 to copy it, as one across an output, which what follows a sweep still reads. */
function findApart(stage: Stage, array: Numbers | undefined, outputAt: number, hessAt: number, count: number): number {
  const at = stage.find(array);
  const size = count * stage.element;
  return (outputAt >= 0 && Math.abs(at - outputAt) < size) || (hessAt >= 0 && Math.abs(at - hessAt) < size) ? -1 : at;
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
  const { instance, tile, element } = stage;
  const run = instance.function(kernel);
  const formula = instance.formula(kernel);
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
    run(formula, instance.machine, CALL);
    if (outAt < 0) stage.collect(Slot.gradient, out, start, size);
  }
}
