/** The sigmoid family. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { deficit } from "./deficit";
import { expm1Reduced, nearest } from "./reduced";
import {
  FLUSH_UP,
  HIGHEST_DOWN,
  LOG2E,
  ONE,
  ROUND,
  ROUND_DOWN,
  ROUND_UP,
  SATURATED,
  SCALE,
  SIGN,
  TANH_DOUBLE,
  TANH_SINGLE,
  TANH_SPLIT,
  TWO,
} from "./tables";

/**
 * 1 / (1 + e^-x), to 2 ULP for all x. Numerator and denominator come times 2^-64, so that e^-x stays finite
 * where the result is denormal. Far below, the exponent is bounded and x is not: the denominator is Infinity by the
 * polynomial of what x exceeds the bound by, and the quotient 0 without an underflow.
 */
export function sigmoid(m: Machine, x: Lanes): Lanes {
  const opposite = sigmoidExponent(m, x, constant(m, SATURATED));
  const round = constant(m, ROUND_DOWN);
  const k = nearestBelow(m, opposite, constant(m, LOG2E), round, constant(m, HIGHEST_DOWN));
  return sigmoidQuotient(m, expm1Reduced(m, opposite, m.sub(k, round)), m.toExponent(k));
}

/** -x, within the bound from which on the sigmoid is 1. */
export function sigmoidExponent(m: Machine, x: Lanes, saturated: Lanes): Lanes {
  return m.sub(m.zero(), m.min(x, saturated));
}

/** n + `round` for the integer n nearest to x / ln 2, or `highest`. */
export function nearestBelow(m: Machine, x: Lanes, log2e: Lanes, round: Lanes, highest: Lanes): Lanes {
  return m.min(m.mulAdd(x, log2e, round), highest);
}

/** The sigmoid where e^-x is (1 + s) 2^64 `power`. The denominator's summands 1, 2^n and 2^n s are added from the smaller ones up. */
export function sigmoidQuotient(m: Machine, s: Lanes, power: Lanes): Lanes {
  const scale = constant(m, SCALE);
  return m.div(scale, m.add(m.max(power, scale), m.mulAdd(s, power, m.min(power, scale))));
}

/**
 * log(1 + e^x), to 2 ULP for all x. e^-|x| comes times 2^64 first, so that it is right where it is denormal. The larger
 * summand of its logarithm is added last: max(x, 0) + log1pUnit(e^-|x|) would be off by 2.1 ULP near x = 0.07.
 */
export function softplus(m: Machine, x: Lanes): Lanes {
  return softplusOf(m, x, softplusTerm(m, x));
}

/** e^-|x|. At the bound below 2^n is 0. */
export function softplusTerm(m: Machine, x: Lanes): Lanes {
  const bounded = m.max(m.orBits(x, constant(m, SIGN)), constant(m, FLUSH_UP));
  const k = nearest(m, bounded, ROUND_UP);
  const s = expm1Reduced(m, bounded, m.sub(k, constant(m, ROUND_UP)));
  const power = m.toExponent(k);
  return m.mul(m.mulAdd(s, power, power), constant(m, SCALE));
}

/** The softplus of x, given `e` = e^-|x|. */
export function softplusOf(m: Machine, x: Lanes, e: Lanes): Lanes {
  return m.add(e, m.sub(m.max(x, m.zero()), deficit(m, e)));
}

/** The hyperbolic tangent, to 2 ULP for all x; -0 is kept. */
export function tanh(m: Machine, x: Lanes): Lanes {
  const sign = constant(m, SIGN);
  const size = m.abs(x);
  const z = m.mul(size, size);
  const near = m.mulAdd(m.mul(size, z), polynomial(m, z), size);
  const twice = m.min(m.add(size, size), constant(m, SATURATED));
  const k = nearest(m, twice, ROUND);
  const s = expm1Reduced(m, twice, m.sub(k, constant(m, ROUND)));
  const power = m.toExponent(k);
  const one = constant(m, ONE);
  const far = m.sub(one, m.div(constant(m, TWO), m.mulAdd(s, power, m.add(power, one))));
  return m.orBits(m.select(m.less(size, constant(m, TANH_SPLIT)), near, far), m.andBits(x, sign));
}

function polynomial(m: Machine, z: Lanes): Lanes {
  const z2 = m.mul(z, z);
  if (m.single()) {
    const c0 = m.mulAdd(m.constant(TANH_SINGLE, 1), z, m.constant(TANH_SINGLE, 0));
    const c2 = m.mulAdd(m.constant(TANH_SINGLE, 3), z, m.constant(TANH_SINGLE, 2));
    return m.mulAdd(m.mulAdd(m.constant(TANH_SINGLE, 4), z2, c2), z2, c0);
  }
  const c0 = m.mulAdd(m.constant(TANH_DOUBLE, 1), z, m.constant(TANH_DOUBLE, 0));
  const c2 = m.mulAdd(m.constant(TANH_DOUBLE, 3), z, m.constant(TANH_DOUBLE, 2));
  const c4 = m.mulAdd(m.constant(TANH_DOUBLE, 5), z, m.constant(TANH_DOUBLE, 4));
  const c6 = m.mulAdd(m.constant(TANH_DOUBLE, 7), z, m.constant(TANH_DOUBLE, 6));
  const c8 = m.mulAdd(m.constant(TANH_DOUBLE, 9), z, m.constant(TANH_DOUBLE, 8));
  const c10 = m.mulAdd(m.constant(TANH_DOUBLE, 10), z2, c8);
  return m.mulAdd(m.mulAdd(m.mulAdd(m.mulAdd(c10, z2, c6), z2, c4), z2, c2), z2, c0);
}
