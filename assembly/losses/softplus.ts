/** The softplus log(1 + e^(a x)) / a, and x itself where a x exceeds b. */

import { softplusOf, softplusTerm } from "../elementary/sigmoid";
import { REGISTER } from "../kernels/blocks";
import { INTERIM_HALF } from "../kernels/call";
import { Elementwise, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

export class Softplus extends Elementwise {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    const y = m.mul(a, x);
    return m.select(m.less(b, y), x, m.div(m.softplus(y), a));
  }

  inSteps(): bool {
    return true;
  }

  begin(m: Machine, x: usize, size: usize, to: usize, a: Lanes, b: Lanes): void {
    for (const past = x + size; x < past; x += 2 * REGISTER) {
      const y0 = m.mul(a, m.load(x));
      const y1 = m.mul(a, m.load(x + REGISTER));
      const e0 = softplusTerm(m, y0);
      const e1 = softplusTerm(m, y1);
      m.store(to, e0);
      m.store(to + REGISTER, e1);
      m.store(to + INTERIM_HALF, y0);
      m.store(to + REGISTER + INTERIM_HALF, y1);
      to += 2 * REGISTER;
    }
  }

  last(m: Machine, x: usize, e: Lanes, y: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.select(m.less(b, y), m.load(x), m.div(softplusOf(m, y, e), a));
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    const y = m.mul(a, x);
    return m.select(m.less(b, y), m.one(), m.sigmoid(y));
  }
}

export function softplus(f: Softplus, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
