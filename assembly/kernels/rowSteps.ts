/** The steps of the row sweep that are the same for every formula: the maximum, the exponentials and their sum, zeros. */

import { constant } from "../elementary/constant";
import { coefficient } from "../elementary/exp";
import { FLUSH, LN2, LOG2E, ROUND } from "../elementary/tables";
import { Lanes, Machine, ONE_PASS } from "../machine";
import { GROUP_CLASSES, REGISTER, RUN } from "./blocks";
import { INTERIM } from "./call";
import { COLUMN_RUN } from "./columnSteps";
import { finishAt, halveAt } from "./halves";
import { exponential } from "./rowFormulas";

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

/** The sum of the exponentials of a row less its shift. They go to `to`, which may be `x`, unless it is 0. */
export function rowExponentials(m: Machine, call: usize, x: usize, classes: i32, shift: Lanes, to: usize): f64 {
  const step = m.lanes();
  const interim = call + INTERIM;
  let sum: f64 = 0;
  for (let lane = 0; lane < m.passes(); lane++) {
    let low = m.wideZero();
    let high = m.wideZero();
    for (let begin = 0; begin < classes; begin += RUN) {
      const end = begin + RUN < classes ? begin + RUN : classes;
      // What nobody wants is stored all the same, over what it is made of: one loop without a test serves both.
      let y = (to === 0 ? interim : to + m.bytes(begin)) + m.bytes(lane);
      let s0 = m.zero();
      let s1 = m.zero();
      let s2 = m.zero();
      let s3 = m.zero();
      let i = begin + lane;
      if (ONE_PASS) {
        const size = m.bytes(end - begin);
        halveRun(m, x + m.bytes(begin), size, shift, interim);
        const c0 = coefficient(m, 0);
        const c1 = coefficient(m, 1);
        const c2 = coefficient(m, 2);
        const c3 = coefficient(m, 3);
        let at = interim;
        const past = at + size;
        for (; at + 4 * REGISTER <= past; at += 4 * REGISTER) {
          const e0 = finishAt(m, at, y, 0, c0, c1, c2, c3);
          const e1 = finishAt(m, at, y, REGISTER, c0, c1, c2, c3);
          const e2 = finishAt(m, at, y, 2 * REGISTER, c0, c1, c2, c3);
          const e3 = finishAt(m, at, y, 3 * REGISTER, c0, c1, c2, c3);
          // What is added to one large exponential, or it to small ones, is rounded at its size: in a run at most 6 times, not 16.
          const s = m.add(s0, m.add(m.add(e0, e1), m.add(e2, e3)));
          s0 = s1;
          s1 = s2;
          s2 = s3;
          s3 = s;
          y += 4 * REGISTER;
        }
        // The registers that are over and whole: by the calls for a part of one, as in f64, a row of 1000 classes takes 2 % longer.
        for (; m.single() && at + REGISTER <= past; at += REGISTER) {
          const s = m.add(s0, finishAt(m, at, y, 0, c0, c1, c2, c3));
          s0 = s1;
          s1 = s2;
          s2 = s3;
          s3 = s;
          y += REGISTER;
        }
        i = begin + m.elements(at - interim);
      } else {
        // Plus the lane: all lanes of the plain machine take the turns that the registers take.
        for (; i + 4 * step <= end + lane; i += 4 * step) {
          const at = x + m.bytes(i);
          const e0 = m.expOfDifference(m.sub(m.load(at), shift));
          const e1 = m.expOfDifference(m.sub(m.load(at + REGISTER), shift));
          const e2 = m.expOfDifference(m.sub(m.load(at + 2 * REGISTER), shift));
          const e3 = m.expOfDifference(m.sub(m.load(at + 3 * REGISTER), shift));
          const s = m.add(s0, m.add(m.add(e0, e1), m.add(e2, e3)));
          s0 = s1;
          s1 = s2;
          s2 = s3;
          s3 = s;
          m.store(y, e0);
          m.store(y + REGISTER, e1);
          m.store(y + 2 * REGISTER, e2);
          m.store(y + 3 * REGISTER, e3);
          y += 4 * REGISTER;
        }
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
        y += REGISTER;
      }
      low = m.addWide(low, m.addWide(m.addWide(m.widenLow(s0), m.widenLow(s1)), m.addWide(m.widenLow(s2), m.widenLow(s3))));
      high = m.addWide(high, m.addWide(m.addWide(m.widenHigh(s0), m.widenHigh(s1)), m.addWide(m.widenHigh(s2), m.widenHigh(s3))));
    }
    sum = m.total(low, high, sum);
  }
  return classes <= GROUP_CLASSES ? sumAsColumn(m, to === 0 ? interim : to, classes) : sum;
}

/** The sum of a row's exponentials in the order of the column sweep: so a row by itself has the bits that it has among others. */
function sumAsColumn(m: Machine, y: usize, classes: i32): f64 {
  const several = classes > COLUMN_RUN;
  const size = m.bytes(1);
  let sum: f64 = m.single() && !several ? 1 : 0;
  for (let begin = 0; begin < classes; begin += COLUMN_RUN) {
    const count = begin + COLUMN_RUN < classes ? COLUMN_RUN : classes - begin;
    let c = 4;
    for (; m.single() && several && c <= count; c += 4) {
      const s = m.add(m.loadSplat(y), m.loadSplat(y + size));
      sum += m.first(m.add(s, m.add(m.loadSplat(y + 2 * size), m.loadSplat(y + 3 * size))));
      y += 4 * size;
    }
    let s0 = m.single() && !several ? m.splat(-1) : m.zero();
    let s1 = m.zero();
    for (c -= 2; c <= count; c += 2) {
      const e0 = m.loadSplat(y);
      const e1 = m.loadSplat(y + size);
      if (m.single()) s0 = m.add(s0, m.add(e0, e1));
      else {
        s0 = m.add(s0, e0);
        s1 = m.add(s1, e1);
      }
      y += 2 * size;
    }
    if (c === count + 1) {
      s0 = m.add(s0, m.loadSplat(y));
      y += size;
    }
    sum += m.first(m.single() ? s0 : m.add(s0, s1));
  }
  return sum;
}

/**
 * The first half of the exponentials of `size` bytes of logits less their shift, to `to` and INTERIM_HALF behind it. In a loop of
 * its own, with half the operations of an exponential and half the constants, the processor has more registers at work.
 */
function halveRun(m: Machine, x: usize, size: usize, shift: Lanes, to: usize): void {
  // V8 would load them at each turn: rows would take 5 % longer on baseline SIMD, 15 % on relaxed.
  const flush = constant(m, FLUSH);
  const log2e = constant(m, LOG2E);
  const round = constant(m, ROUND);
  const ln2 = constant(m, LN2);
  const past = to + size;
  for (; to + 4 * REGISTER <= past; to += 4 * REGISTER) {
    halveAt(m, x, to, 0, shift, flush, log2e, round, ln2);
    halveAt(m, x, to, REGISTER, shift, flush, log2e, round, ln2);
    halveAt(m, x, to, 2 * REGISTER, shift, flush, log2e, round, ln2);
    halveAt(m, x, to, 3 * REGISTER, shift, flush, log2e, round, ln2);
    x += 4 * REGISTER;
  }
  for (; m.single() && to + REGISTER <= past; to += REGISTER) {
    halveAt(m, x, to, 0, shift, flush, log2e, round, ln2);
    x += REGISTER;
  }
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
