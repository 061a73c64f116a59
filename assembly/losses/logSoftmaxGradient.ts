/** The log-softmax's vector-Jacobian product, t - p (sum of t) for p = e / S. */

import { sweepColumns } from "../kernels/columns";
import { sweepRows } from "../kernels/rows";
import { RowGradient } from "../kernels/softmax";
import { Lanes, Machine } from "../machine";

export class LogSoftmaxGradient extends RowGradient {
  gather(m: Machine, z: Lanes, e: Lanes, t: Lanes): Lanes {
    return t;
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return scale;
  }

  second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes {
    return m.div(D, S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.negMulAdd(y, second, t);
  }
}

export function logSoftmaxGradientRows(
  f: LogSoftmaxGradient,
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

export function logSoftmaxGradientColumns(
  f: LogSoftmaxGradient,
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
