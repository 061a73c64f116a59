/** The steps of the row sweep that are the same for every formula: the maximum, the exponentials and their sum, zeros. */

import { constant } from "../elementary/constant";
import { expOfDifferenceBy } from "../elementary/exp";
import { EXP_SHORT_SINGLE, FLUSH, LN2, LOG2E, ROUND } from "../elementary/tables";
import { Lanes, Machine, ONE_PASS } from "../machine";
import { REGISTER, RUN } from "./blocks";
import { exponential } from "./softmax";

/** The largest logit of a row, in every lane. A NaN may be passed over: it returns through the sum of exponentials. */
export function rowMaximum(m: Machine, x: usize, classes: i32): Lanes {
  const step = m.lanes();
  let maximum = m.splat(-Infinity);
  for (let lane = 0; lane < m.passes(); lane++) {
    let m0 = maximum;
    let m1 = maximum;
    let m2 = maximum;
    let m3 = maximum;
    let i = 0;
    for (; ONE_PASS && i + 4 * step <= classes; i += 4 * step) {
      const at = x + m.bytes(i + lane);
      m0 = m.max(m.load(at), m0);
      m1 = m.max(m.load(at + REGISTER), m1);
      m2 = m.max(m.load(at + 2 * REGISTER), m2);
      m3 = m.max(m.load(at + 3 * REGISTER), m3);
    }
    for (; ONE_PASS && i + step <= classes; i += step) m0 = m.max(m.load(x + m.bytes(i)), m0);
    for (; i < classes; i += step) {
      const left = classes - i - lane;
      m0 = m.maxPart(m.loadPart(x + m.bytes(i + lane), left), m0, left);
    }
    maximum = m.across(m.max(m.max(m0, m1), m.max(m2, m3)));
  }
  return maximum;
}

/**
 * The sum of the exponentials of a row less its shift. They go to `to`, which may be `x`; if they are not `kept`, to four registers
 * there, each over the last, so that one loop without a test serves both.
 */
export function rowExponentials(m: Machine, x: usize, classes: i32, shift: Lanes, to: usize, kept: bool): f64 {
  const step = m.lanes();
  const register: usize = kept ? REGISTER : 0;
  let sum: f64 = 0;
  for (let lane = 0; lane < m.passes(); lane++) {
    let low = m.wideZero();
    let high = m.wideZero();
    let y = to + m.bytes(lane);
    for (let begin = 0; begin < classes; begin += RUN) {
      const end = begin + RUN < classes ? begin + RUN : classes;
      let s0 = m.zero();
      let s1 = m.zero();
      let s2 = m.zero();
      let s3 = m.zero();
      let i = begin + lane;
      // Loaded at each turn, they make the loop of four registers slower than one of two.
      const flush = constant(m, FLUSH);
      const log2e = constant(m, LOG2E);
      const round = constant(m, ROUND);
      const ln2 = constant(m, LN2);
      const c0 = m.constant(EXP_SHORT_SINGLE, 0);
      const c1 = m.constant(EXP_SHORT_SINGLE, 1);
      const c2 = m.constant(EXP_SHORT_SINGLE, 2);
      const c3 = m.constant(EXP_SHORT_SINGLE, 3);
      // Plus the lane: all lanes of the plain machine take the turns that the registers take.
      for (; i + 4 * step <= end + lane; i += 4 * step) {
        const at = x + m.bytes(i);
        const z0 = m.sub(m.load(at), shift);
        const z1 = m.sub(m.load(at + REGISTER), shift);
        const z2 = m.sub(m.load(at + 2 * REGISTER), shift);
        const z3 = m.sub(m.load(at + 3 * REGISTER), shift);
        const e0 = ONE_PASS ? expOfDifferenceBy(m, z0, flush, log2e, round, ln2, c0, c1, c2, c3) : m.expOfDifference(z0);
        const e1 = ONE_PASS ? expOfDifferenceBy(m, z1, flush, log2e, round, ln2, c0, c1, c2, c3) : m.expOfDifference(z1);
        const e2 = ONE_PASS ? expOfDifferenceBy(m, z2, flush, log2e, round, ln2, c0, c1, c2, c3) : m.expOfDifference(z2);
        const e3 = ONE_PASS ? expOfDifferenceBy(m, z3, flush, log2e, round, ln2, c0, c1, c2, c3) : m.expOfDifference(z3);
        if (m.single()) {
          // What is added to one large exponential, or it to small ones, is rounded at its size: in a run at most 6 times, not 16.
          // In f64 that is no matter, and V8 would keep registers in memory: rows would take a third longer.
          const s = m.add(s0, m.add(m.add(e0, e1), m.add(e2, e3)));
          s0 = s1;
          s1 = s2;
          s2 = s3;
          s3 = s;
        } else {
          s0 = m.add(s0, e0);
          s1 = m.add(s1, e1);
          s2 = m.add(s2, e2);
          s3 = m.add(s3, e3);
        }
        m.store(y, e0);
        m.store(y + REGISTER, e1);
        m.store(y + 2 * REGISTER, e2);
        m.store(y + 3 * REGISTER, e3);
        y += 4 * register;
      }
      let turns = 0;
      // The registers that are over and whole: by the calls for a part of one, a row of 1000 classes takes 2 % longer.
      for (; ONE_PASS && m.single() && i + step <= end; i += step) {
        const e = expOfDifferenceBy(m, m.sub(m.load(x + m.bytes(i)), shift), flush, log2e, round, ln2, c0, c1, c2, c3);
        const s = m.add(s0, e);
        m.store(y, e);
        s0 = s1;
        s1 = s2;
        s2 = s3;
        s3 = s;
        y += register;
      }
      for (; i < end; i += step) {
        const left = end - i;
        const at = x + m.bytes(i);
        // The plain machine has no parts of registers, and would pay half as much again for asking.
        const z = m.sub(ONE_PASS ? m.loadPart(at, left) : m.load(at), shift);
        const e = ONE_PASS ? exponential(m, z) : m.expOfDifference(z);
        const s = m.add(s0, ONE_PASS ? m.keep(e, left) : e);
        s0 = s1;
        s1 = s2;
        s2 = s3;
        s3 = s;
        if (ONE_PASS) m.storePart(y, e, left);
        else m.store(y, e);
        y += register;
        turns++;
      }
      if (m.single()) {
        low = m.addWide(low, m.addWide(m.addWide(m.widenLow(s0), m.widenLow(s1)), m.addWide(m.widenLow(s2), m.widenLow(s3))));
        high = m.addWide(high, m.addWide(m.addWide(m.widenHigh(s0), m.widenHigh(s1)), m.addWide(m.widenHigh(s2), m.widenHigh(s3))));
      } else {
        const s = inTurn(m, turns, s0, s1, s2, s3);
        low = m.addWide(low, m.widenLow(s));
        high = m.addWide(high, m.widenHigh(s));
      }
    }
    sum = m.total(low, high, sum);
  }
  return sum;
}

/** The sum of four accumulators that took turns: after an odd number of turns each stands where its neighbour began. */
export function inTurn(m: Machine, turns: i32, a: Lanes, b: Lanes, c: Lanes, d: Lanes): Lanes {
  return turns & 1 ? m.add(m.add(d, a), m.add(b, c)) : m.add(m.add(a, b), m.add(c, d));
}

/** Zeros in `count` elements. */
export function clear(m: Machine, g: usize, count: i32): void {
  for (let lane = 0; lane < m.passes(); lane++) {
    for (let i = 0; i < count; i += m.lanes()) m.storePart(g + m.bytes(i + lane), m.zero(), count - i - lane);
  }
}
