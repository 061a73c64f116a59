/** Softmax cross-entropy of a label, log S - z of the label; its gradient is the softmax less the label's one-hot. */

import { sweepColumns } from "../kernels/columns";
import { sweepRows } from "../kernels/rows";
import { LabelLoss } from "../kernels/softmax";
import { Lanes, Machine } from "../machine";

export class CrossEntropy extends LabelLoss {
  value(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, hit: Lanes, labelZ: Lanes): Lanes {
    return m.sub(m.log(S), labelZ);
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return m.div(scale, S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.mul(y, first);
  }
}

export function crossEntropyRows(
  f: CrossEntropy,
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

export function crossEntropyColumns(
  f: CrossEntropy,
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
