/** The vector sweeps: sums over pairs of rows side by side, and gradients that are combinations of the two rows. All sums are f64. */

import { Lanes, Machine, ONE_PASS, Wide } from "../machine";
import { REGISTER } from "./blocks";
import { copy } from "./bounce";
import { A, B, BOUNCE, CLASSES, COUNT, GRADIENT, GRADIENT_FACTORS, HESSIAN, STRIDE, TARGET, VALUES, X } from "./call";

/** What stands for the formula of a sweep that has none. */
export class Vectors {}

/** Bytes of a number in f64. */
const DOUBLE: usize = 8;

/** Loads a register of which `left` lanes, at least one, are in the row. Only the last takes the call of `loadPart`. */
function loadAt(m: Machine, address: usize, left: i32): Lanes {
  return left < m.lanes() ? m.loadPart(address, left) : m.load(address);
}

function storeAt(m: Machine, address: usize, x: Lanes, left: i32): void {
  if (left < m.lanes()) m.storePart(address, x, left);
  else m.store(address, x);
}

/** The elements of a row that fill registers; to the plain machine, which has no parts of them, all. */
function wholeOf(m: Machine, size: i32): i32 {
  return ONE_PASS ? size - (size % m.lanes()) : size;
}

/** Copies what a row at `x` has from element `i` on, less than a register, to `to`, with zeros; returns where such a row would begin. */
function bounced(m: Machine, x: usize, i: i32, size: i32, to: usize): usize {
  m.store(to, m.loadPart(x + m.bytes(i), size - i));
  return to - m.bytes(i);
}

/**
 * For each of COUNT rows of CLASSES elements, STRIDE bytes apart: the sums of x t, x^2, t^2, x and t at VALUES, five
 * numbers in f64 by row. Products are exact in f32.
 */
export function moments(f: Vectors, m: Machine, call: usize): void {
  const rows = m.integer(call + COUNT);
  const size = m.integer(call + CLASSES);
  const stride = m.address(call + STRIDE);
  let x = m.address(call + X);
  let t = m.address(call + TARGET);
  let out = m.address(call + VALUES);
  for (let row = 0; row < rows; row++) {
    let xt: f64 = 0;
    let xx: f64 = 0;
    let tt: f64 = 0;
    let sx: f64 = 0;
    let st: f64 = 0;
    for (let lane = 0; lane < m.passes(); lane++) {
      let lowXT = m.wideZero();
      let highXT = m.wideZero();
      let lowXX = m.wideZero();
      let highXX = m.wideZero();
      let lowTT = m.wideZero();
      let highTT = m.wideZero();
      let lowX = m.wideZero();
      let highX = m.wideZero();
      let lowT = m.wideZero();
      let highT = m.wideZero();
      for (let i = lane; i < size; ) {
        let xs = x;
        let ts = t;
        let end = wholeOf(m, size);
        if (i === end) {
          xs = bounced(m, x, i, size, call + BOUNCE);
          ts = bounced(m, t, i, size, call + BOUNCE + REGISTER);
          end = size;
        }
        for (; i < end; i += m.lanes()) {
          const a = m.load(xs + m.bytes(i));
          const b = m.load(ts + m.bytes(i));
          const lowA = m.widenLow(a);
          const lowB = m.widenLow(b);
          lowXT = m.addWide(lowXT, m.mulWide(lowA, lowB));
          lowXX = m.addWide(lowXX, m.mulWide(lowA, lowA));
          lowTT = m.addWide(lowTT, m.mulWide(lowB, lowB));
          lowX = m.addWide(lowX, lowA);
          lowT = m.addWide(lowT, lowB);
          if (m.halves()) {
            const highA = m.widenHigh(a);
            const highB = m.widenHigh(b);
            highXT = m.addWide(highXT, m.mulWide(highA, highB));
            highXX = m.addWide(highXX, m.mulWide(highA, highA));
            highTT = m.addWide(highTT, m.mulWide(highB, highB));
            highX = m.addWide(highX, highA);
            highT = m.addWide(highT, highB);
          }
        }
      }
      xt = m.total(lowXT, highXT, xt);
      xx = m.total(lowXX, highXX, xx);
      tt = m.total(lowTT, highTT, tt);
      sx = m.total(lowX, highX, sx);
      st = m.total(lowT, highT, st);
    }
    m.setDouble(out, xt);
    m.setDouble(out + DOUBLE, xx);
    m.setDouble(out + 2 * DOUBLE, tt);
    m.setDouble(out + 3 * DOUBLE, sx);
    m.setDouble(out + 4 * DOUBLE, st);
    x += stride;
    t += stride;
    out += 5 * DOUBLE;
  }
}

