/** The class sweep: a pointwise formula summed over the classes of each position. */

import { Machine } from "../machine";
import { Pointwise } from "./pointwise";

/**
 * Adds up the formula over the classes of each position, a position to a lane. Strides, labels, factors and
 * addresses are those of the column sweep; `t` is laid out as `x`. `g` may be `x`.
 */
export function sweepClasses<F extends Pointwise>(
  f: F,
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
  const zero = m.zero();
  const first = m.splat(a);
  const second = m.splat(b);
  for (let group = 0; group < groups; group++) {
    for (let position = 0; position < positions; position += m.lanes()) {
      for (let lane = 0; lane < m.passes(); lane++) {
        const left = positions - position - lane;
        const row = (group * positions + position + lane) as usize;
        const offset = (group as usize) * groupStride + ((position + lane) as usize) * stride;
        const valueFactor = v ? m.strided(valueFactors + row * valueRow, valueRow, left) : zero;
        const factor = g ? m.strided(outputFactors + row * outputRow, outputRow, left) : zero;
        const silent = m.equal(factor, zero);
        let low = m.wideZero();
        let high = m.wideZero();
        for (let c = 0; c < classes; c++) {
          const at = offset + (c as usize) * classStride;
          const p = m.strided(x + at, stride, left);
          const q = f.target() ? m.strided(t + at, stride, left) : p;
          const shared = f.common(m, p, q, p, first);
          if (v) {
            const value = f.value(m, shared, p, q, p, first, second);
            low = m.addWide(low, m.widenLow(value));
            high = m.addWide(high, m.widenHigh(value));
          }
          if (g) {
            const slope = m.mul(factor, f.slope(m, shared, p, q, p, first, second));
            m.scatterStrided(g + at, stride, m.unless(silent, slope), left);
          }
        }
        if (v) {
          const value = m.mul(valueFactor, m.narrow(low, high));
          m.storePart(v + m.bytes(row as i32), m.unless(m.equal(valueFactor, zero), value), left);
        }
      }
    }
  }
}
