/** The generic passes over a tile in cache, of which options are composed instead of kernel variants. */

import { Machine, ONE_PASS } from "../machine";
import { BLOCK } from "./blocks";

/** `sum` plus `count` elements at `x`, each in f64. */
export function total(m: Machine, x: usize, count: i32, sum: f64): f64 {
  for (let start = 0; start < count; start += BLOCK) {
    const end = start + BLOCK < count ? start + BLOCK : count;
    for (let lane = 0; lane < m.passes(); lane++) {
      let low = m.wideZero();
      let high = m.wideZero();
      for (let i = start; i < end; i += m.lanes()) {
        const a = m.loadPart(x + m.bytes(i + lane), end - i - lane);
        low = m.addWide(low, m.widenLow(a));
        high = m.addWide(high, m.widenHigh(a));
      }
      sum = m.total(low, high, sum);
    }
  }
  return sum;
}

/** `y` times `w` into `y`, element by element; a weight of 0 gives 0 whatever it weighs. */
export function multiply(m: Machine, y: usize, w: usize, count: i32): void {
  const zero = m.zero();
  // Lanes do not meet here: the plain machine, whose register is one lane, goes element by element.
  const step = ONE_PASS ? m.lanes() : 1;
  for (let i = 0; i < count; i += step) {
    const at = m.bytes(i);
    const weight = m.loadPart(w + at, count - i);
    m.storePart(y + at, m.unless(m.equal(weight, zero), m.mul(m.loadPart(y + at, count - i), weight)), count - i);
  }
}

/** Adds `w` to `y`, element by element. */
export function accumulate(m: Machine, y: usize, w: usize, count: i32): void {
  const step = ONE_PASS ? m.lanes() : 1;
  for (let i = 0; i < count; i += step) {
    const at = m.bytes(i);
    m.storePart(y + at, m.add(m.loadPart(y + at, count - i), m.loadPart(w + at, count - i)), count - i);
  }
}

/** Whether `count` labels are all classes; those after them are read, too, up to a multiple of four. */
export function areClasses(m: Machine, labels: usize, count: i32, classes: i32): bool {
  let outside = 0;
  for (let i = 0; i < count; i += 4) outside |= m.outside(labels + (i as usize) * 4, classes - 1);
  return outside === 0;
}
