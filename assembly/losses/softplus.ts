/** The softplus log(1 + e^(a x)) / a, and x itself where a x exceeds b. */

import { softplusOf, softplusTerm } from "../elementary/sigmoid";
import { Elementwise, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

const ONE: StaticArray<Real> = [1];

export class Softplus extends Elementwise {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    const y = m.mul(a, x);
    return m.select(m.less(b, y), x, m.div(m.softplus(y), a));
  }

  inSteps(m: Machine): bool {
    return true;
  }

  first(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return softplusTerm(m, m.mul(a, x));
  }

  second(m: Machine, x: Lanes, e: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(a, x);
  }

  last(m: Machine, x: Lanes, e: Lanes, y: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.select(m.less(b, y), x, m.div(softplusOf(m, y, e), a));
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    const y = m.mul(a, x);
    return m.select(m.less(b, y), m.constant(ONE, 0), m.sigmoid(y));
  }
}

export function softplus(f: Softplus, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
