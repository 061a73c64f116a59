/** The square, p^2. */

import { sweep } from "../kernels/pointwise";
import { BRIEF, Unary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class Square extends Unary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(p, p);
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.add(p, p);
  }
}

export function l2Penalty(f: Square, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
