/** Rows of numbers, cut into tiles that fit the stage: what losses of vectors and regions sweep over. */

import * as Call from "../../assembly/kernels/call";
import { combine, distances, moments, Vectors } from "../../assembly/kernels/vectors";
import type { Layout } from "../layout";
import type { Numbers } from "../types";
import { apart } from "./apart";
import { kernel } from "./kernels";
import * as Slot from "./slots";
import type { Stage, Values } from "./stage";

const momentsKernel = kernel("moments", Vectors, moments);
const combineKernel = kernel("combine", Vectors, combine);
const distancesKernel = kernel("distances", Vectors, distances);

/** Numbers that `momentsOf` gives for a row: the sums of x t, x^2, t^2, x and t. */
export const MOMENTS = 5;
/** Numbers that `combineRows` takes for a row: a constant, and factors of x and t. */
export const COEFFICIENTS = 3;

/** Rows for which the stage holds five numbers in f64. */
const MOST_ROWS = 1024;

/** A part of the data: some whole rows, or a stretch of a single one. */
interface Tile {
  /** The first row. */
  readonly row: number;
  readonly rows: number;
  /** The addresses of the inputs' and outputs' elements, row by row. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const inputSlots = [Slot.prediction, Slot.target, Slot.third] as const;
const outputSlots = [Slot.gradient, Slot.hessian, Slot.scratch] as const;

/** Brings every tile into the stage, lets `visit` work on it, and takes the outputs from it. */
function sweepRows(stage: Stage, layout: Layout, given: readonly Numbers[], outputs: readonly Values[], visit: (tile: Tile) => void): void {
  const { groups, classes, positions } = layout;
  const { tile, element } = stage;
  const rows = groups * positions;
  const width = Math.min(classes, tile);
  if (width === 0) return;
  const several = rows * classes > tile || rows > MOST_ROWS;
  const inputs = several ? given.map((input) => outputs.reduce((array, output) => apart(array, output), input)) : given;
  const at = inputs.map((input) => (positions === 1 ? stage.find(input) : -1));
  const most = classes > tile ? 1 : Math.min(MOST_ROWS, Math.floor(tile / width));
  const out = outputs.map((_, i) => stage.slot(outputSlots[i]!));
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    for (let start = 0; start < classes; start += width) {
      const size = Math.min(width, classes - start);
      stage.set(Call.COUNT, count);
      stage.set(Call.CLASSES, size);
      stage.set(Call.STRIDE, size * element);
      const tileInputs = inputs.map((input, i) => {
        if (at[i]! >= 0) return at[i]! + (row * classes + start) * element;
        if (positions === 1) return stage.copy(inputSlots[i]!, input, row * classes + start, count * size);
        let index = stage.index(inputSlots[i]!);
        eachElement(layout, row, count, start, size, (from) => {
          stage.reals[index++] = input[from]!;
        });
        return stage.slot(inputSlots[i]!);
      });
      visit({ row, rows: count, inputs: tileInputs, outputs: out });
      outputs.forEach((output, i) => {
        if (positions === 1) stage.collect(outputSlots[i]!, output, row * classes + start, count * size);
        else {
          let index = stage.index(outputSlots[i]!);
          eachElement(layout, row, count, start, size, (to) => {
            output[to] = stage.reals[index++]!;
          });
        }
      });
    }
  }
}

/** The indices of a tile's elements in data whose rows lie apart. */
function eachElement({ classes, positions }: Layout, row: number, rows: number, start: number, size: number, visit: (at: number) => void) {
  for (let r = row; r < row + rows; r++) {
    const base = Math.floor(r / positions) * classes * positions + (r % positions);
    for (let c = start; c < start + size; c++) visit(base + c * positions);
  }
}

/** Adds the numbers in f64 that a kernel left for each row of the tile, `width` by row. */
function addDoubles(stage: Stage, slot: number, { row, rows }: Tile, width: number, sums: Float64Array): void {
  const from = stage.slot(slot) / 8;
  for (let i = 0; i < rows * width; i++) sums[row * width + i]! += stage.doubles[from + i]!;
}

/** Brings in the numbers in f64 for each row of the tile, `width` by row. */
function copyDoubles(stage: Stage, slot: number, { row, rows }: Tile, width: number, numbers: Float64Array): void {
  stage.doubles.set(numbers.subarray(row * width, (row + rows) * width), stage.slot(slot) / 8);
}

