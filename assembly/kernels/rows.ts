/** The row sweep: the softmax family over rows whose classes lie side by side, a register of classes at a time. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import { REGISTER, RUN } from "./blocks";
import {
  CLASSES,
  GRADIENT,
  GRADIENT_FACTOR_STRIDE,
  GRADIENT_FACTORS,
  HIT_STRIDE,
  HITS,
  LABELS,
  POSITIONS,
  TARGET,
  TARGET_STRIDE,
  VALUE_FACTOR_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";
import { exponential, RowFormula } from "./softmax";

/**
 * Sweeps POSITIONS rows of CLASSES logits at X. The formula's operand lies at TARGET, a row every TARGET_STRIDE bytes
 * (0: one row for all); its label shares at HITS and its labels at LABELS.
 * A row's value times its factor at VALUE_FACTORS is stored at VALUES, unless that is 0; its output, whose scale
 * stands at GRADIENT_FACTORS, at GRADIENT, unless that is 0. A factor of 0 gives zeros whatever the row holds.
 * GRADIENT may be X.
 */
export function sweepRows<F extends RowFormula>(f: F, m: Machine, call: usize): void {
  const rows = m.integer(call + POSITIONS);
  const classes = m.integer(call + CLASSES);
  const rowBytes = m.bytes(classes);
  const x = m.address(call + X);
  const t = m.address(call + TARGET);
  const tRow = m.address(call + TARGET_STRIDE);
  const labels = m.address(call + LABELS);
  const hits = m.address(call + HITS);
  const hitRow = m.address(call + HIT_STRIDE);
  const v = m.address(call + VALUES);
  const valueFactors = m.address(call + VALUE_FACTORS);
  const valueRow = m.address(call + VALUE_FACTOR_STRIDE);
  const g = m.address(call + GRADIENT);
  const outputFactors = m.address(call + GRADIENT_FACTORS);
  const outputRow = m.address(call + GRADIENT_FACTOR_STRIDE);
  for (let row = 0; row < rows; row++) {
    const index = row as usize;
    const valueFactor = v ? m.scalar(valueFactors + index * valueRow) : 0;
    const outputFactor = g ? m.scalar(outputFactors + index * outputRow) : 0;
    const output = g ? g + index * rowBytes : 0;
    if (valueFactor !== 0 || outputFactor !== 0) {
      const value = sweepRow(
        f,
        m,
        x + index * rowBytes,
        t + index * tRow,
        labels + index * 4,
        hits + index * hitRow,
        classes,
        output,
        outputFactor,
      );
      if (v) m.setScalar(v + m.bytes(row), valueFactor === 0 ? 0 : valueFactor * value);
    } else if (v) {
      m.setScalar(v + m.bytes(row), 0);
    }
    if (g && outputFactor === 0) clear(m, output, classes);
  }
}

