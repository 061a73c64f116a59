/** Softmax cross-entropy of a label whose target is mixed with a distribution by class. */

import { sweepColumns } from "../kernels/columns";
import { sweepRows } from "../kernels/rows";
import { Machine } from "../machine";
import { TargetDistribution } from "./targetDistribution";

export class CrossEntropySmoothed extends TargetDistribution {
  labelled(): bool {
    return true;
  }
}

export function crossEntropySmoothedRows(
  f: CrossEntropySmoothed,
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

export function crossEntropySmoothedColumns(
  f: CrossEntropySmoothed,
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
