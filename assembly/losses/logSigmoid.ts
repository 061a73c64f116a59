/** The logarithm of the logistic function, -log(1 + e^-x). */

import { sweep, Unary } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

export class LogSigmoid extends Unary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.neg(x);
  }

  value(m: Machine, y: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.neg(m.softplus(y));
  }

  slope(m: Machine, y: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sigmoid(y);
  }
}

export function logSigmoid(
  f: LogSigmoid,
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
