/**
 * The negative log-likelihood of a count t under a Poisson distribution whose rate has the logarithm x.
 *
 * It is e^x - t x, and Stirling's term if b is 1.
 */

import { exp } from "../elementary/called";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";
import { withStirling } from "./stirling";

export class PoissonLikelihood extends CompactBinary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return exp(m, x);
  }

  value(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const product = m.unless(m.equal(t, m.zero()), m.mul(t, x));
    return withStirling(m, m.sub(e, product), t, b);
  }

  slope(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sub(e, t);
  }

  curvature(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return e;
  }
}

export function poissonNll(f: PoissonLikelihood, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
