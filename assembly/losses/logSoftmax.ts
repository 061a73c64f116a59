/** The logarithm of the softmax, z - log S. */

import { sweepColumns } from "../kernels/columns";
import { sweepRows } from "../kernels/rows";
import { RowFunction } from "../kernels/softmax";
import { Lanes, Machine } from "../machine";

export class LogSoftmax extends RowFunction {
  exponential(): bool {
    return false;
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return m.log(S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.sub(y, first);
  }
}

export function logSoftmaxRows(
  f: LogSoftmax,
  m: Machine,
  x: usize,
  t: usize,
  tRow: usize,
  labels: usize,
  hits: usize,
  hitRow: usize,
  rows: i32,
  classes: i32,
  v: usize,
  valueFactors: usize,
  valueRow: usize,
  g: usize,
  outputFactors: usize,
  outputRow: usize,
): void {
  sweepRows(f, m, x, t, tRow, labels, hits, hitRow, rows, classes, v, valueFactors, valueRow, g, outputFactors, outputRow);
}

export function logSoftmaxColumns(
  f: LogSoftmax,
  m: Machine,
  x: usize,
  groupStride: usize,
  stride: usize,
  classStride: usize,
  t: usize,
  tGroup: usize,
  tStride: usize,
  tClass: usize,
  labels: usize,
  hits: usize,
  hitRow: usize,
  groups: i32,
  positions: i32,
  classes: i32,
  v: usize,
  valueFactors: usize,
  valueRow: usize,
  g: usize,
  outputFactors: usize,
  outputRow: usize,
  scratch: usize,
): void {
  sweepColumns(
    f,
    m,
    x,
    groupStride,
    stride,
    classStride,
    t,
    tGroup,
    tStride,
    tClass,
    labels,
    hits,
    hitRow,
    groups,
    positions,
    classes,
    v,
    valueFactors,
    valueRow,
    g,
    outputFactors,
    outputRow,
    scratch,
  );
}
