/** The absolute value, |p|. */

import { SCALED, Unary } from "../kernels/pointwiseFormulas";
import { sweepSigns } from "../kernels/signs";
import { Lanes, Machine } from "../machine";

export class AbsoluteValue extends Unary {
  loops(): i32 {
    return SCALED;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.abs(p);
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.signTimes(p, a, w, b);
  }
}

export function l1Penalty(f: AbsoluteValue, m: Machine, call: usize): f64 {
  return sweepSigns(f, m, call);
}
