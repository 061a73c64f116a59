/** Powers of any exponent. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { combine, exponent } from "./factors";
import { nearest, scaled, secondOrder } from "./reduced";
import { CENTRE, GREATEST, INTEGER_BIAS, LEAST, LN2, MANTISSA, NORMAL, ONE, ROOT_HALF, ROUND, UNDEFINED } from "./tables";

/** One more than a power of two: multiplied by it, a number comes apart into two of half the digits. */
const SPLIT_SINGLE: StaticArray<Real> = [4097];
const SPLIT_DOUBLE: StaticArray<Real> = [134217729];

/**
 * x^k for x from 0 up, to 3 + |k| ULP; NaN for x below 0, NaN or infinite. What is below the smallest normal number
 * counts as that. With x = 2^n (1 + f) and k = high + low, both products with n are exact: the logarithm of a large
 * power is off by no more than that of a small one.
 */
export function power(m: Machine, x: Lanes, k: Lanes): Lanes {
  const one = constant(m, ONE);
  const centred = m.subBits(m.max(x, constant(m, NORMAL)), constant(m, CENTRE));
  const n = exponent(m, centred, constant(m, INTEGER_BIAS));
  const mantissa = m.addBits(m.andBits(centred, constant(m, MANTISSA)), constant(m, ROOT_HALF));
  const logarithm = m.mul(k, combine(m, m.sub(mantissa, one), m.zero()));
  const split = m.mul(k, m.single() ? m.constant(SPLIT_SINGLE, 0) : m.constant(SPLIT_DOUBLE, 0));
  const high = m.sub(split, m.sub(split, k));
  const estimate = m.mulAdd(m.mul(k, n), constant(m, LN2), logarithm);
  const bounded = m.min(m.max(estimate, constant(m, LEAST)), constant(m, GREATEST));
  const whole = m.sub(nearest(m, bounded, ROUND), constant(m, ROUND));
  const rest = m.mulAdd(m.sub(k, high), n, m.sub(m.mul(high, n), whole));
  const r = m.max(m.min(m.mulAdd(rest, constant(m, LN2), logarithm), one), m.neg(one));
  const r2 = m.mul(r, r);
  const y = scaled(m, m.mulAdd(secondOrder(m, r, r2), r2, r), whole);
  // x - x carries NaN through.
  return m.add(m.add(y, m.sub(x, x)), m.where(m.less(x, m.zero()), constant(m, UNDEFINED)));
}
