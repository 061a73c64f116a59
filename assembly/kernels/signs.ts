/** The pointwise sweep of formulas whose slope is a sign. */

import { Machine, ONE_PASS } from "../machine";
import { A, B, COUNT, GRADIENT, SCALE } from "./call";
import { sweep } from "./pointwise";
import { Pointwise } from "./pointwiseFormulas";

/** Up to here a factor is no larger than the smallest denormal times the square of `m.huge()`. */
const LARGE: f64 = 1e31;

/** Sweeps a SCALED formula whose slope is `m.signTimes(x, a, w, b)`. */
export function sweepSigns<F extends Pointwise>(f: F, m: Machine, call: usize): f64 {
  if (!ONE_PASS) return sweep(f, m, call);
  const scale = m.double(call + SCALE);
  const size = Math.abs(scale);
  const atOnce = size < LARGE;
  m.setDouble(call + A, scale < 0 ? -m.huge() : m.huge());
  m.setDouble(call + B, atOnce ? size : 1);
  const sum = sweep(f, m, call);
  const g = m.address(call + GRADIENT);
  if (!atOnce && g) {
    const count = m.integer(call + COUNT);
    for (let i = 0; i < count; i += m.lanes()) {
      const at = g + m.bytes(i);
      m.storePart(at, m.mul(m.loadPart(at, count - i), m.splat(size)), count - i);
    }
  }
  return sum;
}
