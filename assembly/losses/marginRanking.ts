/** The margin ranking loss max(0, a - w (p - t)) of two scores p and t, of which w = 1 says that p should be higher, -1 that t should. */

import { sweep } from "../kernels/pointwise";
import { PAIRED, Ternary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class MarginRanking extends Ternary {
  loops(): i32 {
    return PAIRED;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.negMulAdd(w, m.sub(p, t), a);
  }

  value(m: Machine, u: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.max(u, m.zero());
  }

  /** Also where the margin is just met; not at NaN. */
  slope(m: Machine, u: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.where(m.equal(m.max(u, m.zero()), u), m.neg(w));
  }

  /** With respect to t. */
  curvature(m: Machine, u: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.where(m.equal(m.max(u, m.zero()), u), w);
  }
}

export function marginRanking(f: MarginRanking, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
