/** The pointwise sweep: a formula applied element by element, with the sum of its values, its gradient and its curvature. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import { BLOCK, REGISTER, RUN } from "./blocks";
import { copy } from "./bounce";
import { A, B, BOUNCE, COUNT, GRADIENT, HESSIAN, INTERIM, SCALE, SUM, SUMMED, TARGET, THIRD, VALUES, X } from "./call";
import { decays } from "./decays";
import { APART, BRIEF, COMPACT, PAIRED, Pointwise, SCALED } from "./pointwiseFormulas";

const VALUE: i32 = 0;
const SLOPE: i32 = 1;
const CURVATURE: i32 = 2;

/**
 * Sweeps the COUNT elements of the call. SUMMED asks for the sum of the values, which is added to SUM and returned;
 * values are stored at VALUES, SCALE times slope and curvature at GRADIENT and HESSIAN, unless these are 0.
 * A and B are the formula's parameters.
 *
 * A sum has the same bits whatever the machine, whatever else is asked for, and however the elements are split into
 * calls of whole blocks: RUN elements of a block are added in 4 registers of lanes, runs in f64 by lane, then the lanes
 * in index order. What does not fill a pair of registers, at the end, is a block of its own.
 */
export function sweep<F extends Pointwise>(f: F, m: Machine, call: usize): f64 {
  const p = m.address(call + X);
  const t = f.target() ? m.address(call + TARGET) : p;
  const w = f.third() ? m.address(call + THIRD) : p;
  const v = m.address(call + VALUES);
  const g = m.address(call + GRADIENT);
  const h = m.address(call + HESSIAN);
  const summed = m.integer(call + SUMMED) !== 0;
  const valued = summed || v !== 0;
  const a = m.splat(m.double(call + A));
  let factor = m.splat(m.double(call + SCALE));
  // What a SCALED formula reads in place of a third operand.
  if (ONE_PASS && f.loops() === SCALED) factor = m.abs(a);
  const b = m.splat(m.double(call + B));
  const count = m.integer(call + COUNT);
  const pair = 2 * m.lanes();
  let sum = m.double(call + SUM);
  for (let start = 0, left = 0; start < count; start += left) {
    left = count - start < BLOCK ? count - start : BLOCK;
    if (left >= pair) left -= left % pair;
    const at = m.bytes(start);
    if (!ONE_PASS) {
      for (let lane = 0; lane < m.passes(); lane++) {
        sum = run(f, m, p, t, w, v, g, h, valued, at + m.bytes(lane), at + m.bytes(left), 0, factor, a, b, sum);
      }
    } else {
      const bounce = call + BOUNCE;
      const shared = call + INTERIM;
      // The two calls keep asc from inlining `run`: all sweeps are then so much alike that they compress to little.
      if (left >= pair) {
        const to: usize = v === 0 ? 0 : v + at;
        const slopes: usize = g === 0 ? 0 : g + at;
        const curvatures: usize = h === 0 ? 0 : h + at;
        sum = run(f, m, p + at, t + at, w + at, to, slopes, curvatures, valued, 0, m.bytes(left), shared, factor, a, b, sum);
      } else {
        // What is no pair passes through the bounce, so that the formula need not stand in the binary a second time.
        copy(m, p + at, bounce, left);
        if (f.target()) copy(m, t + at, bounce + 2 * REGISTER, left);
        if (f.third()) copy(m, w + at, bounce + 4 * REGISTER, left);
        const to = bounce + 6 * REGISTER;
        const slopes: usize = g === 0 ? 0 : bounce + 8 * REGISTER;
        const curvatures: usize = h === 0 ? 0 : bounce + 10 * REGISTER;
        const size: usize = 2 * REGISTER;
        run(f, m, bounce, bounce + size, bounce + 2 * size, to, slopes, curvatures, valued, 0, size, shared, factor, a, b, sum);
        let s = m.keep(m.load(to), left);
        if (left > m.lanes()) s = m.add(s, m.keep(m.load(to + REGISTER), left - m.lanes()));
        sum = m.total(m.widenLow(s), m.widenHigh(s), sum);
        if (v !== 0) copy(m, to, v + at, left);
        if (g !== 0) copy(m, slopes, g + at, left);
        if (h !== 0) copy(m, curvatures, h + at, left);
      }
    }
  }
  return sum;
}

