/** The cross-entropy of a label's probability, -log p. */

import { sweepLabels } from "../kernels/labels";
import { PAIRED, Unary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const MINUS_ONE: StaticArray<Real> = [-1];

export class LabelCrossEntropy extends Unary {
  loops(): i32 {
    return PAIRED;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.neg(m.log(p));
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.div(m.constant(MINUS_ONE, 0), p);
  }
}

export function labelCrossEntropy(f: LabelCrossEntropy, m: Machine, call: usize): void {
  sweepLabels(f, m, call);
}