/** One row: returns its value. */
function sweepRow<F extends RowFormula>(
  f: F,
  m: Machine,
  x: usize,
  t: usize,
  labels: usize,
  hits: usize,
  classes: i32,
  g: usize,
  scale: f64,
): f64 {
  const maximum = rowMaximum(m, x, classes);
  const shift = f.shift(m, maximum);
  const step = m.lanes();
  let sum: f64 = 0;
  let sumD: f64 = 0;
  let sumK: f64 = 0;
  let hit = m.zero();
  let labelZ = m.zero();
  if (f.labelled()) {
    hit = m.loadSplat(hits);
    labelZ = m.sub(m.loadSplat(x + m.bytes(m.label(labels) as i32)), shift);
    if (f.sums() > 1) sumK = m.scalar(hits);
  }
  for (let lane = 0; lane < m.passes(); lane++) {
    let low = m.wideZero();
    let high = m.wideZero();
    let lowD = m.wideZero();
    let highD = m.wideZero();
    let lowK = m.wideZero();
    let highK = m.wideZero();
    for (let begin = 0; begin < classes; begin += RUN) {
      const end = begin + RUN < classes ? begin + RUN : classes;
      let s0 = m.zero();
      let s1 = m.zero();
      let s2 = m.zero();
      let s3 = m.zero();
      let d0 = m.zero();
      let d1 = m.zero();
      let d2 = m.zero();
      let d3 = m.zero();
      let k0 = m.zero();
      let k1 = m.zero();
      let k2 = m.zero();
      let k3 = m.zero();
      let turns = 0;
      if (ONE_PASS) {
        let i = begin;
        for (; i + 2 * step <= end; i += 2 * step) {
          const at = m.bytes(i);
          const z0 = m.sub(m.load(x + at), shift);
          const z1 = m.sub(m.load(x + at + REGISTER), shift);
          const e0 = m.expOfDifference(z0);
          const e1 = m.expOfDifference(z1);
          const sum0 = m.add(s0, e0);
          const sum1 = m.add(s1, e1);
          s0 = s2;
          s1 = s3;
          s2 = sum0;
          s3 = sum1;
          if (f.sums() > 0) {
            const t0 = f.operand() ? m.load(t + at) : z0;
            const t1 = f.operand() ? m.load(t + at + REGISTER) : z1;
            const sumD0 = m.add(d0, f.gather(m, f.gathersExponentials() ? e0 : z0, t0));
            const sumD1 = m.add(d1, f.gather(m, f.gathersExponentials() ? e1 : z1, t1));
            d0 = d2;
            d1 = d3;
            d2 = sumD0;
            d3 = sumD1;
            if (f.sums() > 1) {
              const sumK0 = m.add(k0, t0);
              const sumK1 = m.add(k1, t1);
              k0 = k2;
              k1 = k3;
              k2 = sumK0;
              k3 = sumK1;
            }
          }
          if (f.exponential() && g) {
            m.store(g + at, e0);
            m.store(g + at + REGISTER, e1);
          }
        }
        // What is no pair: one register, in part, or one and a part.
        for (let second = false; i < end; i += step, second = true) {
          const at = m.bytes(i);
          const left = end - i;
          const z = m.sub(m.loadPart(x + at, left), shift);
          const e = exponential(m, z);
          const kept = m.keep(e, left);
          if (second) s1 = m.add(s1, kept);
          else s0 = m.add(s0, kept);
          if (f.sums() > 0) {
            const target = f.operand() ? m.loadPart(t + at, left) : z;
            const gathered = m.keep(f.gather(m, f.gathersExponentials() ? e : z, target), left);
            if (second) d1 = m.add(d1, gathered);
            else d0 = m.add(d0, gathered);
            if (f.sums() > 1) {
              if (second) k1 = m.add(k1, target);
              else k0 = m.add(k0, target);
            }
          }
          if (f.exponential() && g) m.storePart(g + at, e, left);
        }
      } else {
        for (let i = begin + lane; i < end; i += step) {
          const at = m.bytes(i);
          const z = m.sub(m.load(x + at), shift);
          const e = m.expOfDifference(z);
          const s = m.add(s0, e);
          s0 = s1;
          s1 = s2;
          s2 = s3;
          s3 = s;
          if (f.sums() > 0) {
            const target = f.operand() ? m.load(t + at) : z;
            const d = m.add(d0, f.gather(m, f.gathersExponentials() ? e : z, target));
            d0 = d1;
            d1 = d2;
            d2 = d3;
            d3 = d;
            if (f.sums() > 1) {
              const k = m.add(k0, target);
              k0 = k1;
              k1 = k2;
              k2 = k3;
              k3 = k;
            }
          }
          if (f.exponential() && g) m.store(g + at, e);
          turns++;
        }
      }
      const s = inTurn(m, turns, s0, s1, s2, s3);
      low = m.addWide(low, m.widenLow(s));
      high = m.addWide(high, m.widenHigh(s));
      if (f.sums() > 0) {
        const d = inTurn(m, turns, d0, d1, d2, d3);
        lowD = m.addWide(lowD, m.widenLow(d));
        highD = m.addWide(highD, m.widenHigh(d));
      }
      if (f.sums() > 1) {
        const k = inTurn(m, turns, k0, k1, k2, k3);
        lowK = m.addWide(lowK, m.widenLow(k));
        highK = m.addWide(highK, m.widenHigh(k));
      }
    }
    sum = m.total(low, high, sum);
    if (f.sums() > 0) sumD = m.total(lowD, highD, sumD);
    if (f.sums() > 1) sumK = m.total(lowK, highK, sumK);
  }
  const S = m.splat(sum);
  const D = m.splat(sumD);
  const K = m.splat(sumK);
  if (g && scale !== 0) {
    const factor = m.splat(scale);
    writeRow(f, m, x, t, classes, g, shift, f.first(m, maximum, S, D, K, factor), f.second(m, S, D, factor));
    if (f.labelled()) m.addAt(g, 0, labels, m.bytes(1), m.neg(m.mul(hit, factor)), 1);
  }
  return m.first(f.value(m, maximum, S, D, K, hit, labelZ));
}

