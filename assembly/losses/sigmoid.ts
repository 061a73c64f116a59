/** The logistic function, 1 / (1 + e^-x). */

import { constant } from "../elementary/constant";
import { expm1OfRemainder, nearest, remainder } from "../elementary/reduced";
import { sigmoidExponent, sigmoidQuotient } from "../elementary/sigmoid";
import { ROUND_DOWN } from "../elementary/tables";
import { Elementwise, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

export class Sigmoid extends Elementwise {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sigmoid(x);
  }

  /** In f64 two loops are 4 % faster on baseline SIMD, and 7 % slower on relaxed. */
  inSteps(m: Machine): bool {
    return m.single();
  }

  first(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return nearest(m, sigmoidExponent(m, x), ROUND_DOWN);
  }

  second(m: Machine, x: Lanes, k: Lanes, a: Lanes, b: Lanes): Lanes {
    return remainder(m, sigmoidExponent(m, x), m.sub(k, constant(m, ROUND_DOWN)));
  }

  last(m: Machine, x: Lanes, k: Lanes, r: Lanes, a: Lanes, b: Lanes): Lanes {
    return sigmoidQuotient(m, expm1OfRemainder(m, r, m.sub(k, constant(m, ROUND_DOWN))), m.toExponent(k));
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.sigmoid(x), m.sigmoid(m.neg(x)));
  }
}

export function sigmoid(f: Sigmoid, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
