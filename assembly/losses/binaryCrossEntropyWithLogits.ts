/** Binary cross-entropy of a logit x, max(x, 0) - x t + log(1 + e^-|x|) with e^-|x| shared. */

import { Binary, sweep } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

const ONE: StaticArray<Real> = [1];

export class BinaryCrossEntropyWithLogits extends Binary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.expNonPositive(m.neg(m.abs(x)));
  }

  value(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.add(m.sub(m.max(x, m.zero()), m.mul(x, t)), m.log1pUnit(e));
  }

  slope(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.constant(ONE, 0);
    return m.sub(m.div(m.select(m.less(x, m.zero()), e, one), m.add(one, e)), t);
  }
}

export function binaryCrossEntropyWithLogits(
  f: BinaryCrossEntropyWithLogits,
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