/** The sum of four accumulators that took turns: after an odd number of turns each stands where its neighbour began. */
function inTurn(m: Machine, turns: i32, a: Lanes, b: Lanes, c: Lanes, d: Lanes): Lanes {
  return turns & 1 ? m.add(m.add(d, a), m.add(b, c)) : m.add(m.add(a, b), m.add(c, d));
}

/** The output of one row. */
function writeRow<F extends RowFormula>(
  f: F,
  m: Machine,
  x: usize,
  t: usize,
  classes: i32,
  g: usize,
  shift: Lanes,
  first: Lanes,
  second: Lanes,
): void {
  const step = m.lanes();
  for (let lane = 0; lane < m.passes(); lane++) {
    let i = 0;
    for (; ONE_PASS && i + 4 * step <= classes; i += 4 * step) {
      const at = m.bytes(i + lane);
      const y0 = f.exponential() ? m.load(g + at) : m.sub(m.load(x + at), shift);
      const y1 = f.exponential() ? m.load(g + at + REGISTER) : m.sub(m.load(x + at + REGISTER), shift);
      const y2 = f.exponential() ? m.load(g + at + 2 * REGISTER) : m.sub(m.load(x + at + 2 * REGISTER), shift);
      const y3 = f.exponential() ? m.load(g + at + 3 * REGISTER) : m.sub(m.load(x + at + 3 * REGISTER), shift);
      m.store(g + at, f.output(m, y0, f.operand() ? m.load(t + at) : y0, first, second));
      m.store(g + at + REGISTER, f.output(m, y1, f.operand() ? m.load(t + at + REGISTER) : y1, first, second));
      m.store(g + at + 2 * REGISTER, f.output(m, y2, f.operand() ? m.load(t + at + 2 * REGISTER) : y2, first, second));
      m.store(g + at + 3 * REGISTER, f.output(m, y3, f.operand() ? m.load(t + at + 3 * REGISTER) : y3, first, second));
    }
    for (; i < classes; i += step) {
      const at = m.bytes(i + lane);
      const left = classes - i - lane;
      const y0 = f.exponential() ? m.loadPart(g + at, left) : m.sub(m.loadPart(x + at, left), shift);
      m.storePart(g + at, f.output(m, y0, f.operand() ? m.loadPart(t + at, left) : y0, first, second), left);
    }
  }
}

/** The largest logit of a row, in every lane. A NaN may be passed over: it returns through the sum of exponentials. */
function rowMaximum(m: Machine, x: usize, classes: i32): Lanes {
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
    for (; i < classes; i += step) {
      const left = classes - i - lane;
      m0 = m.maxPart(m.loadPart(x + m.bytes(i + lane), left), m0, left);
    }
    maximum = m.across(m.max(m.max(m0, m1), m.max(m2, m3)));
  }
  return maximum;
}

/** Zeros in `count` elements. */
function clear(m: Machine, g: usize, count: i32): void {
  for (let lane = 0; lane < m.passes(); lane++) {
    for (let i = 0; i < count; i += m.lanes()) m.storePart(g + m.bytes(i + lane), m.zero(), count - i - lane);
  }
}
