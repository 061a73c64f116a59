/** The logarithms. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { deficit } from "./deficit";
import {
  CENTRE,
  HALF,
  INFINITE,
  INTEGER,
  INTEGER_BIAS,
  LARGEST,
  LN2_HIGH,
  LN2_LOW,
  LOG_DOUBLE,
  LOG_SINGLE,
  MANTISSA,
  NORMAL,
  ONE,
  QUARTER,
  RAISE,
  RAISED,
  ROOT_HALF,
  SIGN,
  TWO,
  UNDEFINED,
} from "./tables";

/** The natural logarithm, to 1 ULP: -Infinity at 0, NaN below. */
export function log(m: Machine, x: Lanes): Lanes {
  const one = constant(m, ONE);
  const small = m.less(x, constant(m, NORMAL));
  const normal = m.mul(x, m.add(m.where(small, constant(m, RAISE)), one));
  const centred = m.subBits(normal, constant(m, CENTRE));
  const bias = m.add(m.where(small, constant(m, RAISED)), constant(m, INTEGER_BIAS));
  const n = exponent(m, centred, bias);
  const mantissa = m.addBits(m.andBits(centred, constant(m, MANTISSA)), constant(m, ROOT_HALF));
  return edges(m, x, combine(m, m.sub(mantissa, one), n));
}

/** log(1 + x), to 2 ULP: -Infinity at -1, NaN below; -0 is kept. */
export function log1p(m: Machine, x: Lanes): Lanes {
  const one = constant(m, ONE);
  const sign = constant(m, SIGN);
  const u = m.add(x, one);
  const centred = m.subBits(u, constant(m, CENTRE));
  const n = exponent(m, centred, constant(m, INTEGER_BIAS));
  const infinite = constant(m, INFINITE);
  // 2^(2 - n): 2^-n itself has no exponent bits for the largest n.
  const power = m.subBits(infinite, m.andBits(centred, infinite));
  const scale = m.mul(power, constant(m, QUARTER));
  const f = m.mulAdd(m.min(x, constant(m, LARGEST)), scale, m.sub(scale, one));
  const y = edges(m, u, combine(m, f, n));
  return m.orBits(y, m.andBits(x, sign));
}

/** log(1 + y) for 0 <= y <= 1 or NaN, to 2 ULP. */
export function log1pUnit(m: Machine, y: Lanes): Lanes {
  return m.sub(y, deficit(m, y));
}

/** The exponent field of `centred` as a number, less `bias`. */
function exponent(m: Machine, centred: Lanes, bias: Lanes): Lanes {
  return m.sub(m.orBits(m.fromExponent(centred), constant(m, INTEGER)), bias);
}

/** log(1 + f) + n ln 2 for sqrt 1/2 <= 1 + f <= sqrt 2. */
function combine(m: Machine, f: Lanes, n: Lanes): Lanes {
  const s = m.div(f, m.add(f, constant(m, TWO)));
  const z = m.mul(s, s);
  const h = m.mul(m.mul(f, constant(m, HALF)), f);
  const t = m.mulAdd(s, m.mulAdd(polynomial(m, z), z, h), m.mul(n, constant(m, LN2_LOW)));
  return m.mulAdd(n, constant(m, LN2_HIGH), m.sub(f, m.sub(h, t)));
}

/** `y` with the logarithm's values at u = Infinity and NaN, 0, and below 0: what is added is 0 elsewhere. */
function edges(m: Machine, u: Lanes, y: Lanes): Lanes {
  const infinite = constant(m, INFINITE);
  const zero = m.zero();
  const finite = m.add(y, m.unless(m.less(u, infinite), u));
  const positive = m.sub(finite, m.where(m.equal(u, zero), infinite));
  return m.add(positive, m.where(m.less(u, zero), constant(m, UNDEFINED)));
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
