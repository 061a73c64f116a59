/** Binary cross-entropy of a logit x whose positives weigh w, (1 - t) softplus(x) + w t softplus(-x). */

import { sweep } from "../kernels/pointwise";
import { APART, Ternary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class WeightedBinaryCrossEntropyWithLogits extends Ternary {
  loops(): i32 {
    return APART;
  }

  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.expNonPositive(m.negAbs(x));
  }

  /** A share of 0 makes nothing of an infinite logit. */
  value(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const negatives = m.sub(m.one(), t);
    const positives = m.mul(w, t);
    const other = m.select(m.less(x, m.zero()), positives, negatives);
    const tail = m.mul(m.add(negatives, positives), m.log1pUnit(e));
    return m.add(m.unless(m.equal(other, m.zero()), m.mul(m.abs(x), other)), tail);
  }

  slope(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const inverse = m.div(one, m.add(one, e));
    const small = m.mul(e, inverse);
    const negative = m.less(x, m.zero());
    const hit = m.select(negative, small, inverse);
    const miss = m.select(negative, inverse, small);
    return m.sub(m.mul(m.sub(one, t), hit), m.mul(m.mul(w, t), miss));
  }

  curvature(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const sum = m.add(one, e);
    return m.mul(m.add(m.sub(one, t), m.mul(w, t)), m.div(m.div(e, sum), sum));
  }
}

export function weightedBinaryCrossEntropyWithLogits(f: WeightedBinaryCrossEntropyWithLogits, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
