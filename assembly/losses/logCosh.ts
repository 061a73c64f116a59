/**
 * The logarithm of the hyperbolic cosine of p - t, by q = 1 - e^-|p - t|.
 *
 * It is log1p(q^2 / (2 - 2 q)) for small errors, |p - t| - log 2 + log1p(e^-2|p - t|) for others.
 */

import { exp, expm1, log1p } from "../elementary/called";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** Two, ln 2. */
const NUMBERS: StaticArray<Real> = [2, 0.6931471805599453];

export class LogCosh extends CompactBinary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.neg(expm1(m, m.negAbs(m.sub(p, t))));
  }

  value(m: Machine, q: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const distance = m.abs(m.sub(p, t));
    const e = m.sub(one, q);
    const near = m.less(distance, one);
    const tail = log1p(m, m.select(near, m.div(m.mul(q, q), m.add(e, e)), m.mul(e, e)));
    return m.add(m.unless(near, m.sub(distance, m.constant(NUMBERS, 1))), tail);
  }

  slope(m: Machine, q: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const e = m.sub(one, q);
    const size = m.div(m.mul(q, m.add(one, e)), m.mulAdd(e, e, one));
    return m.negWhere(m.less(p, t), size);
  }

  curvature(m: Machine, q: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const e = exp(m, m.negAbs(m.sub(p, t)));
    const s = m.div(m.mul(m.constant(NUMBERS, 0), e), m.mulAdd(e, e, m.one()));
    return m.mul(s, s);
  }
}

export function logCosh(f: LogCosh, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