/**
 * One block, from `from` bytes on up to `to`: `sum` plus its values, if `valued`. On the SIMD machine it is whole pairs of
 * registers; the plain machine visits one lane of it.
 */
function run<F extends Pointwise>(
  f: F,
  m: Machine,
  p: usize,
  t: usize,
  w: usize,
  v: usize,
  g: usize,
  h: usize,
  valued: bool,
  from: usize,
  to: usize,
  shared: usize,
  factor: Lanes,
  a: Lanes,
  b: Lanes,
  sum: f64,
): f64 {
  let low = m.wideZero();
  let high = m.wideZero();
  for (let at = from; at < to; ) {
    const end = to - at < m.bytes(RUN) ? to : at + m.bytes(RUN);
    let s0 = m.zero();
    let s1 = m.zero();
    let s2 = m.zero();
    let s3 = m.zero();
    if (ONE_PASS && f.loops() >= BRIEF && v === 0 && h === 0) {
      // Without the tests for what to store: a quarter faster.
      if (g === 0) {
        for (; at + 3 * REGISTER < end; at += 4 * REGISTER) {
          s0 = m.add(s0, valueAt(f, m, p, t, w, at, 0, a, b));
          s1 = m.add(s1, valueAt(f, m, p, t, w, at, REGISTER, a, b));
          s2 = m.add(s2, valueAt(f, m, p, t, w, at, 2 * REGISTER, a, b));
          s3 = m.add(s3, valueAt(f, m, p, t, w, at, 3 * REGISTER, a, b));
        }
      } else {
        for (; at + 3 * REGISTER < end; at += 4 * REGISTER) {
          if (m.single()) {
            // Stored when all are computed, they share constants: mae takes 6 to 10 % less. In f64, where none are shared, 30 % more.
            const g0 = slopeAt(f, m, p, t, w, at, 0, factor, a, b);
            const g1 = slopeAt(f, m, p, t, w, at, REGISTER, factor, a, b);
            const g2 = slopeAt(f, m, p, t, w, at, 2 * REGISTER, factor, a, b);
            const g3 = slopeAt(f, m, p, t, w, at, 3 * REGISTER, factor, a, b);
            s0 = m.add(s0, valueAt(f, m, p, t, w, at, 0, a, b));
            s1 = m.add(s1, valueAt(f, m, p, t, w, at, REGISTER, a, b));
            s2 = m.add(s2, valueAt(f, m, p, t, w, at, 2 * REGISTER, a, b));
            s3 = m.add(s3, valueAt(f, m, p, t, w, at, 3 * REGISTER, a, b));
            m.store(g + at, g0);
            m.store(g + at + REGISTER, g1);
            m.store(g + at + 2 * REGISTER, g2);
            m.store(g + at + 3 * REGISTER, g3);
          } else {
            s0 = m.add(s0, bothAt(f, m, p, t, w, g, at, 0, factor, a, b));
            s1 = m.add(s1, bothAt(f, m, p, t, w, g, at, REGISTER, factor, a, b));
            s2 = m.add(s2, bothAt(f, m, p, t, w, g, at, 2 * REGISTER, factor, a, b));
            s3 = m.add(s3, bothAt(f, m, p, t, w, g, at, 3 * REGISTER, factor, a, b));
          }
        }
      }
    }
    if (!ONE_PASS && valued && v === 0 && h === 0) {
      // One call for V8 to inline, not four, and without those tests: a quarter faster, pseudoHuber twice as fast.
      for (; at < end; at += REGISTER) {
        const sum0 = m.add(s0, g === 0 ? valueAt(f, m, p, t, w, at, 0, a, b) : bothAt(f, m, p, t, w, g, at, 0, factor, a, b));
        s0 = s1;
        s1 = s2;
        s2 = s3;
        s3 = sum0;
      }
    }
    if (!ONE_PASS || f.loops() === COMPACT) {
      for (; at < end; at += REGISTER) {
        const p0 = m.load(p + at);
        const t0 = f.target() ? m.load(t + at) : p0;
        const w0 = f.third() ? m.load(w + at) : p0;
        const c0 = f.common(m, p0, t0, w0, a);
        if (ONE_PASS) m.store(shared, c0);
        if (valued) {
          const v0 = f.value(m, c0, p0, t0, w0, a, b);
          if (v !== 0) m.store(v + at, v0);
          const sum0 = m.add(s0, v0);
          s0 = s1;
          s1 = s2;
          s2 = s3;
          s3 = sum0;
        }
        if (g !== 0) m.store(g + at, m.mul(factor, f.slope(m, c0, p0, t0, w0, a, b)));
        if (h !== 0) m.store(h + at, m.mul(factor, f.curvature(m, c0, p0, t0, w0, a, b)));
      }
    }
    if (ONE_PASS && (f.loops() === PAIRED || f.loops() >= BRIEF)) {
      for (; at < end; at += 2 * REGISTER) {
        const p0 = m.load(p + at);
        const p1 = m.load(p + at + REGISTER);
        const t0 = f.target() ? m.load(t + at) : p0;
        const t1 = f.target() ? m.load(t + at + REGISTER) : p1;
        const w0 = f.third() ? m.load(w + at) : p0;
        const w1 = f.third() ? m.load(w + at + REGISTER) : p1;
        // Of both, what is computed is stored last: a store between them keeps V8 from mixing their operations.
        const c0 = f.common(m, p0, t0, w0, a);
        const c1 = f.common(m, p1, t1, w1, a);
        // Never read: this use outside of the branches keeps V8 from computing it once in each of them.
        m.store(shared, c0);
        m.store(shared + REGISTER, c1);
        if (valued) {
          const v0 = f.value(m, c0, p0, t0, w0, a, b);
          const v1 = f.value(m, c1, p1, t1, w1, a, b);
          if (v !== 0) {
            m.store(v + at, v0);
            m.store(v + at + REGISTER, v1);
          }
          const sum0 = m.add(s0, v0);
          const sum1 = m.add(s1, v1);
          s0 = s2;
          s1 = s3;
          s2 = sum0;
          s3 = sum1;
        }
        if (g !== 0) {
          const g0 = scaledSlopeAt(f, m, factor, c0, p0, t0, w0, a, b);
          const g1 = scaledSlopeAt(f, m, factor, c1, p1, t1, w1, a, b);
          m.store(g + at, g0);
          m.store(g + at + REGISTER, g1);
        }
        if (h !== 0) {
          m.store(h + at, m.mul(factor, f.curvature(m, c0, p0, t0, w0, a, b)));
          m.store(h + at + REGISTER, m.mul(factor, f.curvature(m, c1, p1, t1, w1, a, b)));
        }
      }
    }
    if (ONE_PASS && f.loops() === APART) {
      // Each loop has a shorter chain of operations and fewer constants: the processor has more registers at work.
      decays(m, p + at, end - at, shared);
      const interim = shared - at;
      if (valued) {
        for (let i = at; i < end; i += 2 * REGISTER) {
          const v0 = resultAt(f, m, VALUE, interim, p, t, w, i, 0, a, b);
          const v1 = resultAt(f, m, VALUE, interim, p, t, w, i, REGISTER, a, b);
          if (v !== 0) {
            m.store(v + i, v0);
            m.store(v + i + REGISTER, v1);
          }
          const sum0 = m.add(s0, v0);
          const sum1 = m.add(s1, v1);
          s0 = s2;
          s1 = s3;
          s2 = sum0;
          s3 = sum1;
        }
      }
      if (g !== 0) {
        for (let i = at; i < end; i += 2 * REGISTER) {
          const g0 = m.mul(factor, resultAt(f, m, SLOPE, interim, p, t, w, i, 0, a, b));
          const g1 = m.mul(factor, resultAt(f, m, SLOPE, interim, p, t, w, i, REGISTER, a, b));
          m.store(g + i, g0);
          m.store(g + i + REGISTER, g1);
        }
      }
      if (h !== 0) {
        for (let i = at; i < end; i += REGISTER) m.store(h + i, m.mul(factor, resultAt(f, m, CURVATURE, interim, p, t, w, i, 0, a, b)));
      }
      at = end;
    }
    const s = m.add(m.add(s0, s1), m.add(s2, s3));
    low = m.addWide(low, m.widenLow(s));
    high = m.addWide(high, m.widenHigh(s));
  }
  return m.total(low, high, sum);
}

