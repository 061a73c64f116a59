/** The column sweep: the softmax family with a position to a lane, for few classes and for classes that lie apart. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import { GROUP_CLASSES, REGISTER } from "./blocks";
import { copy } from "./bounce";
import {
  BOUNCE,
  CLASS_STRIDE,
  CLASSES,
  COUNT,
  GRADIENT,
  GRADIENT_FACTORS,
  GROUP_STRIDE,
  HITS,
  LABELS,
  POSITIONS,
  SCRATCH,
  STRIDE,
  TARGET,
  TARGET_CLASS_STRIDE,
  TARGET_GROUP_STRIDE,
  TARGET_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";
import { gatherSums, scatterOutputs, writeOutputs } from "./columnFormulas";
import {
  CHANGE,
  COLUMN_RUN,
  COLUMNS,
  changeLabels,
  columnExponentials,
  columnMaximum,
  D,
  FACTOR,
  GROUP,
  gatherClasses,
  gatherSquares,
  K,
  MAXIMUM,
  OPERANDS,
  S,
  SHIFT,
  scatterClasses,
  UNREAD,
} from "./columnSteps";
import { RowFormula } from "./rowFormulas";
import { sweepRow } from "./rows";

/** Registers of rows that go through each step together: while one waits for an operation, the next is at work. */
const GROUPS: i32 = 8;

/** Room for a register of rows of GROUP_CLASSES. */
const PAD: usize = (GROUP_CLASSES as usize) * REGISTER;

/**
 * Sweeps COUNT groups of POSITIONS rows. The logit of class c at position j of group k stands at
 * X + k GROUP_STRIDE + j STRIDE + c CLASS_STRIDE, the output likewise at GRADIENT, the formula's operand at
 * TARGET + k TARGET_GROUP_STRIDE + j TARGET_STRIDE + c TARGET_CLASS_STRIDE (strides of 0: the same for all). Labels,
 * hits, factors and values are consecutive over groups and positions. SCRATCH has room for a register for each class, and where
 * classes lie side by side, which are no more than GROUP_CLASSES, for GROUPS of `columnSteps.ts` and three PADs. Factors and
 * GRADIENT are as in the row sweep.
 */
export function sweepColumns<F extends RowFormula>(f: F, m: Machine, call: usize): void {
  const groups = m.integer(call + COUNT);
  const positions = m.integer(call + POSITIONS);
  const classes = m.integer(call + CLASSES);
  const stride = m.address(call + STRIDE);
  const tStride = m.address(call + TARGET_STRIDE);
  const side = m.lanes();
  const rows = stride !== m.bytes(1);
  // In a square with one row all lanes but one would be idle: 80 to 100 ns more. With two rows, the row sweep wins only
  // where classes are many.
  const alone = classes > COLUMN_RUN ? side : 2;
  // A square of rows narrower than a register reaches into the row that follows.
  const excess = classes < side ? 1 : 0;
  for (let group = 0; group < groups; group++) {
    const index = group as usize;
    const x = m.address(call + X) + index * m.address(call + GROUP_STRIDE);
    const t = m.address(call + TARGET) + index * m.address(call + TARGET_GROUP_STRIDE);
    const g = m.address(call + GRADIENT) ? m.address(call + GRADIENT) + index * m.address(call + GROUP_STRIDE) : 0;
    let position = 0;
    while (position < positions) {
      const left = positions - position;
      const row = group * positions + position;
      const at = (position as usize) * stride;
      const operand = t + (position as usize) * tStride;
      if (ONE_PASS && rows && left < alone) {
        sweepRow(f, m, call, x + at, operand, g ? g + at : 0, row);
        position++;
      } else if (ONE_PASS && rows) {
        const registers = (left - excess) / side;
        // Rows that are over are copied to where a register of them has room: 80 ns less than class by class.
        const over = registers === 0;
        const most = over ? side : (registers < GROUPS ? registers : GROUPS) * side;
        const count = left < most ? left : most;
        let from = x + at;
        let operands = operand;
        let to = g + at;
        if (over) {
          from = m.address(call + SCRATCH) + (GROUPS as usize) * GROUP;
          to = from + 2 * PAD;
          copy(m, x + at, from, count * classes);
          if (f.operand() && tStride !== 0) {
            operands = from + PAD;
            copy(m, operand, operands, count * classes);
          }
        }
        sweepSquares(f, m, call, from, operands, g ? to : 0, classes, row, count);
        if (over && g) copy(m, to, g + at, count * classes);
        position += count;
      } else {
        for (let lane = 0; lane < m.passes(); lane++) {
          if (!ONE_PASS && lane >= left) break;
          const offset = (lane as usize) * stride;
          const out = g ? g + at + offset : 0;
          sweepPositions(f, m, call, x + at + offset, operand + (lane as usize) * tStride, out, classes, row + lane, left - lane, rows);
        }
        position += side;
      }
    }
  }
}

