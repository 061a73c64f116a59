/** One class's term of the cross-entropy H(t, p), -t log p, and 0 where t is 0. */

import { ClassTerm, sweepClasses } from "../kernels/classes";
import { Lanes, Machine } from "../machine";

export class CategoricalCrossEntropy extends ClassTerm {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.unless(m.equal(t, m.zero()), m.neg(m.mul(t, m.log(p))));
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.unless(m.equal(t, m.zero()), m.neg(m.div(t, p)));
  }
}

export function categoricalCrossEntropy(f: CategoricalCrossEntropy, m: Machine, call: usize): void {
  sweepClasses(f, m, call);
}
