/** The negative log-likelihood of a normal distribution with variance v, (log v + d^2 / v) / 2 + b, where v is at least a. */

import { sweep } from "../kernels/pointwise";
import { COMPACT, Ternary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const HALF: StaticArray<Real> = [0.5];

export class GaussianNll extends Ternary {
  loops(): i32 {
    return COMPACT;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.div(m.sub(p, t), m.max(w, a));
  }

  value(m: Machine, q: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mulAdd(m.constant(HALF, 0), m.mulAdd(m.sub(p, t), q, m.log(m.max(w, a))), b);
  }

  slope(m: Machine, q: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return q;
  }

  /** With respect to the variance. */
  curvature(m: Machine, q: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const v = m.max(w, a);
    const half = m.constant(HALF, 0);
    return m.unless(m.less(w, a), m.div(m.negMulAdd(m.mul(half, m.sub(p, t)), q, half), v));
  }
}

export function gaussianNll(f: GaussianNll, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
