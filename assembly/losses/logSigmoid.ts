/** The logarithm of the logistic function, -log(1 + e^-x). */

import { Elementwise, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

export class LogSigmoid extends Elementwise {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.neg(m.softplus(m.neg(x)));
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sigmoid(m.neg(x));
  }
}

export function logSigmoid(f: LogSigmoid, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