/** Sweeps rows whose classes lie side by side: whole registers of them, or a part of one with room for the rest. */
function sweepSquares<F extends RowFormula>(
  f: F,
  m: Machine,
  call: usize,
  x: usize,
  t: usize,
  g: usize,
  classes: i32,
  row: i32,
  count: i32,
): void {
  const scratch = m.address(call + SCRATCH);
  const stride = m.address(call + STRIDE);
  const side = m.lanes();
  const groups = (count + side - 1) / side;
  gatherSquares(m, x, stride, classes, groups, scratch, COLUMNS, MAXIMUM);
  if (f.operand()) gatherSquares(m, t, m.address(call + TARGET_STRIDE), classes, groups, scratch, OPERANDS, UNREAD);
  for (let group = 0; group < groups; group++) {
    const at = scratch + (group as usize) * GROUP;
    m.store(at + SHIFT, f.shift(m, m.load(at + MAXIMUM)));
  }
  sums(
    f,
    m,
    call,
    scratch,
    groups,
    scratch + COLUMNS,
    REGISTER,
    scratch + COLUMNS,
    scratch + OPERANDS,
    m.bytes(1),
    REGISTER,
    side,
    classes,
    g,
  );
  for (let group = 0; group < groups; group++) {
    const at = scratch + (group as usize) * GROUP;
    finish(f, m, call, at, x + ((group * side) as usize) * stride, row + group * side, count - group * side);
  }
  if (!g) return;
  // Rows narrower than a register are written a register wide: the last one's excess is put back.
  const end = g + ((groups * side) as usize) * stride;
  const excess = side - classes;
  const next = excess > 0 ? m.loadPart(end, excess) : m.zero();
  for (let group = 0; group < groups; group++) {
    scatterOutputs(f, m, scratch + (group as usize) * GROUP, g + ((group * side) as usize) * stride, stride, classes);
  }
  if (excess > 0) m.storePart(end, next, excess);
  if (f.labelled()) changeLabels(m, scratch, g, stride, m.address(call + LABELS) + (row as usize) * 4, count);
}

/** Sweeps a register of positions, or a part of one. */
function sweepPositions<F extends RowFormula>(
  f: F,
  m: Machine,
  call: usize,
  x: usize,
  t: usize,
  g: usize,
  classes: i32,
  row: i32,
  left: i32,
  rows: bool,
): void {
  const scratch = m.address(call + SCRATCH);
  const stride = m.address(call + STRIDE);
  const classStride = m.address(call + CLASS_STRIDE);
  const tStride = m.address(call + TARGET_STRIDE);
  const tClass = m.address(call + TARGET_CLASS_STRIDE);
  const at = call + BOUNCE;
  // Positions side by side are read and written where they are, as all are by a machine of one lane; others pass through the scratch.
  const direct = !ONE_PASS || (!rows && left >= m.lanes());
  if (!direct) gatherClasses(m, x, stride, classStride, classes, left, scratch);
  const source = direct ? x : scratch;
  const sourceClass = direct ? classStride : REGISTER;
  const maximum = columnMaximum(m, source, sourceClass, classes);
  m.store(at + MAXIMUM, maximum);
  m.store(at + SHIFT, f.shift(m, maximum));
  sums(f, m, call, at, 1, source, sourceClass, scratch, t, tStride, tClass, left, classes, g);
  finish(f, m, call, at, x, row, left);
  if (!g) return;
  const from = f.exponential() ? scratch : source;
  const fromClass = f.exponential() ? REGISTER : sourceClass;
  const to = direct ? g : scratch;
  const toClass = direct ? classStride : REGISTER;
  writeOutputs(f, m, call, at, from, fromClass, t, tStride, tClass, left, to, toClass, classes);
  if (!direct) scatterClasses(m, scratch, g, stride, classStride, classes, left);
  if (f.labelled()) {
    m.addAt(g, stride, m.address(call + LABELS) + (row as usize) * 4, classStride, m.load(at + CHANGE), left);
  }
}

