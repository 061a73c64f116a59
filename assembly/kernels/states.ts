/**
 * The state sweeps of connectionist temporal classification (Graves et al., 2006), in f64 alone: the logarithms of the
 * probabilities of all paths that pass through each state, and what they make of the gradient.
 */

import { Lanes, Machine } from "../machine";
import {
  A,
  CLASS_STRIDE,
  CLASSES,
  COUNT,
  GRADIENT,
  GROUP_STRIDE,
  HESSIAN,
  LABELS,
  POSITIONS,
  SCALE,
  STRIDE,
  TARGET,
  TARGET_STRIDE,
  VALUES,
  X,
} from "./call";

/** What stands for the formula of the sweeps, which have none. */
export class States {}

const LEAST: StaticArray<Real> = [-Infinity];

/**
 * Over COUNT times, of CLASSES states each: the logarithm of the probability of all paths that have come to a state, which
 * is that of the state's label plus the log-sum-exp over where a path may come from: the state itself, its neighbour, and
 * the neighbour's neighbour plus the entry (0 or -Infinity) of TARGET.
 *
 * The label's log-probability is at X + time STRIDE + label CLASS_STRIDE, with the labels by state at LABELS; the neighbour
 * stands TARGET_STRIDE bytes on, which may be less than 0. The result of a time goes to VALUES + time GROUP_STRIDE, and
 * that of the time before is read from GROUP_STRIDE bytes before it. CLASSES is a multiple of 2, and two more states at
 * either end of a row must be -Infinity.
 */
export function statePaths(f: States, m: Machine, call: usize): void {
  if (m.single()) return;
  const times = m.integer(call + COUNT);
  const states = m.integer(call + CLASSES);
  const stride = m.address(call + STRIDE);
  const classStride = m.address(call + CLASS_STRIDE);
  const labels = m.address(call + LABELS);
  const skips = m.address(call + TARGET);
  const neighbour = m.address(call + TARGET_STRIDE);
  const rowStride = m.address(call + GROUP_STRIDE);
  const step = lanesOf(m);
  let x = m.address(call + X);
  let row = m.address(call + VALUES);
  for (let time = 0; time < times; time++) {
    const before = row - rowStride;
    for (let state = 0; state < states; state += step) {
      const at = m.bytes(state);
      const stay = m.load(before + at);
      const move = m.load(before + neighbour + at);
      const skip = m.add(m.load(before + 2 * neighbour + at), m.load(skips + at));
      const most = m.max(m.max(stay, move), skip);
      const shift = m.unless(m.equal(most, m.constant(LEAST, 0)), most);
      const sum = m.add(m.add(exponential(m, m.sub(stay, shift)), exponential(m, m.sub(move, shift))), exponential(m, m.sub(skip, shift)));
      const own = m.pick(x, 0, labels + (state as usize) * 4, classStride, step);
      m.store(row + at, m.add(m.add(shift, m.log(sum)), own));
    }
    x += stride;
    row += rowStride;
  }
}

/**
 * Over COUNT times: SCALE times the difference of e^x, x being the POSITIONS log-probabilities at X + time STRIDE, and of
 * the share of the paths that pass through each one's label at that time; to GRADIENT, laid out as X. The paths that come
 * to each of the CLASSES states are at VALUES + time GROUP_STRIDE, those that go on from it at HESSIAN + time GROUP_STRIDE,
 * both including the state's own; A is the logarithm of all paths' probability. POSITIONS and CLASSES are multiples of 2,
 * and two neighbouring states have different labels.
 */
export function stateGradient(f: States, m: Machine, call: usize): void {
  if (m.single()) return;
  const times = m.integer(call + COUNT);
  const states = m.integer(call + CLASSES);
  const size = m.bytes(m.integer(call + POSITIONS));
  const stride = m.address(call + STRIDE);
  const classStride = m.address(call + CLASS_STRIDE);
  const labels = m.address(call + LABELS);
  const rowStride = m.address(call + GROUP_STRIDE);
  const factor = m.splat(m.double(call + SCALE));
  const all = m.splat(m.double(call + A));
  const step = lanesOf(m);
  let x = m.address(call + X);
  let g = m.address(call + GRADIENT);
  let come = m.address(call + VALUES);
  let go = m.address(call + HESSIAN);
  for (let time = 0; time < times; time++) {
    for (let at: usize = 0; at < size; at += m.bytes(step)) m.store(g + at, m.mul(factor, exponential(m, m.load(x + at))));
    for (let state = 0; state < states; state += step) {
      const at = m.bytes(state);
      const label = labels + (state as usize) * 4;
      const through = m.add(m.load(come + at), m.load(go + at));
      const share = exponential(m, m.sub(m.sub(through, m.pick(x, 0, label, classStride, step)), all));
      const silent = m.equal(through, m.constant(LEAST, 0));
      m.addAt(g, 0, label, classStride, m.neg(m.mul(factor, m.unless(silent, share))), step);
    }
    x += stride;
    g += stride;
    come += rowStride;
    go += rowStride;
  }
}

/** Elements that a step takes: lanes do not meet here, and the plain machine goes element by element. */
function lanesOf(m: Machine): i32 {
  return m.passes() > 1 ? 1 : m.lanes();
}

/** e^x, in the binary once. */
function exponential(m: Machine, x: Lanes): Lanes {
  return m.exp(x);
}
