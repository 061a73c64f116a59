/** Binary cross-entropy of a probability, -(t log p + (1 - t) log(1 - p)), both logarithms held at -100 and the slope's denominator at 1e-12. */

import { Binary, sweep } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

/** One, the least logarithm, the least p (1 - p). */
const BOUNDS: StaticArray<Real> = [1, -100, 1e-12];

export class BinaryCrossEntropy extends Binary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(m.constant(BOUNDS, 0), t);
  }

  value(m: Machine, rest: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const hit = m.max(m.log(p), m.constant(BOUNDS, 1));
    const miss = m.max(m.log1p(m.neg(p)), m.constant(BOUNDS, 1));
    return m.neg(m.add(m.mul(t, hit), m.mul(rest, miss)));
  }

  slope(m: Machine, rest: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const spread = m.mul(p, m.sub(m.constant(BOUNDS, 0), p));
    return m.div(m.sub(p, t), m.max(spread, m.constant(BOUNDS, 2)));
  }
}

export function binaryCrossEntropy(
  f: BinaryCrossEntropy,
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
  return sweep(f, m, p, t, w, count, v, g, valued, scale, a, b, sum);
}
