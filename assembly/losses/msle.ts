/**
 * The squared logarithmic error, (log(1 + p) - log(1 + t))^2, of p and t held at a from below.
 *
 * b of the curvature is 0 without its residual part, else 1.
 */

import { log1p } from "../elementary/called";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const TWO: StaticArray<Real> = [2];

export class SquaredLogarithmicError extends CompactBinary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    const high = m.max(p, a);
    const d = m.sub(high, m.max(t, a));
    const low = m.min(m.max(t, a), high);
    const size = log1p(m, m.div(m.abs(d), m.add(m.one(), low)));
    return m.negWhere(m.less(d, m.zero()), size);
  }

  value(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(r, r);
  }

  slope(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    return m.mul(m.add(r, r), m.unless(m.less(p, a), m.div(one, m.add(one, p))));
  }

  curvature(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const above = m.add(m.one(), p);
    const residual = m.negMulAdd(b, r, m.one());
    return m.unless(m.less(p, a), m.div(m.mul(m.constant(TWO, 0), residual), m.mul(above, above)));
  }
}

export function msle(f: SquaredLogarithmicError, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
