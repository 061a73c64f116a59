/** y - log(1 + y), of which log1pUnit and softplus are made. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { HALF, LOG1P_UNIT_DOUBLE, LOG1P_UNIT_SINGLE, TWO } from "./tables";

/**
 * y - log(1 + y) for -1/2 <= y <= 1 or NaN; from 0 on at most 0.9 ULP of the logarithm from the truth. With s = y / (2 + y) and
 * h = y^2 / 2 it is h - s (h + s^2 p(s^2)). One division for the whole domain takes half the time of a polynomial in y,
 * which needs twice the coefficients and the domain in two parts.
 */
export function deficit(m: Machine, y: Lanes): Lanes {
  const s = m.div(y, m.add(y, constant(m, TWO)));
  const z = m.mul(s, s);
  const h = m.mul(m.mul(y, constant(m, HALF)), y);
  return m.negMulAdd(s, m.mulAdd(polynomial(m, z), z, h), h);
}

function polynomial(m: Machine, z: Lanes): Lanes {
  const z2 = m.mul(z, z);
  if (m.single()) {
    const c0 = m.mulAdd(m.constant(LOG1P_UNIT_SINGLE, 1), z, m.constant(LOG1P_UNIT_SINGLE, 0));
    const c2 = m.mulAdd(m.constant(LOG1P_UNIT_SINGLE, 3), z, m.constant(LOG1P_UNIT_SINGLE, 2));
    return m.mulAdd(c2, z2, c0);
  }
  const c0 = m.mulAdd(m.constant(LOG1P_UNIT_DOUBLE, 1), z, m.constant(LOG1P_UNIT_DOUBLE, 0));
  const c2 = m.mulAdd(m.constant(LOG1P_UNIT_DOUBLE, 3), z, m.constant(LOG1P_UNIT_DOUBLE, 2));
  const c4 = m.mulAdd(m.constant(LOG1P_UNIT_DOUBLE, 5), z, m.constant(LOG1P_UNIT_DOUBLE, 4));
  const c6 = m.mulAdd(m.constant(LOG1P_UNIT_DOUBLE, 7), z, m.constant(LOG1P_UNIT_DOUBLE, 6));
  const c8 = m.mulAdd(m.constant(LOG1P_UNIT_DOUBLE, 9), z, m.constant(LOG1P_UNIT_DOUBLE, 8));
  const z4 = m.mul(z2, z2);
  return m.mulAdd(m.mulAdd(c8, z4, m.mulAdd(c6, z2, c4)), z4, m.mulAdd(c2, z2, c0));
}