/** The value of a register's elements, `at` and `past` bytes on: `past`, a constant, comes last, where asc makes it a part of the load. */
function valueAt<F extends Pointwise>(f: F, m: Machine, p: usize, t: usize, w: usize, at: usize, past: usize, a: Lanes, b: Lanes): Lanes {
  const p0 = m.load(p + at + past);
  const t0 = f.target() ? m.load(t + at + past) : p0;
  const w0 = f.third() ? m.load(w + at + past) : p0;
  return f.value(m, f.common(m, p0, t0, w0, a), p0, t0, w0, a, b);
}

/** The factor times a slope. The plain machine does without: of SCALED it knows nothing, and it would be a call more in its loops. */
function scaledSlopeAt<F extends Pointwise>(
  f: F,
  m: Machine,
  factor: Lanes,
  c: Lanes,
  p: Lanes,
  t: Lanes,
  w: Lanes,
  a: Lanes,
  b: Lanes,
): Lanes {
  if (f.loops() === SCALED) return f.slope(m, c, p, t, factor, a, b);
  return m.mul(factor, f.slope(m, c, p, t, w, a, b));
}

/** The factor times their slopes. */
function slopeAt<F extends Pointwise>(
  f: F,
  m: Machine,
  p: usize,
  t: usize,
  w: usize,
  at: usize,
  past: usize,
  factor: Lanes,
  a: Lanes,
  b: Lanes,
): Lanes {
  const p0 = m.load(p + at + past);
  const t0 = f.target() ? m.load(t + at + past) : p0;
  const w0 = f.third() ? m.load(w + at + past) : p0;
  return scaledSlopeAt(f, m, factor, f.common(m, p0, t0, w0, a), p0, t0, w0, a, b);
}

