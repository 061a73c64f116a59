/** The absolute percentage error, 100 |p - t| / max(|t|, a). */

import { Binary, sweep } from "../kernels/pointwise";
import { Lanes, Machine } from "../machine";

const PERCENT: StaticArray<Real> = [100];

export class AbsolutePercentageError extends Binary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.div(m.constant(PERCENT, 0), m.max(m.abs(t), a));
  }

  value(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.abs(m.sub(p, t)), r);
  }

  slope(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.sign(m.sub(p, t)), r);
  }
}

export function mape(
  f: AbsolutePercentageError,
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
