/**
 * The pseudo-Huber loss with a = 1 / delta and b = delta.
 *
 * It is delta^2 (s - 1) = delta |d| |u| / (1 + s), with u = d / delta and s = sqrt(1 + u^2).
 */

import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** A bound for u, from where on s is |u| and below where u^2 is finite. */
const BOUND: StaticArray<Real> = [1e15];

export class PseudoHuber extends CompactBinary {
  /** s, of a u within its bound. */
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    const size = m.min(m.abs(m.mul(m.sub(p, t), a)), m.constant(BOUND, 0));
    return m.sqrt(m.mulAdd(size, size, m.one()));
  }

  value(m: Machine, s: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const d = m.sub(p, t);
    return m.mul(m.mul(b, m.abs(d)), m.div(m.min(m.abs(m.mul(d, a)), s), m.add(m.one(), s)));
  }

  slope(m: Machine, s: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const u = m.max(m.min(m.mul(m.sub(p, t), a), s), m.neg(s));
    return m.mul(b, m.div(u, s));
  }

  curvature(m: Machine, s: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.div(m.one(), m.mul(m.mul(s, s), s));
  }
}

export function pseudoHuber(f: PseudoHuber, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
