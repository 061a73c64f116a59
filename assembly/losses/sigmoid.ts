/** The logistic function, 1 / (1 + e^-x). */

import { Elementwise, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

export class Sigmoid extends Elementwise {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sigmoid(x);
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.sigmoid(x), m.sigmoid(m.neg(x)));
  }
}

export function sigmoid(f: Sigmoid, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
