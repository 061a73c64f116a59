/** The Huber loss with threshold a: q (d - b q), with q = d held within -a and a, its slope. b is 1/2. */

import { B } from "../kernels/call";
import { sweep } from "../kernels/pointwise";
import { Binary, BRIEF } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class HuberError extends Binary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(p, t);
  }

  value(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const q = this.slope(m, d, p, t, w, a, b);
    return m.mul(q, m.negMulAdd(b, q, d));
  }

  slope(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.max(m.min(d, a), m.neg(a));
  }

  curvature(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.where(m.less(m.abs(d), a), m.one());
  }
}

export function huber(f: HuberError, m: Machine, call: usize): f64 {
  m.setDouble(call + B, 0.5);
  return sweep(f, m, call);
}
