/** The absolute percentage error, 100 |p - t| / max(|t|, a). */

import { sweep } from "../kernels/pointwise";
import { Binary, PAIRED } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const PERCENT: StaticArray<Real> = [100];

export class AbsolutePercentageError extends Binary {
  loops(): i32 {
    return PAIRED;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.div(m.constant(PERCENT, 0), m.max(m.abs(t), a));
  }

  value(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.abs(m.sub(p, t)), r);
  }

  slope(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.sign(m.sub(p, t)), r);
  }

  curvature(m: Machine, r: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.zero();
  }
}

export function mape(f: AbsolutePercentageError, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