/**
 * Stores k + kx x + kt t at GRADIENT, of rows as in `moments`, with k, kx and kt in f64 by row at GRADIENT_FACTORS. A row
 * whose coefficients are all 0 gives 0 whatever it holds.
 */
export function combine(f: Vectors, m: Machine, call: usize): void {
  const rows = m.integer(call + COUNT);
  const size = m.integer(call + CLASSES);
  const stride = m.address(call + STRIDE);
  let x = m.address(call + X);
  let t = m.address(call + TARGET);
  let g = m.address(call + GRADIENT);
  let coefficients = m.address(call + GRADIENT_FACTORS);
  for (let row = 0; row < rows; row++) {
    const k = m.double(coefficients);
    const kx = m.double(coefficients + DOUBLE);
    const kt = m.double(coefficients + 2 * DOUBLE);
    const silent = m.equal(m.splat(k === 0 && kx === 0 && kt === 0 ? 0 : 1), m.zero());
    const wide = m.splatWide(k);
    const wideX = m.splatWide(kx);
    const wideT = m.splatWide(kt);
    for (let lane = 0; lane < m.passes(); lane++) {
      for (let i = lane; i < size; ) {
        let xs = x;
        let ts = t;
        let gs = g;
        let end = wholeOf(m, size);
        const over = i === end;
        if (over) {
          xs = bounced(m, x, i, size, call + BOUNCE);
          ts = bounced(m, t, i, size, call + BOUNCE + REGISTER);
          gs = xs;
          end = size;
        }
        const from = i;
        for (; i < end; i += m.lanes()) {
          const a = m.load(xs + m.bytes(i));
          const b = m.load(ts + m.bytes(i));
          const low = m.addWide(m.addWide(m.mulWide(wideX, m.widenLow(a)), m.mulWide(wideT, m.widenLow(b))), wide);
          let high = low;
          if (m.halves()) high = m.addWide(m.addWide(m.mulWide(wideX, m.widenHigh(a)), m.mulWide(wideT, m.widenHigh(b))), wide);
          m.store(gs + m.bytes(i), m.unless(silent, m.narrow(low, high)));
        }
        if (over) copy(m, call + BOUNCE, g + m.bytes(from), size - from);
      }
    }
    x += stride;
    t += stride;
    g += stride;
    coefficients += 3 * DOUBLE;
  }
}

/** x - t + shift, in f64 until it is one number: in f32 the difference's rounding would be all there is of a difference near 0. */
function differenceAt(m: Machine, x: Lanes, t: Lanes, minus: Wide, shift: Wide): Lanes {
  const low = m.addWide(m.addWide(m.widenLow(x), m.mulWide(minus, m.widenLow(t))), shift);
  const high = m.halves() ? m.addWide(m.addWide(m.widenHigh(x), m.mulWide(minus, m.widenHigh(t))), shift) : low;
  return m.narrow(low, high);
}

/**
 * Of rows as in `moments`, with d = x - t + A and p = B, at least 1: the sums of |d|^p in f64 by row at VALUES; or, if
 * GRADIENT is not 0, adds k sign(d) |d|^(p - 1) to what is at GRADIENT and takes it off what is at HESSIAN, with k in f64 by
 * row at GRADIENT_FACTORS. Where k is 0 nothing is added.
 */
