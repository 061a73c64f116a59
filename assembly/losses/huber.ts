/** The Huber loss with threshold a: q (|d| - q / 2) for q = min(|d|, a), which is d^2 / 2 within the threshold and a (|d| - a / 2) beyond. */

import { sweep } from "../kernels/pointwise";
import { Binary, BRIEF } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const HALF: StaticArray<Real> = [0.5];

const ONE: StaticArray<Real> = [1];

export class HuberError extends Binary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(p, t);
  }

  value(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const distance = m.abs(d);
    const q = m.min(distance, a);
    return m.mul(q, m.negMulAdd(m.constant(HALF, 0), q, distance));
  }

  slope(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.max(m.min(d, a), m.neg(a));
  }

  curvature(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.where(m.less(m.abs(d), a), m.constant(ONE, 0));
  }
}

export function huber(f: HuberError, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
