/** The softsign x / (1 + |x|), and its limits 1 and -1. */

import { AtOnce, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

export class Softsign extends AtOnce {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    const largest = m.largest();
    const finite = m.max(m.min(x, largest), m.neg(largest));
    return m.div(finite, m.add(m.one(), m.abs(finite)));
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const sum = m.add(one, m.abs(x));
    return m.div(m.div(one, sum), sum);
  }
}

export function softsign(f: Softsign, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
