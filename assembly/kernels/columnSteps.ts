/** The steps of the column sweep that are the same for every formula: into columns, the maxima, the exponentials, and back. */

import { constant } from "../elementary/constant";
import { coefficient } from "../elementary/exp";
import { FLUSH, LN2, LOG2E, ROUND } from "../elementary/tables";
import { Lanes, Machine, ONE_PASS } from "../machine";
import { CHUNK_CLASSES, GROUP_CLASSES, REGISTER } from "./blocks";
import { INTERIM } from "./call";
import { finishAt, halveAt } from "./halves";

/** Classes added in the lanes' own precision before the sum goes on in f64. */
export const COLUMN_RUN: i32 = 16;

/** Where a group's registers stand: numbers by row, then, for rows side by side, its columns. */
export const MAXIMUM: usize = 0;
export const SHIFT: usize = REGISTER;
export const S: usize = 2 * REGISTER;
export const D: usize = 3 * REGISTER;
export const K: usize = 4 * REGISTER;
export const FACTOR: usize = 5 * REGISTER;
/** What is added to the label's output: -hit times the factor. */
export const CHANGE: usize = 6 * REGISTER;
/** The sum of exponentials as it grows, in f64, before there are factors and changes. */
const LOW: usize = FACTOR;
const HIGH: usize = CHANGE;
/** Room for maxima that are not used. */
export const UNREAD: usize = 7 * REGISTER;
export const COLUMNS: usize = 8 * REGISTER;
export const OPERANDS: usize = ((8 + GROUP_CLASSES) as usize) * REGISTER;
export const GROUP: usize = ((8 + 2 * GROUP_CLASSES) as usize) * REGISTER;

/**
 * Turns rows of at least half a register into columns, a square of registers at a time; each row's largest goes `most`
 * bytes from a group's start.
 */
export function gatherSquares(
  m: Machine,
  x: usize,
  stride: usize,
  classes: i32,
  groups: i32,
  at: usize,
  columns: usize,
  most: usize,
): void {
  const side = m.lanes();
  const last = classes > side ? classes - side : 0;
  for (let group = 0; group < groups; group++) {
    const to = at + columns;
    let largest = m.splat(-Infinity);
    for (let c = 0; c < classes; c += side) {
      const from = c < last ? c : last;
      largest = m.gatherBlock(x + m.bytes(from), stride, to + (from as usize) * REGISTER, largest);
    }
    m.store(at + most, classes < side ? columnMaximum(m, to, REGISTER, classes) : largest);
    x += (side as usize) * stride;
    at += GROUP;
  }
}

/** Turns columns of at least a register's lanes back into rows. */
function scatterSquares(m: Machine, from: usize, g: usize, stride: usize, classes: i32): void {
  const side = m.lanes();
  for (let c = 0; c < classes; c += side) {
    const first = c + side <= classes ? c : classes - side;
    const at = from + (first as usize) * REGISTER;
    const a = m.load(at);
    const b = m.load(at + REGISTER);
    const third = side > 2 ? m.load(at + 2 * REGISTER) : a;
    m.scatterBlock(g + m.bytes(first), stride, a, b, third, side > 2 ? m.load(at + 3 * REGISTER) : b);
  }
}

/** Whether a class of these positions is a register in memory. */
export function isWhole(m: Machine, stride: usize, left: i32): bool {
  return ONE_PASS && stride === m.bytes(1) && left >= m.lanes();
}

/** Copies registers that lie so far apart, without a call for each: brier of classes that lie apart takes two fifths of the time. */
function copyRegisters(m: Machine, from: usize, fromStride: usize, to: usize, toStride: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    m.store(to, m.load(from));
    from += fromStride;
    to += toStride;
  }
}

/** Brings the classes of a register's positions side by side. */
export function gatherClasses(m: Machine, x: usize, stride: usize, classStride: usize, classes: i32, left: i32, to: usize): void {
  if (isWhole(m, stride, left)) {
    copyRegisters(m, x, classStride, to, REGISTER, classes);
    return;
  }
  for (let c = 0; c < classes; c++) {
    m.store(to, m.strided(x, stride, left));
    x += classStride;
    to += REGISTER;
  }
}

/** The reverse of `gatherClasses`. */
export function scatterClasses(m: Machine, from: usize, g: usize, stride: usize, classStride: usize, classes: i32, left: i32): void {
  if (isWhole(m, stride, left)) {
    copyRegisters(m, from, REGISTER, g, classStride, classes);
    return;
  }
  for (let c = 0; c < classes; c++) {
    m.scatterStrided(g, stride, m.load(from), left);
    g += classStride;
    from += REGISTER;
  }
}

