/** The soft cap a tanh(x / a), which holds logits between -a and a. */

import { AtOnce, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

const NUMBERS: StaticArray<Real> = [2, 4];

export class Softcap extends AtOnce {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(a, m.tanh(m.div(x, a)));
  }

  /** 1 - tanh^2, as 4 e / (1 + e)^2 for e = e^(-2 |x / a|): it does not cancel where tanh is near 1. */
  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    const e = m.expNonPositive(m.mul(m.constant(NUMBERS, 0), m.negAbs(m.div(x, a))));
    const sum = m.add(m.one(), e);
    return m.div(m.div(m.mul(m.constant(NUMBERS, 1), e), sum), sum);
  }
}

export function softcap(f: Softcap, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
