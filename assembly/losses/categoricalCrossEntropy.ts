/** One class's term of the cross-entropy H(t, p), -t log p, and 0 where t is 0. */

import { sweepClasses } from "../kernels/classes";
import { Binary } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

export class CategoricalCrossEntropy extends Binary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.unless(m.equal(t, m.zero()), m.neg(m.mul(t, m.log(p))));
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.unless(m.equal(t, m.zero()), m.neg(m.div(t, p)));
  }
}

export function categoricalCrossEntropy(
  f: CategoricalCrossEntropy,
  m: Machine,
  x: usize,
  groupStride: usize,
  stride: usize,
  classStride: usize,
  t: usize,
  groups: i32,
  positions: i32,
  classes: i32,
  v: usize,
  valueFactors: usize,
  valueRow: usize,
  g: usize,
  outputFactors: usize,
  outputRow: usize,
  a: f64,
  b: f64,
): void {
  sweepClasses(
    f,
    m,
    x,
    groupStride,
    stride,
    classStride,
    t,
    groups,
    positions,
    classes,
    v,
    valueFactors,
    valueRow,
    g,
    outputFactors,
    outputRow,
    a,
    b,
  );
}
