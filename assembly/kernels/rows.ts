/** The row sweep: the softmax family over rows whose classes lie side by side, a register of classes at a time. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import { GROUP_CLASSES, REGISTER, RUN } from "./blocks";
import {
  CLASSES,
  GRADIENT,
  GRADIENT_FACTOR_STRIDE,
  GRADIENT_FACTORS,
  HIT_STRIDE,
  HITS,
  LABELS,
  POSITIONS,
  SUM_D,
  SUM_K,
  TARGET,
  TARGET_STRIDE,
  VALUE_FACTOR_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";
import { COLUMN_RUN } from "./columnSteps";
import { RowFormula } from "./rowFormulas";
import { clear, inTurn, rowExponentials, rowMaximum } from "./rowSteps";

/**
 * Sweeps POSITIONS rows of CLASSES logits at X. The formula's operand lies at TARGET, a row every TARGET_STRIDE bytes
 * (0: one row for all); its label shares at HITS and its labels at LABELS.
 * A row's value times its factor at VALUE_FACTORS is stored at VALUES, unless that is 0; its output, whose scale
 * stands at GRADIENT_FACTORS, at GRADIENT, unless that is 0. A factor of 0 gives zeros whatever the row holds.
 * GRADIENT may be X.
 */
export function sweepRows<F extends RowFormula>(f: F, m: Machine, call: usize): void {
  const rows = m.integer(call + POSITIONS);
  const rowBytes = m.bytes(m.integer(call + CLASSES));
  const x = m.address(call + X);
  const t = m.address(call + TARGET);
  const tRow = m.address(call + TARGET_STRIDE);
  const g = m.address(call + GRADIENT);
  for (let row = 0; row < rows; row++) {
    const index = row as usize;
    sweepRow(f, m, call, x + index * rowBytes, t + index * tRow, g ? g + index * rowBytes : 0, row);
  }
}

/** One row, whose logits, operand and output (0: none) are at `x`, `t` and `g`, and its other numbers those of index `row`. */
export function sweepRow<F extends RowFormula>(f: F, m: Machine, call: usize, x: usize, t: usize, g: usize, row: i32): void {
  const index = row as usize;
  const classes = m.integer(call + CLASSES);
  const v = m.address(call + VALUES);
  const valueFactor = v ? m.scalar(m.address(call + VALUE_FACTORS) + index * m.address(call + VALUE_FACTOR_STRIDE)) : 0;
  const scale = g ? m.scalar(m.address(call + GRADIENT_FACTORS) + index * m.address(call + GRADIENT_FACTOR_STRIDE)) : 0;
  let value: f64 = 0;
  if (valueFactor !== 0 || scale !== 0) {
    const labels = m.address(call + LABELS) + index * 4;
    const hits = m.address(call + HITS) + index * m.address(call + HIT_STRIDE);
    const maximum = rowMaximum(m, x, classes);
    const shift = f.shift(m, maximum);
    let hit = m.zero();
    let labelZ = m.zero();
    if (f.labelled()) {
      hit = m.loadSplat(hits);
      labelZ = m.sub(m.loadSplat(x + m.bytes(m.label(labels) as i32)), shift);
    }
    if (f.sums() > 0 && !f.gathersExponentials()) gatherSums(f, m, call, x, shift, t, classes);
    const sum = rowExponentials(m, call, x, classes, shift, f.exponential() ? g : 0);
    if (f.sums() > 0 && f.gathersExponentials()) gatherSums(f, m, call, g, shift, t, classes);
    const S = m.splat(sum);
    const D = m.splat(f.sums() > 0 ? m.double(call + SUM_D) : 0);
    const K = f.sums() > 1 ? m.add(hit, m.splat(m.double(call + SUM_K))) : m.zero();
    if (scale !== 0) {
      const factor = m.splat(scale);
      writeRow(f, m, x, t, classes, g, shift, f.first(m, maximum, S, D, K, factor), f.second(m, S, D, factor));
      if (f.labelled()) m.addAt(g, 0, labels, m.bytes(1), m.neg(m.mul(hit, factor)), 1);
    }
    if (valueFactor !== 0) value = valueFactor * m.first(f.value(m, maximum, S, D, K, hit, labelZ));
  }
  if (v) m.setScalar(v + m.bytes(row), value);
  if (g && scale === 0) clear(m, g, classes);
}

