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

/** e^r - 1 for r = x - n ln 2, |r| <= ln 2 / 2: for what may be off by more than 1 ULP. */
export function expm1Reduced(m: Machine, x: Lanes, n: Lanes): Lanes {
  return expm1OfRemainder(m, remainder(m, x, n, constant(m, LN2_HIGH), constant(m, LN2_LOW)));
}

/** x - n ln 2, rounded. */
export function remainder(m: Machine, x: Lanes, n: Lanes, ln2High: Lanes, ln2Low: Lanes): Lanes {
  return m.negMulAdd(n, ln2Low, m.negMulAdd(n, ln2High, x));
}

/** e^r - 1 for |r| <= ln 2 / 2. */
export function expm1OfRemainder(m: Machine, r: Lanes): Lanes {
  const r2 = m.mul(r, r);
  return m.mulAdd(secondOrder(m, r, r2), r2, r);
}

/**
 * The same, to 1 ULP of e^r. In f64 the low part of n ln 2 is added last, apart from r: with r rounded, e^x could be off by
 * 1.05 ULP by the sum of its roundings (0.98 was met; so it is 0.88), and e^x - 1 was by 1.91 of its own. It costs 5 % of a binary
 * cross-entropy, and f32 does without: there the worst of all inputs is below 1 ULP as it is.
 */
export function expm1Nearest(m: Machine, x: Lanes, n: Lanes): Lanes {
  if (m.single()) return expm1Reduced(m, x, n);
  const high = m.negMulAdd(n, constant(m, LN2_HIGH), x);
  const r = m.negMulAdd(n, constant(m, LN2_LOW), high);
  const r2 = m.mul(r, r);
  return m.add(high, m.negMulAdd(n, constant(m, LN2_LOW), m.mul(secondOrder(m, r, r2), r2)));
}

/** (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, given r^2. */
export function secondOrder(m: Machine, r: Lanes, r2: Lanes): Lanes {
  if (m.single()) {
    const c1 = m.mulAdd(m.constant(EXP_SINGLE, 2), r, m.constant(EXP_SINGLE, 1));
    const c3 = m.mulAdd(m.constant(EXP_SINGLE, 4), r, m.constant(EXP_SINGLE, 3));
    // The constant is added last: its rounding is the only one that counts.
    return m.mulAdd(m.mulAdd(c3, r2, c1), r, m.constant(EXP_SINGLE, 0));
  }
  return secondOrderOfDouble(
    m,
    r,
    r2,
    m.constant(EXP_DOUBLE, 0),
    m.constant(EXP_DOUBLE, 1),
    m.constant(EXP_DOUBLE, 2),
    m.constant(EXP_DOUBLE, 3),
  );
}

/** The same in f64, given the first four coefficients, which a loop may have loaded before it. */
export function secondOrderOfDouble(m: Machine, r: Lanes, r2: Lanes, c0: Lanes, c1: Lanes, c2: Lanes, c3: Lanes): Lanes {
  const p0 = m.mulAdd(c1, r, c0);
  const p2 = m.mulAdd(c3, r, c2);
  const p4 = m.mulAdd(m.constant(EXP_DOUBLE, 5), r, m.constant(EXP_DOUBLE, 4));
  const p6 = m.mulAdd(m.constant(EXP_DOUBLE, 7), r, m.constant(EXP_DOUBLE, 6));
  const p8 = m.mulAdd(m.constant(EXP_DOUBLE, 9), r, m.constant(EXP_DOUBLE, 8));
  const r4 = m.mul(r2, r2);
  return m.mulAdd(m.mulAdd(m.mulAdd(p8, r4, m.mulAdd(p6, r2, p4)), r2, p2), r2, p0);
}

/** (1 + s) 2^n for an integer n between those that LEAST and GREATEST make. */
export function scaled(m: Machine, s: Lanes, n: Lanes): Lanes {
  const round = constant(m, ROUND);
  const half = m.mulAdd(n, constant(m, HALF), round);
  const rest = m.sub(n, m.sub(half, round));
  const power = m.toExponent(half);
  return m.mul(m.mulAdd(s, power, power), m.toExponent(m.add(rest, round)));
}
