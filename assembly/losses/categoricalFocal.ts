/** One class's term of the focal loss of probabilities, -b t (1 - p)^a log p, and 0 where t is 0. */

import { focusing } from "../elementary/focusing";
import { ClassTerm, sweepClasses } from "../kernels/classes";
import { sweepLabels } from "../kernels/labels";
import { Lanes, Machine } from "../machine";

/** Less than any 1 - p but 0; minus one. */
const NUMBERS: StaticArray<Real> = [1e-20, -1];

export class CategoricalFocal extends ClassTerm {
  /** (1 - p)^a, where 0^0 is 1, and any other power of 0 exactly 0. */
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    const rest = m.sub(m.one(), p);
    return m.unless(m.less(rest, m.min(a, m.constant(NUMBERS, 0))), focusing(m, rest, a));
  }

  value(m: Machine, power: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.unless(m.equal(t, m.zero()), m.neg(m.mul(m.mul(m.mul(b, t), power), m.log(p))));
  }

  /** The weight times a log p / (1 - p) - 1 / p, whose first quotient is -1 at p = 1. */
  slope(m: Machine, power: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const quotient = m.select(m.equal(p, one), m.constant(NUMBERS, 1), m.div(m.log(p), m.sub(one, p)));
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
