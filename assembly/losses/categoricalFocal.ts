/** One class's term of the focal loss of probabilities, -b t (1 - p)^a log p, and 0 where t is 0. */

import { ClassTerm, sweepClasses } from "../kernels/classes";
import { sweepLabels } from "../kernels/labels";
import { Lanes, Machine } from "../machine";

const ONES: StaticArray<Real> = [1, -1];

export class CategoricalFocal extends ClassTerm {
  /** (1 - p)^a, where 0^0 is 1. */
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.exp(m.unless(m.equal(a, m.zero()), m.mul(a, m.log1p(m.neg(p)))));
  }

  value(m: Machine, power: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.unless(m.equal(t, m.zero()), m.neg(m.mul(m.mul(m.mul(b, t), power), m.log(p))));
  }

  /** The weight times a log p / (1 - p) - 1 / p, whose first quotient is -1 at p = 1. */
  slope(m: Machine, power: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.constant(ONES, 0);
    const quotient = m.select(m.equal(p, one), m.constant(ONES, 1), m.div(m.log(p), m.sub(one, p)));
    const sum = m.sub(m.unless(m.equal(a, m.zero()), m.mul(a, quotient)), m.div(one, p));
    return m.unless(m.equal(t, m.zero()), m.mul(m.mul(m.mul(b, t), power), sum));
  }
}

export function categoricalFocal(f: CategoricalFocal, m: Machine, call: usize): void {
  sweepClasses(f, m, call);
}

/** Of a label's probability alone. */
export function labelFocal(f: CategoricalFocal, m: Machine, call: usize): void {
  sweepLabels(f, m, call);
}
