/** The pseudo-Huber loss with a = 1 / delta and b = delta: delta^2 (s - 1) = delta |d| |u| / (1 + s), with u = d / delta and s = sqrt(1 + u^2). */

import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** One; a bound for u, from where on s is |u| and below where u^2 is finite. */
const NUMBERS: StaticArray<Real> = [1, 1e15];

export class PseudoHuber extends CompactBinary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.max(m.min(m.mul(m.sub(p, t), a), m.constant(NUMBERS, 1)), m.neg(m.constant(NUMBERS, 1)));
  }

  value(m: Machine, u: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.constant(NUMBERS, 0);
    const s = m.sqrt(m.add(m.mul(u, u), one));
    return m.mul(m.mul(b, m.abs(m.sub(p, t))), m.div(m.abs(u), m.add(one, s)));
  }

  slope(m: Machine, u: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(b, m.div(u, m.sqrt(m.add(m.mul(u, u), m.constant(NUMBERS, 0)))));
  }

  curvature(m: Machine, u: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const square = m.add(m.mul(u, u), m.constant(NUMBERS, 0));
    return m.div(m.constant(NUMBERS, 0), m.mul(square, m.sqrt(square)));
  }
}

export function pseudoHuber(f: PseudoHuber, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
