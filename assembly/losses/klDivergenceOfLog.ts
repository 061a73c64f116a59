/** One term of the Kullback-Leibler divergence of log-probabilities x from log-probabilities t, e^t (t - x), and 0 where e^t is 0. */

import { exp } from "../elementary/called";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** Stands for an infinite number where its factor is 0. */
const LARGE: StaticArray<Real> = [1e38];

export class KlDivergenceOfLog extends CompactBinary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return exp(m, t);
  }

  value(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const none = m.mul(e, m.min(m.neg(x), m.constant(LARGE, 0)));
    return m.select(m.equal(e, m.zero()), none, m.mul(e, m.sub(t, x)));
  }

  slope(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.neg(e);
  }

  curvature(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.zero();
  }
}

export function klDivergenceOfLog(f: KlDivergenceOfLog, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
