/** The absolute value, |p|. */

import { sweep } from "../kernels/pointwise";
import { BRIEF, Unary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class AbsoluteValue extends Unary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.abs(p);
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sign(p);
  }
}

export function l1Penalty(f: AbsoluteValue, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