/** The row-wide sums of groups of columns at `x`, which become exponentials at `to` if anything asks for them. */
function sums<F extends RowFormula>(
  f: F,
  m: Machine,
  call: usize,
  at: usize,
  groups: i32,
  x: usize,
  classStride: usize,
  to: usize,
  t: usize,
  tStride: usize,
  tClass: usize,
  left: i32,
  classes: i32,
  g: usize,
): void {
  const exponentials = f.gathersExponentials();
  if (exponentials) columnExponentials(m, call, at, groups, x, classStride, to, classes);
  for (let past: usize = 0, end = (groups as usize) * GROUP; f.sums() > 0 && past < end; past += GROUP) {
    gatherSums(
      f,
      m,
      call,
      at + past,
      (exponentials ? to : x) + past,
      exponentials ? REGISTER : classStride,
      t + past,
      tStride,
      tClass,
      left,
      classes,
    );
  }
  if (!exponentials) columnExponentials(m, call, at, groups, x, classStride, f.exponential() && g !== 0 ? to : 0, classes);
}

/** The numbers by row of the pair of fields, an address and a stride, at `field`. */
function numbersAt(m: Machine, field: usize, row: usize, left: i32): Lanes {
  const address = m.address(field);
  const stride = m.address(field + 4);
  return stride === 0 ? m.loadSplat(address) : m.strided(address + row * stride, stride, left);
}

/** The values of a register of rows, and what its outputs need. */
function finish<F extends RowFormula>(f: F, m: Machine, call: usize, at: usize, x: usize, first: i32, left: i32): void {
  const row = first as usize;
  const maximum = m.load(at + MAXIMUM);
  const sum = m.load(at + S);
  const d = f.sums() > 0 ? m.load(at + D) : sum;
  // Without a call, around which every register is saved: 10 classes with their gradient take a tenth less. In f64 the binary has no room.
  const whole = ONE_PASS && m.single() && left >= m.lanes();
  let hit = m.zero();
  let labelZ = hit;
  if (f.labelled()) {
    hit = numbersAt(m, call + HITS, row, left);
    const stride = m.address(call + STRIDE);
    const labels = m.address(call + LABELS) + row * 4;
    const classStride = m.address(call + CLASS_STRIDE);
    const label = whole ? m.pickEach(x, stride, labels, classStride) : m.pick(x, stride, labels, classStride, left);
    labelZ = m.sub(label, m.load(at + SHIFT));
  }
  const k = f.sums() > 1 ? m.add(hit, m.load(at + K)) : hit;
  const v = m.address(call + VALUES);
  if (v) {
    const factor = numbersAt(m, call + VALUE_FACTORS, row, left);
    const value = m.unless(m.equal(factor, m.zero()), m.mul(factor, f.value(m, maximum, sum, d, k, hit, labelZ)));
    if (whole) m.store(v + m.bytes(first), value);
    else m.storePart(v + m.bytes(first), value, left);
  }
  if (m.address(call + GRADIENT)) {
    const factor = numbersAt(m, call + GRADIENT_FACTORS, row, left);
    m.store(at + FACTOR, factor);
    m.store(at + S, f.first(m, maximum, sum, d, k, factor));
    m.store(at + K, f.second(m, sum, d, factor));
    if (f.labelled()) m.store(at + CHANGE, m.neg(m.mul(hit, factor)));
  }
}
