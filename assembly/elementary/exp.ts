/** The exponential functions. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { expm1Nearest, expm1OfRemainder, nearest, remainder, scaled, secondOrderOfDouble } from "./reduced";
import {
  EXP_DOUBLE,
  EXP_SHORT_SINGLE,
  FLUSH,
  GREATEST,
  HALF,
  LEAST,
  LN2,
  LN2_HIGH,
  LN2_LOW,
  ROUND,
  ROUND_LOWER,
  SATURATED,
  TINY,
} from "./tables";

/**
 * e^x for x <= 0 or NaN, to 1 ULP in f32 and 1.1 in f64; results below the smallest normal number may be 0, and e^-Infinity is.
 * The one bound below is where n + bias = 0, so that 2^n is 0 by its bits and needs no mask.
 */
export function expNonPositive(m: Machine, x: Lanes): Lanes {
  const round = constant(m, ROUND);
  const bounded = m.max(x, constant(m, FLUSH));
  const k = nearest(m, bounded, ROUND);
  const r = remainder(m, bounded, m.sub(k, round), constant(m, LN2_HIGH), constant(m, LN2_LOW));
  return expOfRemainder(m, r, m.toExponent(k));
}

/** 2^n e^r for |r| <= ln 2 / 2, given 2^n. */
export function expOfRemainder(m: Machine, r: Lanes, power: Lanes): Lanes {
  return m.mulAdd(expm1OfRemainder(m, r), power, power);
}

/**
 * e^z for z <= 0 or NaN that is a rounded difference x - y, as in a softmax: to 2^-22 + 2^-24 |z| relative in f32, and to
 * 2^-52 + 1.5 2^-53 |z| in f64. The rounding of z may have cost 2^-24 |z| and 2^-53 |z|. For that it saves 4 operations of 22, in
 * f64 2 of 34.
 */
export function expOfDifference(m: Machine, z: Lanes): Lanes {
  const round = constant(m, ROUND);
  const bounded = m.max(z, constant(m, FLUSH));
  const k = nearest(m, bounded, ROUND);
  return expOfHalf(
    m,
    halfOfDifference(m, bounded, k, round, constant(m, LN2)),
    m.toExponent(k),
    coefficient(m, 0),
    coefficient(m, 1),
    coefficient(m, 2),
    coefficient(m, 3),
  );
}

/** The first half of expOfDifference: what `bounded` exceeds n ln 2 by, given `k` = n + `round`. 2^n is `m.toExponent(k)`. */
export function halfOfDifference(m: Machine, bounded: Lanes, k: Lanes, round: Lanes, ln2: Lanes): Lanes {
  return m.negMulAdd(m.sub(k, round), ln2, bounded);
}

/** The coefficient of a power of r, the lowest being 0: the second half wants the first four. */
export function coefficient(m: Machine, i: i32): Lanes {
  return m.single() ? m.constant(EXP_SHORT_SINGLE, i) : m.constant(EXP_DOUBLE, i);
}

/** 2^n e^r, of r and 2^n. */
export function expOfHalf(m: Machine, r: Lanes, power: Lanes, c0: Lanes, c1: Lanes, c2: Lanes, c3: Lanes): Lanes {
  const r2 = m.mul(r, r);
  const p = m.single() ? m.mulAdd(m.mulAdd(c3, r, c2), r2, m.mulAdd(c1, r, c0)) : secondOrderOfDouble(m, r, r2, c0, c1, c2, c3);
  return m.mulAdd(m.mulAdd(p, r2, r), power, power);
}

/**
 * e^x, to 1 ULP for all x. 2^n comes in two factors: n exceeds the exponent's range on both sides. At the bound below both are 0
 * by their bits: processors may take a hundred cycles for a product that underflows.
 */
export function exp(m: Machine, x: Lanes): Lanes {
  const bounded = m.min(m.max(x, constant(m, LEAST)), constant(m, GREATEST));
  const round = constant(m, ROUND);
  const n = m.sub(nearest(m, bounded, ROUND), round);
  return scaled(m, expm1Nearest(m, bounded, n), n);
}

/** e^x - 1, to 2 ULP for all x; -0 is kept. Computed halved, so that 2^n stays finite up to the overflow. */
export function expm1(m: Machine, x: Lanes): Lanes {
  const bounded = m.min(m.max(x, m.neg(constant(m, SATURATED))), constant(m, GREATEST));
  const k = nearest(m, bounded, ROUND_LOWER);
  const s = expm1Nearest(m, bounded, m.sub(k, constant(m, ROUND_LOWER)));
  const power = m.toExponent(k);
  const half = m.mulAdd(s, power, m.sub(power, constant(m, HALF)));
  return m.select(m.less(m.abs(x), constant(m, TINY)), x, m.add(half, half));
}
