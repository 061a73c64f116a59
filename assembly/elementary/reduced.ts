/** The exponential near 0, to which all exponential functions reduce: x = n ln 2 + r with n an integer. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { EXP_DOUBLE, EXP_SINGLE, HALF, LN2_HIGH, LN2_LOW, LOG2E, ROUND } from "./tables";

/**
 * The integer n nearest to x / ln 2, as a number to subtract `round` from. `round` is one of tables.ts: it
 * decides which power of two m.toExponent makes of the result's bits.
 */
export function nearest(m: Machine, x: Lanes, round: i32): Lanes {
  return m.mulAdd(x, constant(m, LOG2E), constant(m, round));
}

/**
 * e^r - 1 for r = x - n ln 2, |r| <= ln 2 / 2. In f64 the low part of n ln 2 is added last, apart from r: with r rounded,
 * e^x could be off by 1.02 ULP by the sum of its roundings (0.9994 was met with FMA; so it is 0.87). It costs a tenth of e^x,
 * and f32 does without: there the worst of all inputs is below 1 ULP as it is.
 */
export function expm1Reduced(m: Machine, x: Lanes, n: Lanes): Lanes {
  return expm1OfRemainder(m, remainder(m, x, n), n);
}

/** The first half of it: r; in f64, r plus the low part of n ln 2. */
export function remainder(m: Machine, x: Lanes, n: Lanes): Lanes {
  const high = m.negMulAdd(n, constant(m, LN2_HIGH), x);
  return m.single() ? m.negMulAdd(n, constant(m, LN2_LOW), high) : high;
}

/** The second half, given the first. */
export function expm1OfRemainder(m: Machine, part: Lanes, n: Lanes): Lanes {
  const r = m.single() ? part : m.negMulAdd(n, constant(m, LN2_LOW), part);
  const r2 = m.mul(r, r);
  const p = secondOrder(m, r, r2);
  return m.single() ? m.mulAdd(p, r2, r) : m.add(part, m.negMulAdd(n, constant(m, LN2_LOW), m.mul(p, r2)));
}

/** (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, given r^2. The constant is added last: its rounding is the only one that counts. */
export function secondOrder(m: Machine, r: Lanes, r2: Lanes): Lanes {
  if (m.single()) {
    const c1 = m.mulAdd(m.constant(EXP_SINGLE, 2), r, m.constant(EXP_SINGLE, 1));
    const c3 = m.mulAdd(m.constant(EXP_SINGLE, 4), r, m.constant(EXP_SINGLE, 3));
    return m.mulAdd(m.mulAdd(c3, r2, c1), r, m.constant(EXP_SINGLE, 0));
  }
  const c1 = m.mulAdd(m.constant(EXP_DOUBLE, 2), r, m.constant(EXP_DOUBLE, 1));
  const c3 = m.mulAdd(m.constant(EXP_DOUBLE, 4), r, m.constant(EXP_DOUBLE, 3));
  const c5 = m.mulAdd(m.constant(EXP_DOUBLE, 6), r, m.constant(EXP_DOUBLE, 5));
  const c7 = m.mulAdd(m.constant(EXP_DOUBLE, 8), r, m.constant(EXP_DOUBLE, 7));
  const c9 = m.constant(EXP_DOUBLE, 9);
  const r4 = m.mul(r2, r2);
  const low = m.mulAdd(m.mulAdd(c9, r4, m.mulAdd(c7, r2, c5)), r4, m.mulAdd(c3, r2, c1));
  return m.mulAdd(low, r, m.constant(EXP_DOUBLE, 0));
}

/** (1 + s) 2^n for an integer n between those that LEAST and GREATEST make. */
export function scaled(m: Machine, s: Lanes, n: Lanes): Lanes {
  const round = constant(m, ROUND);
  const half = m.mulAdd(n, constant(m, HALF), round);
  const rest = m.sub(n, m.sub(half, round));
  const power = m.toExponent(half);
  return m.mul(m.mulAdd(s, power, power), m.toExponent(m.add(rest, round)));
}