/** Bytes of a chunk. In its room, a register follows for the largest of its rows, or what else a sweep leaves there. */
export const CHUNK: usize = (CHUNK_CLASSES as usize) * REGISTER;

/** Whether a register of positions has rows of classes side by side that fill squares. */
function square(m: Machine, stride: usize, classStride: usize, classes: i32, left: i32): bool {
  return ONE_PASS && classStride === m.bytes(1) && stride !== classStride && left >= m.lanes() && classes >= m.lanes();
}

/** Brings some classes of a register's positions side by side, in the quicker way. */
export function gatherChunk(m: Machine, x: usize, stride: usize, classStride: usize, classes: i32, left: i32, to: usize): void {
  if (square(m, stride, classStride, classes, left)) gatherSquares(m, x, stride, classes, 1, to, 0, CHUNK);
  else gatherClasses(m, x, stride, classStride, classes, left, to);
}

/** The same of logits and operands, which go to a room behind theirs. */
export function gatherChunks(m: Machine, x: usize, t: usize, stride: usize, classStride: usize, classes: i32, left: i32, to: usize): void {
  gatherChunk(m, x, stride, classStride, classes, left, to);
  gatherChunk(m, t, stride, classStride, classes, left, to + CHUNK + REGISTER);
}

/** The reverse of `gatherChunk`. */
export function scatterChunk(m: Machine, from: usize, g: usize, stride: usize, classStride: usize, classes: i32, left: i32): void {
  if (square(m, stride, classStride, classes, left)) scatterSquares(m, from, g, stride, classes);
  else scatterClasses(m, from, g, stride, classStride, classes, left);
}

/** The largest logit of each lane's position. A NaN may be passed over: it returns through the sum of exponentials. */
export function columnMaximum(m: Machine, x: usize, classStride: usize, classes: i32): Lanes {
  let m0 = m.splat(-Infinity);
  let m1 = m0;
  let c = 0;
  for (; c + 2 <= classes; c += 2) {
    m0 = m.max(m.load(x), m0);
    m1 = m.max(m.load(x + classStride), m1);
    x += 2 * classStride;
  }
  if (c < classes) m0 = m.max(m.load(x), m0);
  return m.max(m0, m1);
}

/**
 * The exponentials of the columns at `x` less the SHIFT at `at`; their sum goes to the S there. Exponentials go to `to`, which may be
 * `x`, unless it is 0. Of up to GROUP_CLASSES classes there may be several groups, each GROUP bytes on from the last.
 */
