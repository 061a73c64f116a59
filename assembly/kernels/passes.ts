/** The generic passes over a tile in cache, of which options are composed instead of kernel variants. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import { BLOCK } from "./blocks";

/** `sum` plus `count` elements at `x`, each in f64. */
export function total(m: Machine, x: usize, count: i32, sum: f64): f64 {
  for (let start = 0; start < count; start += BLOCK) {
    const end = start + BLOCK < count ? start + BLOCK : count;
    for (let lane = 0; lane < m.passes(); lane++) {
      let low = m.wideZero();
      let high = m.wideZero();
      let i = start;
      if (ONE_PASS) {
        // Without a call, for which the sums would be kept in memory.
        for (; i + m.lanes() <= end; i += m.lanes()) {
          const a = m.load(x + m.bytes(i));
          low = m.addWide(low, m.widenLow(a));
          high = m.addWide(high, m.widenHigh(a));
        }
      }
      for (; i < end; i += m.lanes()) {
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
  // Lanes do not meet here: the plain machine, whose register is one lane, goes element by element.
  const step = ONE_PASS ? m.lanes() : 1;
  let i = 0;
  // Without a call: `mse` with an upstream gradient for each element takes a fourth of the time.
  for (; i + step <= count; i += step) {
    const at = m.bytes(i);
    m.store(y + at, productAt(m, m.load(y + at), m.load(w + at)));
  }
  if (ONE_PASS && i < count) {
    const at = m.bytes(i);
    m.storePart(y + at, productAt(m, m.loadPart(y + at, count - i), m.loadPart(w + at, count - i)), count - i);
  }
}

function productAt(m: Machine, a: Lanes, weight: Lanes): Lanes {
  return m.unless(m.equal(weight, m.zero()), m.mul(a, weight));
}

/** Adds `w` to `y`, element by element. */
export function accumulate(m: Machine, y: usize, w: usize, count: i32): void {
  const step = ONE_PASS ? m.lanes() : 1;
  let i = 0;
  for (; i + step <= count; i += step) {
    const at = m.bytes(i);
    m.store(y + at, m.add(m.load(y + at), m.load(w + at)));
  }
  if (ONE_PASS && i < count) {
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
