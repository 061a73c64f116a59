/** The label sweep: losses that look at the label's class alone, and leave every other class a gradient of 0. */

import { Machine } from "../machine";
import {
  A,
  B,
  CLASS_STRIDE,
  COUNT,
  GRADIENT,
  GRADIENT_FACTOR_STRIDE,
  GRADIENT_FACTORS,
  GROUP_STRIDE,
  LABELS,
  POSITIONS,
  STRIDE,
  VALUE_FACTOR_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";
import { Pointwise } from "./pointwise";

/**
 * Applies the formula, with a target of 1, to the element that each position's label picks; strides, factors and addresses are those of
 * the column sweep. GRADIENT must hold zeros, and may not be X.
 */
export function sweepLabels<F extends Pointwise>(f: F, m: Machine, call: usize): void {
  const groups = m.integer(call + COUNT);
  const positions = m.integer(call + POSITIONS);
  const x = m.address(call + X);
  const groupStride = m.address(call + GROUP_STRIDE);
  const stride = m.address(call + STRIDE);
  const classStride = m.address(call + CLASS_STRIDE);
  const labels = m.address(call + LABELS);
  const v = m.address(call + VALUES);
  const valueFactors = m.address(call + VALUE_FACTORS);
  const valueRow = m.address(call + VALUE_FACTOR_STRIDE);
  const g = m.address(call + GRADIENT);
  const outputFactors = m.address(call + GRADIENT_FACTORS);
  const outputRow = m.address(call + GRADIENT_FACTOR_STRIDE);
  const zero = m.zero();
  const one = m.splat(1);
  const first = m.splat(m.double(call + A));
  const second = m.splat(m.double(call + B));
  for (let group = 0; group < groups; group++) {
    for (let position = 0; position < positions; position += m.lanes()) {
      for (let lane = 0; lane < m.passes(); lane++) {
        const left = positions - position - lane;
        const row = (group * positions + position + lane) as usize;
        const offset = (group as usize) * groupStride + ((position + lane) as usize) * stride;
        const p = m.pick(x + offset, stride, labels + row * 4, classStride, left);
        const shared = f.common(m, p, one, p, first);
        if (v) {
          const factor = m.strided(valueFactors + row * valueRow, valueRow, left);
          const value = m.mul(factor, f.value(m, shared, p, one, p, first, second));
          m.storePart(v + m.bytes(row as i32), m.unless(m.equal(factor, zero), value), left);
        }
        if (g) {
          const factor = m.strided(outputFactors + row * outputRow, outputRow, left);
          const slope = m.mul(factor, f.slope(m, shared, p, one, p, first, second));
          m.addAt(g + offset, stride, labels + row * 4, classStride, m.unless(m.equal(factor, zero), slope), left);
        }
      }
    }
  }
}