export function columnExponentials(
  m: Machine,
  call: usize,
  at: usize,
  groups: i32,
  x: usize,
  classStride: usize,
  to: usize,
  classes: i32,
): void {
  const several = classes > COLUMN_RUN;
  const end = (groups as usize) * GROUP;
  for (let begin = 0; begin < classes; begin += COLUMN_RUN) {
    const count = begin + COLUMN_RUN < classes ? COLUMN_RUN : classes - begin;
    const logits = x + (begin as usize) * classStride;
    let half = call + INTERIM;
    if (ONE_PASS) halveColumns(m, half, at, groups, logits, classStride, count);
    const c0 = ONE_PASS ? coefficient(m, 0) : m.zero();
    const c1 = ONE_PASS ? coefficient(m, 1) : c0;
    const c2 = ONE_PASS ? coefficient(m, 2) : c0;
    const c3 = ONE_PASS ? coefficient(m, 3) : c0;
    for (let group: usize = 0; group < end; group += GROUP) {
      const shift = ONE_PASS ? c0 : m.load(at + group + SHIFT);
      let logit = logits + group;
      let y = to === 0 ? half : to + group + (begin as usize) * REGISTER;
      let low = m.wideZero();
      let high = m.wideZero();
      if (begin > 0) {
        low = m.loadWide(at + group + LOW);
        high = m.loadWide(at + group + HIGH);
      }
      // Where several runs follow, there is no telling which has the maximum (see below): after two roundings the sum goes on in f64.
      let c = 4;
      for (; m.single() && several && c <= count; c += 4) {
        const e0 = exponentialAt(m, half, y, 0, logit, shift, c0, c1, c2, c3);
        const e1 = exponentialAt(m, half, y, REGISTER, logit + classStride, shift, c0, c1, c2, c3);
        const e2 = exponentialAt(m, half, y, 2 * REGISTER, logit + 2 * classStride, shift, c0, c1, c2, c3);
        const e3 = exponentialAt(m, half, y, 3 * REGISTER, logit + 3 * classStride, shift, c0, c1, c2, c3);
        const s = m.add(m.add(e0, e1), m.add(e2, e3));
        low = m.addWide(low, m.widenLow(s));
        high = m.addWide(high, m.widenHigh(s));
        logit += 4 * classStride;
        y += 4 * REGISTER;
        half += 4 * REGISTER;
      }
      // The maximum's exponential is 1: taken off beforehand, it rounds nothing of what is added after it. In f64, where that is no
      // matter, one sum instead of two would be 5 % slower.
      let s0 = m.single() && !several ? m.splat(-1) : m.zero();
      let s1 = m.zero();
      for (c -= 2; c <= count; c += 2) {
        const e0 = exponentialAt(m, half, y, 0, logit, shift, c0, c1, c2, c3);
        const e1 = exponentialAt(m, half, y, REGISTER, logit + classStride, shift, c0, c1, c2, c3);
        if (m.single()) s0 = m.add(s0, m.add(e0, e1));
        else {
          s0 = m.add(s0, e0);
          s1 = m.add(s1, e1);
        }
        logit += 2 * classStride;
        y += 2 * REGISTER;
        half += 2 * REGISTER;
      }
      if (c === count + 1) {
        s0 = m.add(s0, exponentialAt(m, half, y, 0, logit, shift, c0, c1, c2, c3));
        half += REGISTER;
      }
      const s = m.single() ? s0 : m.add(s0, s1);
      if (!several) {
        m.store(at + group + S, m.single() ? m.add(s, m.splat(1)) : s);
        continue;
      }
      m.storeWide(at + group + LOW, m.addWide(low, m.widenLow(s)));
      m.storeWide(at + group + HIGH, m.addWide(high, m.widenHigh(s)));
    }
  }
  for (let group: usize = 0; several && group < end; group += GROUP) {
    m.store(at + group + S, m.narrow(m.loadWide(at + group + LOW), m.loadWide(at + group + HIGH)));
  }
}

/** The exponential that is halfway at `half`, or on a machine of one lane that of the logit less the shift, which is stored at `y`. */
function exponentialAt(
  m: Machine,
  half: usize,
  y: usize,
  past: usize,
  logit: usize,
  shift: Lanes,
  c0: Lanes,
  c1: Lanes,
  c2: Lanes,
  c3: Lanes,
): Lanes {
  if (ONE_PASS) return finishAt(m, half, y, past, c0, c1, c2, c3);
  const e = m.expOfDifference(m.sub(m.load(logit), shift));
  m.store(y + past, e);
  return e;
}

/** The first halves of the exponentials of `count` classes of each group, to `half` and on. */
function halveColumns(m: Machine, half: usize, at: usize, groups: i32, x: usize, classStride: usize, count: i32): void {
  const flush = constant(m, FLUSH);
  const log2e = constant(m, LOG2E);
  const round = constant(m, ROUND);
  const ln2 = constant(m, LN2);
  for (let group: usize = 0, end = (groups as usize) * GROUP; group < end; group += GROUP) {
    const shift = m.load(at + group + SHIFT);
    let logit = x + group;
    let c = 2;
    for (; c <= count; c += 2) {
      halveAt(m, logit, half, 0, shift, flush, log2e, round, ln2);
      halveAt(m, logit + classStride - REGISTER, half, REGISTER, shift, flush, log2e, round, ln2);
      logit += 2 * classStride;
      half += 2 * REGISTER;
    }
    if (c === count + 1) {
      halveAt(m, logit, half, 0, shift, flush, log2e, round, ln2);
      half += REGISTER;
    }
  }
}

/** Changes the outputs of the labels of `count` rows. */
export function changeLabels(m: Machine, at: usize, g: usize, stride: usize, labels: usize, count: i32): void {
  for (let left = count; left > 0; left -= m.lanes()) {
    if (left >= m.lanes()) m.addEach(g, stride, labels, at + CHANGE);
    else m.addAt(g, stride, labels, m.bytes(1), m.load(at + CHANGE), left);
    at += GROUP;
    g += (m.lanes() as usize) * stride;
    labels += (m.lanes() as usize) * 4;
  }
}
