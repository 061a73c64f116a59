/** The negative log-likelihood of a label's log-probability, -p. */

import { sweepLabels } from "../kernels/labels";
import { PAIRED, Unary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const MINUS_ONE: StaticArray<Real> = [-1];

export class NegativeLogLikelihood extends Unary {
  loops(): i32 {
    return PAIRED;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.neg(p);
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.constant(MINUS_ONE, 0);
  }
}

export function nll(f: NegativeLogLikelihood, m: Machine, call: usize): void {
  sweepLabels(f, m, call);
}
