/** The softplus log(1 + e^(a x)) / a, and x itself where a x exceeds b. */

import { sweep, Unary } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

const ONE: StaticArray<Real> = [1];

export class Softplus extends Unary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.mul(a, x);
  }

  value(m: Machine, y: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.select(m.less(b, y), x, m.div(m.softplus(y), a));
  }

  slope(m: Machine, y: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.select(m.less(b, y), m.constant(ONE, 0), m.sigmoid(y));
  }
}

export function softplus(
  f: Softplus,
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