export function distances(f: Vectors, m: Machine, call: usize): void {
  const rows = m.integer(call + COUNT);
  const size = m.integer(call + CLASSES);
  const stride = m.address(call + STRIDE);
  const shift = m.splatWide(m.double(call + A));
  const minus = m.splatWide(-1);
  const power = m.double(call + B) - 1;
  let x = m.address(call + X);
  let t = m.address(call + TARGET);
  let g = m.address(call + GRADIENT);
  let h = m.address(call + HESSIAN);
  const graded = g !== 0;
  let numbers = graded ? m.address(call + GRADIENT_FACTORS) : m.address(call + VALUES);
  for (let row = 0; row < rows; row++) {
    const k = graded ? m.double(numbers) : 1;
    const wide = m.splatWide(k);
    let sum: f64 = 0;
    for (let lane = 0; k !== 0 && lane < m.passes(); lane++) {
      let low = m.wideZero();
      let high = m.wideZero();
      let i = lane;
      // The usual power, 2, without the tests: a register held in memory for each of them costs more than the arithmetic.
      for (; power === 1 && i + (ONE_PASS ? m.lanes() : 1) <= size; i += m.lanes()) {
        const d = differenceAt(m, m.load(x + m.bytes(i)), m.load(t + m.bytes(i)), minus, shift);
        const lowD = m.widenLow(d);
        const highD = m.widenHigh(d);
        if (graded) {
          const slope = m.narrow(m.mulWide(wide, lowD), m.mulWide(wide, highD));
          m.store(g + m.bytes(i), m.add(m.load(g + m.bytes(i)), slope));
          m.store(h + m.bytes(i), m.sub(m.load(h + m.bytes(i)), slope));
        } else {
          low = m.addWide(low, m.mulWide(lowD, lowD));
          if (m.halves()) high = m.addWide(high, m.mulWide(highD, highD));
        }
      }
      for (; i < size; i += m.lanes()) {
        const left = size - i;
        const a = loadAt(m, x + m.bytes(i), left);
        const b = loadAt(m, t + m.bytes(i), left);
        const d = m.keep(differenceAt(m, a, b, minus, shift), left);
        let lowD = m.widenLow(d);
        let highD = m.widenHigh(d);
        let lowP = wide;
        let highP = wide;
        if (power !== 1) {
          const e = m.abs(d);
          const lowE = m.widenLow(e);
          const highE = m.widenHigh(e);
          let rest = power;
          for (; rest >= 1; rest -= 1) {
            lowP = m.mulWide(lowP, lowE);
            if (m.halves()) highP = m.mulWide(highP, highE);
          }
          // A power between 0 and 1 is a product of roots, one for each bit: exact to a few roundings, and next to no code.
          let lowRoot = lowE;
          let highRoot = highE;
          while (rest > 0) {
            lowRoot = m.sqrtWide(lowRoot);
            if (m.halves()) highRoot = m.sqrtWide(highRoot);
            rest += rest;
            if (rest >= 1) {
              lowP = m.mulWide(lowP, lowRoot);
              if (m.halves()) highP = m.mulWide(highP, highRoot);
              rest -= 1;
            }
          }
          if (graded) {
            const sign = m.sign(d);
            lowD = m.widenLow(sign);
            highD = m.widenHigh(sign);
          } else {
            lowD = lowE;
            highD = highE;
          }
        } else if (!graded) {
          // The square: |d| times |d|.
          lowP = lowD;
          highP = highD;
        }
        if (graded) {
          const slope = m.narrow(m.mulWide(lowP, lowD), m.mulWide(highP, highD));
          storeAt(m, g + m.bytes(i), m.add(loadAt(m, g + m.bytes(i), left), slope), left);
          storeAt(m, h + m.bytes(i), m.sub(loadAt(m, h + m.bytes(i), left), slope), left);
        } else {
          low = m.addWide(low, m.mulWide(lowP, lowD));
          if (m.halves()) high = m.addWide(high, m.mulWide(highP, highD));
        }
      }
      sum = m.total(low, high, sum);
    }
    if (!graded) m.setDouble(numbers, sum);
    x += stride;
    t += stride;
    g += stride;
    h += stride;
    numbers += DOUBLE;
  }
}
