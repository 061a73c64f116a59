/** Stirling's approximation of the logarithm of a factorial, the part of the Poisson losses that no prediction changes. */

import { log } from "../elementary/called";
import { Lanes, Machine } from "../machine";

/** Half, half the logarithm of 2 pi. */
const NUMBERS: StaticArray<Real> = [0.5, 0.9189385332046727];

/** `y` plus t log t - t + log(2 pi t) / 2 where t is above 1, if `full` is not 0. */
export function withStirling(m: Machine, y: Lanes, t: Lanes, full: Lanes): Lanes {
  if (m.first(full) === 0) return y;
  const half = m.constant(NUMBERS, 0);
  const logarithm = m.mulAdd(m.add(t, half), log(m, t), m.sub(m.constant(NUMBERS, 1), t));
  return m.add(y, m.where(m.less(m.one(), t), logarithm));
}
