/**
 * The Tweedie deviance of y and a mean p, 2 p^a p K with a = 1 - power.
 *
 * K is in the logarithm r of y / p, so that nothing cancels where y is near p.
 */

import { expm1, log1p } from "../elementary/called";
import { secondOrder } from "../elementary/reduced";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const TWO: StaticArray<Real> = [2];

/** Up to the first excess is a polynomial; from the second on K is a sum that does not cancel. */
const NEAR: StaticArray<Real> = [0.34, 1];

/** (e^z - 1) / z - 1. */
function excess(m: Machine, z: Lanes): Lanes {
  const near = m.mul(z, secondOrder(m, z, m.mul(z, z)));
  const far = m.sub(m.div(expm1(m, z), z), m.one());
  return m.select(m.less(m.abs(z), m.constant(NEAR, 0)), near, far);
}

export class TweedieDeviance extends CompactBinary {
  common(m: Machine, p: Lanes, y: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.power(p, a);
  }

  /** b is the bound of y from which on K has a limit for y <= 0: 0, -Infinity, or Infinity for none. */
  value(m: Machine, c: Lanes, p: Lanes, y: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const zero = m.zero();
    const d = m.sub(y, p);
    const q = m.div(y, p);
    const size = log1p(m, m.div(m.abs(d), m.min(y, p)));
    const r = m.negWhere(m.less(d, zero), size);
    const next = m.add(a, one);
    const ar = m.mul(a, r);
    const nextR = m.mul(next, r);
    const left = m.mulAdd(q, excess(m, ar), m.div(d, p));
    const near = m.mul(r, m.sub(left, excess(m, nextR)));
    const far = m.add(m.div(m.sub(m.div(m.mul(q, m.power(q, a)), next), q), a), m.div(one, next));
    const inner = m.select(m.less(m.constant(NEAR, 1), m.min(m.abs(ar), m.abs(nextR))), far, near);
    const edge = m.sub(m.div(one, next), m.div(q, m.max(a, one)));
    const k = m.select(m.less(zero, y), inner, m.select(m.less(y, b), inner, edge));
    return m.mul(m.mul(m.constant(TWO, 0), m.mul(c, p)), k);
  }

  slope(m: Machine, c: Lanes, p: Lanes, y: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.constant(TWO, 0), m.mul(c, m.div(m.sub(p, y), p)));
  }

  /** A b of NaN leaves out the residual part. */
  curvature(m: Machine, c: Lanes, p: Lanes, y: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const residual = m.mul(m.sub(one, a), m.div(m.sub(y, p), p));
    return m.mul(m.div(m.mul(m.constant(TWO, 0), c), p), m.add(one, m.where(m.equal(b, b), residual)));
  }
}

export function tweedie(f: TweedieDeviance, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
