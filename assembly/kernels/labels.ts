/** The label sweep: losses that look at the label's class alone. */

import { Machine, ONE_PASS } from "../machine";
import { REGISTER } from "./blocks";
import {
  A,
  B,
  BOUNCE,
  GRADIENT,
  GRADIENT_FACTOR_STRIDE,
  GRADIENT_FACTORS,
  POSITIONS,
  VALUE_FACTOR_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";
import { Pointwise } from "./pointwiseFormulas";

/**
 * Applies the formula, with a target of 1, to the POSITIONS elements at X, which the labels have picked. Factors and
 * addresses are those of the column sweep; values and gradient have a number for each position. All of them must have room
 * for a whole register at their end.
 */
export function sweepLabels<F extends Pointwise>(f: F, m: Machine, call: usize): void {
  const x = m.address(call + X);
  const v = m.address(call + VALUES);
  const valueFactors = m.address(call + VALUE_FACTORS);
  const valueStride = m.address(call + VALUE_FACTOR_STRIDE);
  const g = m.address(call + GRADIENT);
  const outputFactors = m.address(call + GRADIENT_FACTORS);
  const outputStride = m.address(call + GRADIENT_FACTOR_STRIDE);
  const zero = m.zero();
  const one = m.splat(1);
  const first = m.splat(m.double(call + A));
  const second = m.splat(m.double(call + B));
  const valueFactor = m.loadSplat(valueFactors);
  const outputFactor = m.loadSplat(outputFactors);
  // Lanes do not meet here: the plain machine, whose register is one lane, goes element by element.
  const step = ONE_PASS ? REGISTER : m.bytes(1);
  const size = m.bytes(m.integer(call + POSITIONS));
  for (let at: usize = 0; at < size; at += step) {
    const p = m.load(x + at);
    const shared = f.common(m, p, one, p, first);
    // Never read, as in the class sweep; on the plain machine it gained nothing here.
    if (ONE_PASS) m.store(call + BOUNCE, shared);
    if (v) {
      const factor = valueStride ? m.load(valueFactors + at) : valueFactor;
      const value = m.mul(factor, f.value(m, shared, p, one, p, first, second));
      m.store(v + at, m.unless(m.equal(factor, zero), value));
    }
    if (g) {
      const factor = outputStride ? m.load(outputFactors + at) : outputFactor;
      const slope = m.mul(factor, f.slope(m, shared, p, one, p, first, second));
      m.store(g + at, m.unless(m.equal(factor, zero), slope));
    }
  }
}
