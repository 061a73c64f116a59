/** A number as 2^n times 1 + f, to which the logarithm and the power reduce. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { HALF, INTEGER, LN2_HIGH, LN2_LOW, LOG_DOUBLE, LOG_SINGLE, TWO } from "./tables";

/** The exponent field of `centred` as a number, less `bias`. */
export function exponent(m: Machine, centred: Lanes, bias: Lanes): Lanes {
  return m.sub(m.orBits(m.fromExponent(centred), constant(m, INTEGER)), bias);
}

/** log(1 + f) + n ln 2 for sqrt 1/2 <= 1 + f <= sqrt 2. */
export function combine(m: Machine, f: Lanes, n: Lanes): Lanes {
  const s = m.div(f, m.add(f, constant(m, TWO)));
  const z = m.mul(s, s);
  const h = m.mul(m.mul(f, constant(m, HALF)), f);
  const t = m.mulAdd(s, m.mulAdd(polynomial(m, z), z, h), m.mul(n, constant(m, LN2_LOW)));
  return m.mulAdd(n, constant(m, LN2_HIGH), m.sub(f, m.sub(h, t)));
}

function polynomial(m: Machine, z: Lanes): Lanes {
  if (m.single()) {
    const c1 = m.mulAdd(m.constant(LOG_SINGLE, 2), z, m.constant(LOG_SINGLE, 1));
    return m.mulAdd(c1, z, m.constant(LOG_SINGLE, 0));
  }
  const z2 = m.mul(z, z);
  const c1 = m.mulAdd(m.constant(LOG_DOUBLE, 2), z, m.constant(LOG_DOUBLE, 1));
  const c3 = m.mulAdd(m.constant(LOG_DOUBLE, 4), z, m.constant(LOG_DOUBLE, 3));
  const c5 = m.mulAdd(m.constant(LOG_DOUBLE, 6), z, m.constant(LOG_DOUBLE, 5));
  return m.mulAdd(m.mulAdd(m.mulAdd(c5, z2, c3), z2, c1), z, m.constant(LOG_DOUBLE, 0));
}
