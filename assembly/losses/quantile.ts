/** The pinball loss of quantile a, with b = 1 - a: a |p - t| below the target, b |p - t| above it. */

import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class PinballLoss extends CompactBinary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(p, t);
  }

  value(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.abs(d), m.select(m.less(d, m.zero()), a, b));
  }

  slope(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.sign(d), m.select(m.less(d, m.zero()), a, b));
  }

  curvature(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.zero();
  }
}

export function quantile(f: PinballLoss, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