/** The sums that the formula chooses, of the logits or exponentials at `y`, to the call record. */
function gatherSums<F extends RowFormula>(f: F, m: Machine, call: usize, y: usize, shift: Lanes, t: usize, classes: i32): void {
  if (classes <= GROUP_CLASSES) {
    gatherAsColumn(f, m, call, y, shift, t, classes);
    return;
  }
  const step = m.lanes();
  let sumD: f64 = 0;
  let sumK: f64 = 0;
  for (let lane = 0; lane < m.passes(); lane++) {
    let lowD = m.wideZero();
    let highD = m.wideZero();
    let lowK = m.wideZero();
    let highK = m.wideZero();
    for (let begin = 0; begin < classes; begin += RUN) {
      const end = begin + RUN < classes ? begin + RUN : classes;
      let d0 = m.zero();
      let d1 = m.zero();
      let d2 = m.zero();
      let d3 = m.zero();
      let k0 = m.zero();
      let k1 = m.zero();
      let k2 = m.zero();
      let k3 = m.zero();
      let turns = 0;
      let i = begin + lane;
      for (; ONE_PASS && i + 4 * step <= end; i += 4 * step) {
        const at = y + m.bytes(i);
        const operands = t + m.bytes(i);
        const y0 = termAt(f, m, at, shift);
        const y1 = termAt(f, m, at + REGISTER, shift);
        const y2 = termAt(f, m, at + 2 * REGISTER, shift);
        const y3 = termAt(f, m, at + 3 * REGISTER, shift);
        const t0 = f.operand() ? m.load(operands) : y0;
        const t1 = f.operand() ? m.load(operands + REGISTER) : y1;
        const t2 = f.operand() ? m.load(operands + 2 * REGISTER) : y2;
        const t3 = f.operand() ? m.load(operands + 3 * REGISTER) : y3;
        d0 = m.add(d0, f.gather(m, y0, t0));
        d1 = m.add(d1, f.gather(m, y1, t1));
        d2 = m.add(d2, f.gather(m, y2, t2));
        d3 = m.add(d3, f.gather(m, y3, t3));
        if (f.sums() > 1) {
          k0 = m.add(k0, t0);
          k1 = m.add(k1, t1);
          k2 = m.add(k2, t2);
          k3 = m.add(k3, t3);
        }
      }
      for (; i < end; i += step) {
        const at = m.bytes(i);
        const left = end - i;
        const logit = m.loadPart(y + at, left);
        const term = f.gathersExponentials() ? logit : m.sub(logit, shift);
        const operand = f.operand() ? m.loadPart(t + at, left) : term;
        const d = m.add(d0, m.keep(f.gather(m, term, operand), left));
        d0 = d1;
        d1 = d2;
        d2 = d3;
        d3 = d;
        if (f.sums() > 1) {
          const k = m.add(k0, operand);
          k0 = k1;
          k1 = k2;
          k2 = k3;
          k3 = k;
        }
        turns++;
      }
      const d = inTurn(m, turns, d0, d1, d2, d3);
      lowD = m.addWide(lowD, m.widenLow(d));
      highD = m.addWide(highD, m.widenHigh(d));
      if (f.sums() > 1) {
        const k = inTurn(m, turns, k0, k1, k2, k3);
        lowK = m.addWide(lowK, m.widenLow(k));
        highK = m.addWide(highK, m.widenHigh(k));
      }
    }
    sumD = m.total(lowD, highD, sumD);
    if (f.sums() > 1) sumK = m.total(lowK, highK, sumK);
  }
  m.setDouble(call + SUM_D, sumD);
  m.setDouble(call + SUM_K, sumK);
}

/** The same in the order of the column sweep: so a row by itself has the bits that it has among others. */
function gatherAsColumn<F extends RowFormula>(f: F, m: Machine, call: usize, y: usize, shift: Lanes, t: usize, classes: i32): void {
  let sumD: f64 = 0;
  let sumK: f64 = 0;
  for (let begin = 0; begin < classes; begin += COLUMN_RUN) {
    const count = begin + COLUMN_RUN < classes ? COLUMN_RUN : classes - begin;
    let d = m.zero();
    let k = m.zero();
    for (let c = 0; c < count; c++) {
      const term = f.gathersExponentials() ? m.loadSplat(y) : m.sub(m.loadSplat(y), shift);
      const operand = f.operand() ? m.loadSplat(t) : term;
      d = m.add(d, f.gather(m, term, operand));
      if (f.sums() > 1) k = m.add(k, operand);
      y += m.bytes(1);
      t += m.bytes(1);
    }
    sumD += m.first(d);
    if (f.sums() > 1) sumK += m.first(k);
  }
  m.setDouble(call + SUM_D, sumD);
  m.setDouble(call + SUM_K, sumK);
}

/** What the formula gathers: the exponential at `y`, or the logit there less the shift. */
function termAt<F extends RowFormula>(f: F, m: Machine, y: usize, shift: Lanes): Lanes {
  return f.gathersExponentials() ? m.load(y) : m.sub(m.load(y), shift);
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
    for (; ONE_PASS && i + step <= classes; i += step) {
      const at = m.bytes(i);
      const y0 = f.exponential() ? m.load(g + at) : m.sub(m.load(x + at), shift);
      m.store(g + at, f.output(m, y0, f.operand() ? m.load(t + at) : y0, first, second));
    }
    for (; i < classes; i += step) {
      const at = m.bytes(i + lane);
      const left = classes - i - lane;
      const y0 = f.exponential() ? m.loadPart(g + at, left) : m.sub(m.loadPart(x + at, left), shift);
      m.storePart(g + at, f.output(m, y0, f.operand() ? m.loadPart(t + at, left) : y0, first, second), left);
    }
  }
}
