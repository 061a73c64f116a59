/** The negative log-likelihood of a count t under a Poisson distribution of rate p: p - t log(p + a), and Stirling's term if b is 1. */

import { log } from "../elementary/called";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";
import { withStirling } from "./stirling";

export class PoissonLikelihoodOfRate extends CompactBinary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.add(p, a);
  }

  value(m: Machine, above: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return withStirling(m, m.negMulAdd(t, log(m, above), p), t, b);
  }

  slope(m: Machine, above: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sub(m.one(), m.div(t, above));
  }

  curvature(m: Machine, above: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.div(m.div(t, above), above);
  }
}

export function poissonNllOfRate(f: PoissonLikelihoodOfRate, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
