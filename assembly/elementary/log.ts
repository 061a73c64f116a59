/** The logarithms. */

import { Lanes, Machine } from "../machine";
import { constant } from "./constant";
import { deficit } from "./deficit";
import { combine, exponent } from "./factors";
import {
  CENTRE,
  INFINITE,
  INTEGER_BIAS,
  LARGEST,
  MANTISSA,
  NORMAL,
  ONE,
  QUARTER,
  RAISE,
  RAISED,
  ROOT_HALF,
  SIGN,
  UNDEFINED,
} from "./tables";

/** The natural logarithm, to 1 ULP: -Infinity at 0, NaN below. */
export function log(m: Machine, x: Lanes): Lanes {
  const one = constant(m, ONE);
  const small = m.less(x, constant(m, NORMAL));
  const normal = m.mul(x, m.add(m.where(small, constant(m, RAISE)), one));
  const bias = m.add(m.where(small, constant(m, RAISED)), constant(m, INTEGER_BIAS));
  return edges(m, x, logOfNormal(m, normal, bias));
}

/** The natural logarithm of a finite number from 1 up, or of NaN: of the sum of a row's exponentials. */
export function logFromOne(m: Machine, x: Lanes): Lanes {
  return m.add(logOfNormal(m, x, constant(m, INTEGER_BIAS)), m.sub(x, x));
}

/** The natural logarithm of a normal number, by the bias of its exponent. */
function logOfNormal(m: Machine, x: Lanes, bias: Lanes): Lanes {
  const centred = m.subBits(x, constant(m, CENTRE));
  const n = exponent(m, centred, bias);
  const mantissa = m.addBits(m.andBits(centred, constant(m, MANTISSA)), constant(m, ROOT_HALF));
  return combine(m, m.sub(mantissa, constant(m, ONE)), n);
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

/** `y` with the logarithm's values at u = Infinity and NaN, 0, and below 0: what is added is 0 elsewhere. */
function edges(m: Machine, u: Lanes, y: Lanes): Lanes {
  const infinite = constant(m, INFINITE);
  const zero = m.zero();
  const finite = m.add(y, m.unless(m.less(u, infinite), u));
  const positive = m.sub(finite, m.where(m.equal(u, zero), infinite));
  return m.add(positive, m.where(m.less(u, zero), constant(m, UNDEFINED)));
}
