/** The soft margin loss, log(1 + e^-y) with y = t x, by e^-|y|: 0 or -y, whichever is more, and log(1 + e^-|y|). */

import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class SoftMargin extends CompactBinary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.expNonPositive(m.negAbs(m.mul(t, x)));
  }

  value(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const miss = m.neg(m.mul(t, x));
    return m.add(m.max(miss, m.zero()), m.log1pUnit(e));
  }

  slope(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const y = m.mul(t, x);
    return m.neg(m.mul(t, m.div(m.select(m.less(y, m.zero()), one, e), m.add(one, e))));
  }

  curvature(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const sum = m.add(m.one(), e);
    return m.mul(m.mul(t, t), m.div(m.div(e, sum), sum));
  }
}

export function softMargin(f: SoftMargin, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
