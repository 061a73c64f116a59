/** The pointwise sweep: a formula applied element by element, with the sum of its values and its gradient. */

import { Lanes, Machine } from "../machine";
import { BLOCK, REGISTER, RUN } from "./blocks";

/**
 * A loss whose value at an element depends on that element alone. All its methods are abstract and every formula
 * inherits from a class that none overrides: so asc resolves each call at compile time.
 */
export abstract class Pointwise {
  /** Whether the formula has a target. Constant. */
  abstract target(): bool;
  /** Whether the formula has a third operand (a weight of positives, a variance). Constant. */
  abstract third(): bool;
  /** What value and slope share, computed once. */
  abstract common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes;
  abstract value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes;
  /** The derivative of the value with respect to the prediction. */
  abstract slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes;
}

/** A formula of the prediction alone. */
export abstract class Unary extends Pointwise {
  target(): bool {
    return false;
  }

  third(): bool {
    return false;
  }
}

/** A formula of prediction and target. */
export abstract class Binary extends Pointwise {
  target(): bool {
    return true;
  }

  third(): bool {
    return false;
  }
}

/** A formula of prediction, target and a third operand. */
export abstract class Ternary extends Pointwise {
  target(): bool {
    return true;
  }

  third(): bool {
    return true;
  }
}

/**
 * Sweeps `count` elements. `valued` asks for the values: their sum is added to `sum` and returned, and they are
 * stored at `v` unless that is 0. `scale` times the slope is stored at `g` unless that is 0. `a` and `b` are the
 * formula's parameters.
 *
 * A sum has the same bits whatever the machine and however the elements are split into calls of whole blocks:
 * RUN elements are added in 4 registers of lanes, runs in f64 by lane, the lanes of a block in index order.
 */
export function sweep<F extends Pointwise>(
  f: F,
  m: Machine,
  p: usize,
  t: usize,
  w: usize,
  count: i32,
  v: usize,
  g: usize,
  valued: i32,
  scale: f64,
  a: f64,
  b: f64,
  sum: f64,
): f64 {
  const factor = m.splat(scale);
  const first = m.splat(a);
  const second = m.splat(b);
  for (let start = 0; start < count; start += BLOCK) {
    const end = start + BLOCK < count ? start + BLOCK : count;
    for (let lane = 0; lane < m.passes(); lane++) {
      let low = m.wideZero();
      let high = m.wideZero();
      for (let begin = start; begin < end; begin += RUN) {
        const stop = begin + RUN < end ? begin + RUN : end;
        const s = run(f, m, p, t, w, begin, stop, lane, v, g, valued, factor, first, second);
        low = m.addWide(low, m.widenLow(s));
        high = m.addWide(high, m.widenHigh(s));
      }
      if (valued) sum = m.total(low, high, sum);
    }
  }
  return sum;
}

