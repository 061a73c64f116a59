/** The square, p^2. */

import { sweep, Unary } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

export class Square extends Unary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(p, p);
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.add(p, p);
  }
}

export function l2Penalty(
  f: Square,
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
