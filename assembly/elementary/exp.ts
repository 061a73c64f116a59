/** The exponential functions. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { expm1OfRemainder, expm1Reduced, nearest, remainder, scaled } from "./reduced";
import { EXP_SHORT_SINGLE, FLUSH, GREATEST, HALF, LEAST, LN2, ROUND, ROUND_LOWER, SATURATED, TINY } from "./tables";

/**
 * e^x for x <= 0 or NaN, to 1 ULP; results below the smallest normal number may be 0, and e^-Infinity is.
 * The one bound below is where n + bias = 0, so that 2^n is 0 by its bits and needs no mask.
 */
export function expNonPositive(m: Machine, x: Lanes): Lanes {
  const bounded = m.max(x, constant(m, FLUSH));
  const k = nearest(m, bounded, ROUND);
  const s = expm1Reduced(m, bounded, m.sub(k, constant(m, ROUND)));
  const power = m.toExponent(k);
  return m.mulAdd(s, power, power);
}

/**
 * e^z for z <= 0 or NaN that is a rounded difference x - y, as in a softmax: in f32 to 2^-22 + 2^-24 |z| relative,
 * as much again as the rounding of z may have cost. For that it saves 4 operations of 22. In f64, expNonPositive.
 */
export function expOfDifference(m: Machine, z: Lanes): Lanes {
  const round = constant(m, ROUND);
  const bounded = m.max(z, constant(m, FLUSH));
  const k = nearest(m, bounded, ROUND);
  return expOfHalf(
    m,
    halfOfDifference(m, bounded, k, round, constant(m, LN2)),
    powerOfDifference(m, k),
    m.constant(EXP_SHORT_SINGLE, 0),
    m.constant(EXP_SHORT_SINGLE, 1),
    m.constant(EXP_SHORT_SINGLE, 2),
    m.constant(EXP_SHORT_SINGLE, 3),
  );
}

/** The first half of expOfDifference: what `bounded` exceeds n ln 2 by, given `k` = n + `round`. */
export function halfOfDifference(m: Machine, bounded: Lanes, k: Lanes, round: Lanes, ln2: Lanes): Lanes {
  const n = m.sub(k, round);
  return m.single() ? m.negMulAdd(n, ln2, bounded) : remainder(m, bounded, n);
}

/** What else the first half leaves to the second: 2^n; in f64 `k`, since n is needed again. */
export function powerOfDifference(m: Machine, k: Lanes): Lanes {
  return m.single() ? m.toExponent(k) : k;
}

/** The second half; c0 to c3 are the coefficients of f32. */
export function expOfHalf(m: Machine, half: Lanes, rest: Lanes, c0: Lanes, c1: Lanes, c2: Lanes, c3: Lanes): Lanes {
  if (!m.single()) {
    const power = m.toExponent(rest);
    return m.mulAdd(expm1OfRemainder(m, half, m.sub(rest, constant(m, ROUND))), power, power);
  }
  const r2 = m.mul(half, half);
  const low = m.mulAdd(c1, half, c0);
  const high = m.mulAdd(c3, half, c2);
  const s = m.mulAdd(m.mulAdd(high, r2, low), r2, half);
  return m.mulAdd(s, rest, rest);
}

/** e^x, to 1 ULP for all x. 2^n comes in two factors: n exceeds the exponent's range on both sides. */
export function exp(m: Machine, x: Lanes): Lanes {
  const bounded = m.min(m.max(x, constant(m, LEAST)), constant(m, GREATEST));
  const round = constant(m, ROUND);
  const n = m.sub(nearest(m, bounded, ROUND), round);
  return scaled(m, expm1Reduced(m, bounded, n), n);
}

/** e^x - 1, to 2 ULP for all x; -0 is kept. Computed halved, so that 2^n stays finite up to the overflow. */
export function expm1(m: Machine, x: Lanes): Lanes {
  const bounded = m.min(m.max(x, m.neg(constant(m, SATURATED))), constant(m, GREATEST));
  const k = nearest(m, bounded, ROUND_LOWER);
  const s = expm1Reduced(m, bounded, m.sub(k, constant(m, ROUND_LOWER)));
  const power = m.toExponent(k);
  const half = m.mulAdd(s, power, m.sub(power, constant(m, HALF)));
  return m.select(m.less(m.abs(x), constant(m, TINY)), x, m.add(half, half));
}