/** Elements `begin` to `end` of one pass: the values' sum by lane. */
function run<F extends Pointwise>(
  f: F,
  m: Machine,
  p: usize,
  t: usize,
  w: usize,
  begin: i32,
  end: i32,
  lane: i32,
  v: usize,
  g: usize,
  valued: i32,
  factor: Lanes,
  a: Lanes,
  b: Lanes,
): Lanes {
  let s0 = m.zero();
  let s1 = m.zero();
  let s2 = m.zero();
  let s3 = m.zero();
  const step = m.lanes();
  let i = begin;
  if (m.passes() === 1) {
    if (valued && !v && !g) {
      // Nothing to store: a loop without the tests, a quarter faster where values are cheap.
      for (; i + 4 * step <= end; i += 4 * step) {
        const at = m.bytes(i + lane);
        s0 = m.add(s0, valueAt(f, m, p + at, t + at, w + at, a, b));
        s1 = m.add(s1, valueAt(f, m, p + at + REGISTER, t + at + REGISTER, w + at + REGISTER, a, b));
        s2 = m.add(s2, valueAt(f, m, p + at + 2 * REGISTER, t + at + 2 * REGISTER, w + at + 2 * REGISTER, a, b));
        s3 = m.add(s3, valueAt(f, m, p + at + 3 * REGISTER, t + at + 3 * REGISTER, w + at + 3 * REGISTER, a, b));
      }
    }
    for (; i + 4 * step <= end; i += 4 * step) {
      const at = m.bytes(i + lane);
      const p0 = m.load(p + at);
      const p1 = m.load(p + at + REGISTER);
      const p2 = m.load(p + at + 2 * REGISTER);
      const p3 = m.load(p + at + 3 * REGISTER);
      const t0 = f.target() ? m.load(t + at) : p0;
      const t1 = f.target() ? m.load(t + at + REGISTER) : p1;
      const t2 = f.target() ? m.load(t + at + 2 * REGISTER) : p2;
      const t3 = f.target() ? m.load(t + at + 3 * REGISTER) : p3;
      const w0 = f.third() ? m.load(w + at) : p0;
      const w1 = f.third() ? m.load(w + at + REGISTER) : p1;
      const w2 = f.third() ? m.load(w + at + 2 * REGISTER) : p2;
      const w3 = f.third() ? m.load(w + at + 3 * REGISTER) : p3;
      const c0 = f.common(m, p0, t0, w0, a);
      const c1 = f.common(m, p1, t1, w1, a);
      const c2 = f.common(m, p2, t2, w2, a);
      const c3 = f.common(m, p3, t3, w3, a);
      if (valued) {
        const v0 = f.value(m, c0, p0, t0, w0, a, b);
        const v1 = f.value(m, c1, p1, t1, w1, a, b);
        const v2 = f.value(m, c2, p2, t2, w2, a, b);
        const v3 = f.value(m, c3, p3, t3, w3, a, b);
        s0 = m.add(s0, v0);
        s1 = m.add(s1, v1);
        s2 = m.add(s2, v2);
        s3 = m.add(s3, v3);
        if (v) {
          m.store(v + at, v0);
          m.store(v + at + REGISTER, v1);
          m.store(v + at + 2 * REGISTER, v2);
          m.store(v + at + 3 * REGISTER, v3);
        }
      }
      if (g) {
        m.store(g + at, m.mul(factor, f.slope(m, c0, p0, t0, w0, a, b)));
        m.store(g + at + REGISTER, m.mul(factor, f.slope(m, c1, p1, t1, w1, a, b)));
        m.store(g + at + 2 * REGISTER, m.mul(factor, f.slope(m, c2, p2, t2, w2, a, b)));
        m.store(g + at + 3 * REGISTER, m.mul(factor, f.slope(m, c3, p3, t3, w3, a, b)));
      }
    }
  } else {
    // One accumulator after the other, and the formula once: more than that V8 does not inline.
    for (let k = 0; k < 4; k++) {
      let sum = m.zero();
      for (i = begin; i + 4 * step <= end; i += 4 * step) {
        sum = m.add(sum, sweepAt(f, m, p, t, w, m.bytes(i + k * step + lane), v, g, valued, factor, a, b));
      }
      if (k === 0) s0 = sum;
      else if (k === 1) s1 = sum;
      else if (k === 2) s2 = sum;
      else s3 = sum;
    }
  }
  for (; i < end; i += step) {
    const at = m.bytes(i + lane);
    const left = end - i - lane;
    const p0 = m.loadPart(p + at, left);
    const t0 = f.target() ? m.loadPart(t + at, left) : p0;
    const w0 = f.third() ? m.loadPart(w + at, left) : p0;
    const c0 = f.common(m, p0, t0, w0, a);
    if (valued) {
      const v0 = f.value(m, c0, p0, t0, w0, a, b);
      s0 = m.add(s0, m.keep(v0, left));
      if (v) m.storePart(v + at, v0, left);
    }
    if (g) m.storePart(g + at, m.mul(factor, f.slope(m, c0, p0, t0, w0, a, b)), left);
  }
  return m.add(m.add(s0, s1), m.add(s2, s3));
}

/** The value of a register's elements. */
function valueAt<F extends Pointwise>(f: F, m: Machine, p: usize, t: usize, w: usize, a: Lanes, b: Lanes): Lanes {
  const p0 = m.load(p);
  const t0 = f.target() ? m.load(t) : p0;
  const w0 = f.third() ? m.load(w) : p0;
  return f.value(m, f.common(m, p0, t0, w0, a), p0, t0, w0, a, b);
}

/** Sweeps one register's elements, `at` bytes on; returns their values, or zeros if none are asked for. */
function sweepAt<F extends Pointwise>(
  f: F,
  m: Machine,
  p: usize,
  t: usize,
  w: usize,
  at: usize,
  v: usize,
  g: usize,
  valued: i32,
  factor: Lanes,
  a: Lanes,
  b: Lanes,
): Lanes {
  const p0 = m.load(p + at);
  const t0 = f.target() ? m.load(t + at) : p0;
  const w0 = f.third() ? m.load(w + at) : p0;
  const c0 = f.common(m, p0, t0, w0, a);
  if (g) m.store(g + at, m.mul(factor, f.slope(m, c0, p0, t0, w0, a, b)));
  if (!valued) return m.zero();
  const v0 = f.value(m, c0, p0, t0, w0, a, b);
  if (v) m.store(v + at, v0);
  return v0;
}