/** The moments of each row. */
export function momentsOf(stage: Stage, layout: Layout, x: Numbers, t: Numbers): Float64Array {
  const sums = new Float64Array(layout.groups * layout.positions * MOMENTS);
  sweepRows(stage, layout, [x, t], [], (tile) => {
    stage.set(Call.X, tile.inputs[0]!);
    stage.set(Call.TARGET, tile.inputs[1]!);
    stage.set(Call.VALUES, stage.slot(Slot.values));
    stage.run(momentsKernel);
    addDoubles(stage, Slot.values, tile, MOMENTS, sums);
  });
  return sums;
}

/** Writes to each output k + kx x + kt t, with the coefficients of its own that each row has. */
export function combineRows(
  stage: Stage,
  layout: Layout,
  x: Numbers,
  t: Numbers,
  coefficients: readonly Float64Array[],
  outputs: readonly Values[],
): void {
  sweepRows(stage, layout, [x, t], outputs, (tile) => {
    stage.set(Call.X, tile.inputs[0]!);
    stage.set(Call.TARGET, tile.inputs[1]!);
    stage.set(Call.GRADIENT_FACTORS, stage.slot(Slot.gradientFactors));
    coefficients.forEach((numbers, i) => {
      copyDoubles(stage, Slot.gradientFactors, tile, COEFFICIENTS, numbers);
      stage.set(Call.GRADIENT, tile.outputs[i]!);
      stage.run(combineKernel);
    });
  });
}

/** Copies factor x + summand of `count` elements from `start` on into a slot, and returns its address. */
export function copyAffine(stage: Stage, slot: number, x: Numbers, start: number, count: number, factor: number, summand: number): number {
  const address = stage.copy(slot, x, start, count);
  const coefficients = stage.slot(Slot.gradientFactors);
  // Half of it for either operand.
  stage.doubles.set([summand, factor / 2, factor / 2], coefficients / 8);
  stage.set(Call.COUNT, 1);
  stage.set(Call.CLASSES, count);
  stage.set(Call.X, address);
  stage.set(Call.TARGET, address);
  stage.set(Call.GRADIENT_FACTORS, coefficients);
  stage.set(Call.GRADIENT, address);
  stage.run(combineKernel);
  return address;
}

/** The sum of |x - t + shift|^p of each row. */
export function distancesOf(stage: Stage, layout: Layout, x: Numbers, t: Numbers, shift: number, p: number): Float64Array {
  const sums = new Float64Array(layout.groups * layout.positions);
  stage.setDouble(Call.A, shift);
  stage.setDouble(Call.B, p);
  sweepRows(stage, layout, [x, t], [], (tile) => {
    stage.set(Call.X, tile.inputs[0]!);
    stage.set(Call.TARGET, tile.inputs[1]!);
    stage.set(Call.VALUES, stage.slot(Slot.values));
    stage.set(Call.GRADIENT, 0);
    stage.run(distancesKernel);
    addDoubles(stage, Slot.values, tile, 1, sums);
  });
  return sums;
}

/** Two of the arrays, and by row the factor of sign(d) |d|^(p - 1), their difference's share of the gradient. */
export interface Difference {
  readonly x: number;
  readonly t: number;
  readonly factors: Float64Array;
}

/** Writes to each output the gradient of a sum of powers of differences with respect to the array of the same index. */
export function differentiateRows(
  stage: Stage,
  layout: Layout,
  arrays: readonly Numbers[],
  differences: readonly Difference[],
  shift: number,
  p: number,
  outputs: readonly Values[],
): void {
  stage.setDouble(Call.A, shift);
  stage.setDouble(Call.B, p);
  const size = stage.tile;
  sweepRows(stage, layout, arrays, outputs, (tile) => {
    for (const address of tile.outputs) stage.reals.fill(0, address / stage.element, address / stage.element + size);
    stage.set(Call.GRADIENT_FACTORS, stage.slot(Slot.gradientFactors));
    for (const { x, t, factors } of differences) {
      copyDoubles(stage, Slot.gradientFactors, tile, 1, factors);
      stage.set(Call.X, tile.inputs[x]!);
      stage.set(Call.TARGET, tile.inputs[t]!);
      stage.set(Call.GRADIENT, tile.outputs[x]!);
      stage.set(Call.HESSIAN, tile.outputs[t]!);
      stage.run(distancesKernel);
    }
  });
}
