/** One term of the Kullback-Leibler divergence of log-probabilities x from probabilities t, t (log t - x), and 0 where t is 0. */

import { log } from "../elementary/called";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** Stands for an infinite number where its factor is 0. */
const LARGE: StaticArray<Real> = [1e38];

export class KlDivergence extends CompactBinary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return t;
  }

  value(m: Machine, c: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const none = m.mul(t, m.min(m.neg(x), m.constant(LARGE, 0)));
    return m.select(m.equal(t, m.zero()), none, m.mul(t, m.sub(log(m, t), x)));
  }

  slope(m: Machine, c: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.neg(t);
  }

  curvature(m: Machine, c: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.zero();
  }
}

export function klDivergence(f: KlDivergence, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
