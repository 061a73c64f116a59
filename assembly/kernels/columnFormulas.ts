/** The steps of the column sweep in which the formula has a say: the sums that it chooses, and its outputs. */

import { Lanes, Machine, Mask, ONE_PASS } from "../machine";
import { REGISTER } from "./blocks";
import { INTERIM } from "./call";
import { COLUMN_RUN, COLUMNS, D, FACTOR, gatherClasses, isWhole, K, OPERANDS, S, SHIFT } from "./columnSteps";
import { RowFormula } from "./rowFormulas";

/** The sums that the formula chooses, of the columns at `y`, to the D and K at `at`. */
export function gatherSums<F extends RowFormula>(
  f: F,
  m: Machine,
  call: usize,
  at: usize,
  y: usize,
  classStride: usize,
  t: usize,
  tStride: usize,
  tClass: usize,
  left: i32,
  classes: i32,
): void {
  const shift = m.load(at + SHIFT);
  let lowD = m.wideZero();
  let highD = m.wideZero();
  let lowK = m.wideZero();
  let highK = m.wideZero();
  for (let begin = 0; begin < classes; begin += COLUMN_RUN) {
    const end = begin + COLUMN_RUN < classes ? begin + COLUMN_RUN : classes;
    let operands = ONE_PASS && f.operand() ? wholeOperands(m, call, t, tStride, tClass, left, end - begin) : t;
    const operandClass = ONE_PASS && operands !== t ? REGISTER : tClass;
    let d = m.zero();
    let k = m.zero();
    for (let c = begin; c < end; c++) {
      const term = f.gathersExponentials() ? m.load(y) : m.sub(m.load(y), shift);
      const operand = f.operand() ? m.load(operands) : term;
      d = m.add(d, f.gather(m, term, operand));
      if (f.sums() > 1) k = m.add(k, operand);
      y += classStride;
      operands += operandClass;
    }
    t += ((end - begin) as usize) * tClass;
    lowD = m.addWide(lowD, m.widenLow(d));
    highD = m.addWide(highD, m.widenHigh(d));
    if (f.sums() > 1) {
      lowK = m.addWide(lowK, m.widenLow(k));
      highK = m.addWide(highK, m.widenHigh(k));
    }
  }
  m.store(at + D, m.narrow(lowD, highD));
  m.store(at + K, m.narrow(lowK, highK));
}

/** The outputs of a register of positions, of which what is at `at` holds. */
export function writeOutputs<F extends RowFormula>(
  f: F,
  m: Machine,
  call: usize,
  at: usize,
  from: usize,
  fromClass: usize,
  t: usize,
  tStride: usize,
  tClass: usize,
  left: i32,
  to: usize,
  toClass: usize,
  classes: i32,
): void {
  const silent = m.equal(m.load(at + FACTOR), m.zero());
  const shift = m.load(at + SHIFT);
  const first = m.load(at + S);
  const second = m.load(at + K);
  const run = ONE_PASS && f.operand() ? COLUMN_RUN : classes;
  for (let begin = 0; begin < classes; begin += run) {
    const end = begin + run < classes ? begin + run : classes;
    let operands = ONE_PASS && f.operand() ? wholeOperands(m, call, t, tStride, tClass, left, end - begin) : t;
    const operandClass = ONE_PASS && operands !== t ? REGISTER : tClass;
    for (let c = begin; c < end; c++) {
      m.store(to, outputAt(f, m, from, shift, operands, first, second, silent));
      from += fromClass;
      to += toClass;
      operands += operandClass;
    }
    t += ((end - begin) as usize) * tClass;
  }
}

/**
 * Where the operands of up to COLUMN_RUN classes lie in whole registers: `t`, or the room of the call to which they are brought.
 * So no loop over classes has a call, around which every register is saved: softmax's gradient takes two fifths of the time.
 */
function wholeOperands(m: Machine, call: usize, t: usize, tStride: usize, tClass: usize, left: i32, classes: i32): usize {
  if (isWhole(m, tStride, left)) return t;
  gatherClasses(m, t, tStride, tClass, classes, left, call + INTERIM);
  return call + INTERIM;
}

/** The outputs of a register of rows whose classes lie side by side. */
export function scatterOutputs<F extends RowFormula>(f: F, m: Machine, at: usize, g: usize, stride: usize, classes: i32): void {
  const side = m.lanes();
  const last = classes > side ? classes - side : 0;
  const silent = m.equal(m.load(at + FACTOR), m.zero());
  const shift = m.load(at + SHIFT);
  const first = m.load(at + S);
  const second = m.load(at + K);
  for (let c = 0; c < classes; c += side) {
    const from = c < last ? c : last;
    const y = at + COLUMNS + (from as usize) * REGISTER;
    const t = at + OPERANDS + (from as usize) * REGISTER;
    const y0 = outputAt(f, m, y, shift, t, first, second, silent);
    const y1 = outputAt(f, m, y + REGISTER, shift, t + REGISTER, first, second, silent);
    m.scatterBlock(
      g + m.bytes(from),
      stride,
      y0,
      y1,
      side > 2 ? outputAt(f, m, y + 2 * REGISTER, shift, t + 2 * REGISTER, first, second, silent) : y0,
      side > 2 ? outputAt(f, m, y + 3 * REGISTER, shift, t + 3 * REGISTER, first, second, silent) : y1,
    );
  }
}

/** The output of a class whose logit or exponential is at `from`, and its operand at `t`. */
function outputAt<F extends RowFormula>(
  f: F,
  m: Machine,
  from: usize,
  shift: Lanes,
  t: usize,
  first: Lanes,
  second: Lanes,
  silent: Mask,
): Lanes {
  const y = f.exponential() ? m.load(from) : m.sub(m.load(from), shift);
  return m.unless(silent, f.output(m, y, f.operand() ? m.load(t) : y, first, second));
}