/** The values; the factor times the slopes is stored at `g`. */
function bothAt<F extends Pointwise>(
  f: F,
  m: Machine,
  p: usize,
  t: usize,
  w: usize,
  g: usize,
  at: usize,
  past: usize,
  factor: Lanes,
  a: Lanes,
  b: Lanes,
): Lanes {
  const p0 = m.load(p + at + past);
  const t0 = f.target() ? m.load(t + at + past) : p0;
  const w0 = f.third() ? m.load(w + at + past) : p0;
  const c0 = f.common(m, p0, t0, w0, a);
  if (ONE_PASS) m.store(g + at + past, scaledSlopeAt(f, m, factor, c0, p0, t0, w0, a, b));
  else m.store(g + at + past, m.mul(factor, f.slope(m, c0, p0, t0, w0, a, b)));
  return f.value(m, c0, p0, t0, w0, a, b);
}

/** Value, slope or curvature, of the stored `common`. */
function resultAt<F extends Pointwise>(
  f: F,
  m: Machine,
  result: i32,
  shared: usize,
  p: usize,
  t: usize,
  w: usize,
  at: usize,
  past: usize,
  a: Lanes,
  b: Lanes,
): Lanes {
  const p0 = m.load(p + at + past);
  const t0 = f.target() ? m.load(t + at + past) : p0;
  const w0 = f.third() ? m.load(w + at + past) : p0;
  const c0 = m.load(shared + at + past);
  if (result === VALUE) return f.value(m, c0, p0, t0, w0, a, b);
  return result === SLOPE ? f.slope(m, c0, p0, t0, w0, a, b) : f.curvature(m, c0, p0, t0, w0, a, b);
}
