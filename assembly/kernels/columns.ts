/** The column sweep: the softmax family with a position to a lane, for few classes and for classes that lie apart. */

import { Lanes, Machine } from "../machine";
import { REGISTER } from "./blocks";
import {
  CLASS_STRIDE,
  CLASSES,
  COUNT,
  GRADIENT,
  GRADIENT_FACTOR_STRIDE,
  GRADIENT_FACTORS,
  GROUP_STRIDE,
  HIT_STRIDE,
  HITS,
  LABELS,
  POSITIONS,
  SCRATCH,
  STRIDE,
  TARGET,
  TARGET_CLASS_STRIDE,
  TARGET_GROUP_STRIDE,
  TARGET_STRIDE,
  VALUE_FACTOR_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";
import { exponential, RowFormula } from "./softmax";

/** Classes added in the lanes' own precision before the sum goes on in f64. */
const COLUMN_RUN: i32 = 16;

/**
 * Sweeps COUNT groups of POSITIONS rows. The logit of class c at position j of group k stands at
 * X + k GROUP_STRIDE + j STRIDE + c CLASS_STRIDE, the output likewise at GRADIENT, the formula's operand at
 * TARGET + k TARGET_GROUP_STRIDE + j TARGET_STRIDE + c TARGET_CLASS_STRIDE (strides of 0: the same for all). Labels,
 * hits, factors and values are consecutive over groups and positions. SCRATCH holds a register for each class. Factors
 * and GRADIENT are as in the row sweep.
 */
export function sweepColumns<F extends RowFormula>(f: F, m: Machine, call: usize): void {
  const groups = m.integer(call + COUNT);
  const positions = m.integer(call + POSITIONS);
  const classes = m.integer(call + CLASSES);
  const x = m.address(call + X);
  const groupStride = m.address(call + GROUP_STRIDE);
  const stride = m.address(call + STRIDE);
  const classStride = m.address(call + CLASS_STRIDE);
  const t = m.address(call + TARGET);
  const tGroup = m.address(call + TARGET_GROUP_STRIDE);
  const tStride = m.address(call + TARGET_STRIDE);
  const tClass = m.address(call + TARGET_CLASS_STRIDE);
  const labels = m.address(call + LABELS);
  const hits = m.address(call + HITS);
  const hitRow = m.address(call + HIT_STRIDE);
  const v = m.address(call + VALUES);
  const valueFactors = m.address(call + VALUE_FACTORS);
  const valueRow = m.address(call + VALUE_FACTOR_STRIDE);
  const g = m.address(call + GRADIENT);
  const outputFactors = m.address(call + GRADIENT_FACTORS);
  const outputRow = m.address(call + GRADIENT_FACTOR_STRIDE);
  const scratch = m.address(call + SCRATCH);
  const element = m.bytes(1);
  const rowsTouch = classStride === element && classes >= m.lanes();
  const uniform = !f.operand() && outputRow === 0 && m.scalar(outputFactors) !== 0;
  for (let group = 0; group < groups; group++) {
    const xGroup = x + (group as usize) * groupStride;
    const gGroup = g + (group as usize) * groupStride;
    const tGroupStart = t + (group as usize) * tGroup;
    for (let position = 0; position < positions; position += m.lanes()) {
      for (let lane = 0; lane < m.passes(); lane++) {
        const left = positions - position - lane;
        const inGroup = (position + lane) as usize;
        const row = (group * positions + position + lane) as usize;
        const at = xGroup + inGroup * stride;
        const out = gGroup + inGroup * stride;
        const operand = tGroupStart + inGroup * tStride;
        // Positions side by side are read and written where they are; others pass through the scratch.
        const direct = stride === element && left >= m.lanes();
        const source = direct ? at : scratch;
        const sourceClass = direct ? classStride : REGISTER;
        // Rows side by side are turned into columns and back in squares of registers.
        const squares = rowsTouch && !direct && left >= m.lanes();

        const maximum = squares
          ? gatherSquares(m, at, stride, classes, scratch)
          : direct
            ? columnMaximum(m, at, classStride, classes)
            : gatherClasses(m, at, stride, classStride, classes, left, scratch);
        const shift = f.shift(m, maximum);

        let hit = m.zero();
        let labelZ = m.zero();
        if (f.labelled()) {
          hit = m.strided(hits + row * hitRow, hitRow, left);
          labelZ = m.sub(m.pick(at, stride, labels + row * 4, classStride, left), shift);
        }

        let low = m.wideZero();
        let high = m.wideZero();
        let lowD = m.wideZero();
        let highD = m.wideZero();
        let lowK = m.wideZero();
        let highK = m.wideZero();
        for (let begin = 0; begin < classes; begin += COLUMN_RUN) {
          const end = begin + COLUMN_RUN < classes ? begin + COLUMN_RUN : classes;
          let s = m.zero();
          let s1 = m.zero();
          let d = m.zero();
          let k = m.zero();
          let c = begin;
          for (; c + 2 <= end; c += 2) {
            const from = source + (c as usize) * sourceClass;
            const z0 = m.sub(m.load(from), shift);
            const z1 = m.sub(m.load(from + sourceClass), shift);
            const e0 = m.expOfDifference(z0);
            const e1 = m.expOfDifference(z1);
            const sum = m.add(s, m.add(e0, e1));
            s = s1;
            s1 = sum;
            if (f.sums() > 0) {
              const at0 = operand + (c as usize) * tClass;
              const t0 = f.operand() ? m.strided(at0, tStride, left) : z0;
              const t1 = f.operand() ? m.strided(at0 + tClass, tStride, left) : z1;
              d = m.add(d, m.add(f.gather(m, z0, e0, t0), f.gather(m, z1, e1, t1)));
              if (f.sums() > 1) k = m.add(k, m.add(t0, t1));
            }
            if (f.exponential() && g) {
              const to = scratch + (c as usize) * REGISTER;
              m.store(to, e0);
              m.store(to + REGISTER, e1);
            }
          }
          for (; c < end; c++) {
            const z = m.sub(m.load(source + (c as usize) * sourceClass), shift);
            const e = exponential(m, z);
            s = m.add(s, e);
            if (f.sums() > 0) {
              const target = f.operand() ? m.strided(operand + (c as usize) * tClass, tStride, left) : z;
              d = m.add(d, f.gather(m, z, e, target));
              if (f.sums() > 1) k = m.add(k, target);
            }
            if (f.exponential() && g) m.store(scratch + (c as usize) * REGISTER, e);
          }
          s = m.add(s, s1);
          low = m.addWide(low, m.widenLow(s));
          high = m.addWide(high, m.widenHigh(s));
          if (f.sums() > 0) {
            lowD = m.addWide(lowD, m.widenLow(d));
            highD = m.addWide(highD, m.widenHigh(d));
          }
          if (f.sums() > 1) {
            lowK = m.addWide(lowK, m.widenLow(k));
            highK = m.addWide(highK, m.widenHigh(k));
          }
        }
        const S = m.narrow(low, high);
        const D = m.narrow(lowD, highD);
        const K = m.add(hit, m.narrow(lowK, highK));

        if (v) {
          const factor = m.strided(valueFactors + row * valueRow, valueRow, left);
          const value = m.mul(factor, f.value(m, maximum, S, D, K, hit, labelZ));
          m.storePart(v + row * element, m.unless(m.equal(factor, m.zero()), value), left);
        }
        if (g) {
          const factor = m.strided(outputFactors + row * outputRow, outputRow, left);
          const first = f.first(m, maximum, S, D, K, factor);
          const second = f.second(m, S, D, factor);
          if (squares && uniform) {
            scatterSquares(f, m, scratch, out, stride, classes, shift, first, second);
          } else {
            const silent = m.equal(factor, m.zero());
            let drain = direct ? out : scratch;
            const drainClass = direct ? classStride : REGISTER;
            for (let c = 0; c < classes; c++) {
              const y = f.exponential()
                ? m.load(scratch + (c as usize) * REGISTER)
                : m.sub(m.load(source + (c as usize) * sourceClass), shift);
              const target = f.operand() ? m.strided(operand + (c as usize) * tClass, tStride, left) : y;
              m.store(drain, m.unless(silent, f.output(m, y, target, first, second)));
              drain += drainClass;
            }
            if (!direct) scatterClasses(m, scratch, out, stride, classStride, classes, left);
          }
          if (f.labelled()) m.addAt(out, stride, labels + row * 4, classStride, m.neg(m.mul(hit, factor)), left);
        }
      }
    }
  }
}

/** The largest logit of each lane's position. A NaN may be passed over: it returns through the sum of exponentials. */
function columnMaximum(m: Machine, x: usize, classStride: usize, classes: i32): Lanes {
  let m0 = m.splat(-Infinity);
  let m1 = m0;
  let c = 0;
  for (; c + 4 <= classes; c += 4) {
    const at = x + (c as usize) * classStride;
    m0 = m.max(m.load(at), m0);
    m1 = m.max(m.load(at + classStride), m1);
    m0 = m.max(m.load(at + 2 * classStride), m0);
    m1 = m.max(m.load(at + 3 * classStride), m1);
  }
  for (; c < classes; c++) m0 = m.max(m.load(x + (c as usize) * classStride), m0);
  return m.max(m0, m1);
}

/** Brings the classes of a register's rows, which lie side by side, into the scratch; returns each row's largest logit. */
function gatherSquares(m: Machine, x: usize, stride: usize, classes: i32, scratch: usize): Lanes {
  const side = m.lanes();
  let m0 = m.splat(-Infinity);
  let m1 = m0;
  for (let c = 0; c < classes; c += side) {
    const from = c + side <= classes ? c : classes - side;
    const to = scratch + (from as usize) * REGISTER;
    m.gatherBlock(x + m.bytes(from), stride, to);
    m0 = m.max(m.load(to), m0);
    m1 = m.max(m.load(to + REGISTER), m1);
    if (side > 2) {
      m0 = m.max(m.load(to + 2 * REGISTER), m0);
      m1 = m.max(m.load(to + 3 * REGISTER), m1);
    }
  }
  return m.max(m0, m1);
}

/** The outputs of a register's rows from the scratch, to where the rows lie side by side. */
function scatterSquares<F extends RowFormula>(
  f: F,
  m: Machine,
  scratch: usize,
  g: usize,
  stride: usize,
  classes: i32,
  shift: Lanes,
  first: Lanes,
  second: Lanes,
): void {
  const side = m.lanes();
  for (let c = 0; c < classes; c += side) {
    const from = c + side <= classes ? c : classes - side;
    const at = scratch + (from as usize) * REGISTER;
    m.scatterBlock(
      g + m.bytes(from),
      stride,
      outputAt(f, m, at, shift, first, second),
      outputAt(f, m, at + REGISTER, shift, first, second),
      outputAt(f, m, side > 2 ? at + 2 * REGISTER : at, shift, first, second),
      outputAt(f, m, side > 2 ? at + 3 * REGISTER : at, shift, first, second),
    );
  }
}

/** The output of the class whose register is at an address. */
function outputAt<F extends RowFormula>(f: F, m: Machine, at: usize, shift: Lanes, first: Lanes, second: Lanes): Lanes {
  const y = f.exponential() ? m.load(at) : m.sub(m.load(at), shift);
  return f.output(m, y, y, first, second);
}

/** Brings the classes of a register's positions into the scratch; returns each position's largest logit. */
function gatherClasses(m: Machine, x: usize, stride: usize, classStride: usize, classes: i32, left: i32, scratch: usize): Lanes {
  let most = m.splat(-Infinity);
  for (let c = 0; c < classes; c++) {
    const logits = m.strided(x + (c as usize) * classStride, stride, left);
    m.store(scratch + (c as usize) * REGISTER, logits);
    most = m.max(logits, most);
  }
  return most;
}

/** The reverse of `gatherClasses`. */
function scatterClasses(m: Machine, scratch: usize, g: usize, stride: usize, classStride: usize, classes: i32, left: i32): void {
  for (let c = 0; c < classes; c++) {
    m.scatterStrided(g + (c as usize) * classStride, stride, m.load(scratch + (c as usize) * REGISTER), left);
  }
}
