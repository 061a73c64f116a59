/** Similarities of vectors, each with each, and their gradients: products of matrices in f64. */

import * as Call from "../../assembly/kernels/call";
import { Matrices, multiplyMatrices } from "../../assembly/kernels/matrices";
import { kernel } from "./kernels";
import { roundedUp, Workspace } from "./workspace";

const matricesKernel = kernel("multiplyMatrices", Matrices, multiplyMatrices);

/** A matrix: its numbers row by row. */
export interface Matrix {
  readonly numbers: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Numbers of an operand that are at work at a time: more than a level-2 cache holds would be slower. */
const PANEL = 32768;

/** The product of a matrix, or of its transpose, with another one, or its transpose. */
export function product(a: Matrix, b: Matrix, { transposeA = false, transposeB = false } = {}): Matrix {
  const rows = transposeA ? a.columns : a.rows;
  const inner = transposeA ? a.rows : a.columns;
  const columns = transposeB ? b.rows : b.columns;
  const width = roundedUp(columns, 2);
  const result = { numbers: new Float64Array(rows * columns), rows, columns };
  if (rows === 0 || columns === 0) return result;
  // Strips of the inner dimension, and of the rows, so that the room stays small.
  const depth = Math.min(roundedUp(inner, 4), Math.max(4, Math.floor(PANEL / width / 4) * 4));
  const height = Math.min(rows, Math.max(1, Math.floor(PANEL / Math.max(width, depth))));
  const space = new Workspace(height * depth + depth * width + height * width);
  const left = space.take(height * depth);
  const right = space.take(depth * width);
  const out = space.take(height * width);
  const { doubles } = space;
  for (let row = 0; row < rows; row += height) {
    const count = Math.min(height, rows - row);
    doubles.fill(0, out / 8, out / 8 + height * width);
    for (let k = 0; k < inner; k += depth) {
      const size = Math.min(depth, inner - k);
      doubles.fill(0, left / 8, out / 8);
      copyPart(doubles, left / 8, depth, a, transposeA, row, count, k, size);
      copyPart(doubles, right / 8, width, b, transposeB, k, size, 0, columns);
      space.run(matricesKernel, {
        [Call.COUNT]: count,
        [Call.POSITIONS]: depth,
        [Call.CLASSES]: width,
        [Call.X]: left,
        [Call.GROUP_STRIDE]: depth * 8,
        [Call.STRIDE]: 8,
        [Call.TARGET]: right,
        [Call.GRADIENT]: out,
      });
    }
    for (let i = 0; i < count; i++) {
      const from = out / 8 + i * width;
      result.numbers.set(doubles.subarray(from, from + columns), (row + i) * columns);
    }
  }
  return result;
}

/** Copies a part of a matrix, or of its transpose, to rows `stride` apart. */
function copyPart(
  to: Float64Array,
  index: number,
  stride: number,
  { numbers, columns }: Matrix,
  transposed: boolean,
  row: number,
  rows: number,
  column: number,
  size: number,
): void {
  for (let i = 0; i < rows; i++) {
    const at = index + i * stride;
    if (!transposed) to.set(numbers.subarray((row + i) * columns + column, (row + i) * columns + column + size), at);
    else for (let j = 0; j < size; j++) to[at + j] = numbers[(column + j) * columns + row + i]!;
  }
}
