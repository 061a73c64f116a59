/** The generic passes over a tile in cache, of which options are composed instead of kernel variants. */

import { Machine } from "../machine";
import { BLOCK, REGISTER } from "./blocks";

/** `sum` plus `count` elements at `x`, each in f64. */
export function total(m: Machine, x: usize, count: i32, sum: f64): f64 {
  const step = m.lanes();
  for (let start = 0; start < count; start += BLOCK) {
    const end = start + BLOCK < count ? start + BLOCK : count;
    for (let lane = 0; lane < m.passes(); lane++) {
      let low = m.wideZero();
      let high = m.wideZero();
      let i = start;
      // An addition to the sum waits for the one before: there is one for four registers.
      for (; i + 4 * step <= end; i += 4 * step) {
        const at = x + m.bytes(i + lane);
        const a = m.load(at);
        const b = m.load(at + REGISTER);
        const c = m.load(at + 2 * REGISTER);
        const d = m.load(at + 3 * REGISTER);
        low = m.addWide(low, m.addWide(m.addWide(m.widenLow(a), m.widenLow(b)), m.addWide(m.widenLow(c), m.widenLow(d))));
        high = m.addWide(high, m.addWide(m.addWide(m.widenHigh(a), m.widenHigh(b)), m.addWide(m.widenHigh(c), m.widenHigh(d))));
      }
      for (; i < end; i += step) {
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
  for (let i = 0; i < count; i += m.lanes()) {
    for (let lane = 0; lane < m.passes(); lane++) {
      const at = m.bytes(i + lane);
      const left = count - i - lane;
      const weight = m.loadPart(w + at, left);
      m.storePart(y + at, m.unless(m.equal(weight, zero), m.mul(m.loadPart(y + at, left), weight)), left);
    }
  }
}

/** Adds `w` to `y`, element by element. */
export function accumulate(m: Machine, y: usize, w: usize, count: i32): void {
  for (let i = 0; i < count; i += m.lanes()) {
    for (let lane = 0; lane < m.passes(); lane++) {
      const at = m.bytes(i + lane);
      const left = count - i - lane;
      m.storePart(y + at, m.add(m.loadPart(y + at, left), m.loadPart(w + at, left)), left);
    }
  }
}

/** Whether `count` labels are all classes; those after them are read, too, up to a multiple of four. */
export function areClasses(m: Machine, labels: usize, count: i32, classes: i32): bool {
  let outside = 0;
  for (let i = 0; i < count; i += 4) outside |= m.outside(labels + (i as usize) * 4, classes - 1);
  return outside === 0;
}
