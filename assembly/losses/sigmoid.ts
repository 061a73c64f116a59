/** The logistic function, 1 / (1 + e^-x). */

import { sweep, Unary } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

export class Sigmoid extends Unary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sigmoid(x);
  }

  value(m: Machine, s: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return s;
  }

  slope(m: Machine, s: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(s, m.sigmoid(m.neg(x)));
  }
}

export function sigmoid(
  f: Sigmoid,
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
