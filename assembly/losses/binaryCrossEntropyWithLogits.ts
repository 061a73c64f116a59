/** Binary cross-entropy of a logit x and a target t, (x above 0) - t times x, and log(1 + e^-|x|) with e^-|x| shared. */

import { sweep } from "../kernels/pointwise";
import { APART, Binary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class BinaryCrossEntropyWithLogits extends Binary {
  loops(): i32 {
    return APART;
  }

  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.expNonPositive(m.negAbs(x));
  }

  /** Where the logit's side is the target, even an infinite logit adds nothing. */
  value(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const miss = m.sub(m.unless(m.less(x, m.zero()), m.one()), t);
    return m.add(m.unless(m.equal(miss, m.zero()), m.mul(x, miss)), m.log1pUnit(e));
  }

  /** sigmoid(x) - t, in an order in which a large logit on the target's side leaves a small slope, not a cancelled one. */
  slope(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const negative = m.less(x, m.zero());
    const small = m.div(e, m.add(one, e));
    return m.sub(m.sub(m.unless(negative, one), t), m.negWhere(negative, small));
  }

  curvature(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const sum = m.add(m.one(), e);
    return m.div(m.div(e, sum), sum);
  }
}

export function binaryCrossEntropyWithLogits(f: BinaryCrossEntropyWithLogits, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
