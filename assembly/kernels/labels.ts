/** The label sweep: losses that look at the label's class alone, and leave every other class a gradient of 0. */

import { Machine } from "../machine";
import { Pointwise } from "./pointwise";

/**
 * Applies the formula to the element that each position's label picks; strides, factors and addresses are those of
 * the column sweep. `g` must hold zeros, and may not be `x`.
 */
export function sweepLabels<F extends Pointwise>(
  f: F,
  m: Machine,
  x: usize,
  groupStride: usize,
  stride: usize,
  classStride: usize,
  labels: usize,
  groups: i32,
  positions: i32,
  v: usize,
  valueFactors: usize,
  valueRow: usize,
  g: usize,
  outputFactors: usize,
  outputRow: usize,
): void {
  const zero = m.zero();
  for (let group = 0; group < groups; group++) {
    for (let position = 0; position < positions; position += m.lanes()) {
      for (let lane = 0; lane < m.passes(); lane++) {
        const left = positions - position - lane;
        const row = (group * positions + position + lane) as usize;
        const offset = (group as usize) * groupStride + ((position + lane) as usize) * stride;
        const p = m.pick(x + offset, stride, labels + row * 4, classStride, left);
        const shared = f.common(m, p, p, p, zero);
        if (v) {
          const factor = m.strided(valueFactors + row * valueRow, valueRow, left);
          const value = m.mul(factor, f.value(m, shared, p, p, p, zero, zero));
          m.storePart(v + m.bytes(row as i32), m.unless(m.equal(factor, zero), value), left);
        }
        if (g) {
          const factor = m.strided(outputFactors + row * outputRow, outputRow, left);
          const slope = m.mul(factor, f.slope(m, shared, p, p, p, zero, zero));
          m.addAt(g + offset, stride, labels + row * 4, classStride, m.unless(m.equal(factor, zero), slope), left);
        }
      }
    }
  }
}
