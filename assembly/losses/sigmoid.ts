/** The logistic function, 1 / (1 + e^-x). */

import { constant } from "../elementary/constant";
import { expm1OfRemainder, remainder } from "../elementary/reduced";
import { nearestBelow, sigmoidExponent, sigmoidQuotient } from "../elementary/sigmoid";
import { HIGHEST_DOWN, LN2_HIGH, LN2_LOW, LOG2E, ROUND_DOWN, SATURATED } from "../elementary/tables";
import { REGISTER } from "../kernels/blocks";
import { INTERIM_HALF } from "../kernels/call";
import { Elementwise, sweepElements } from "../kernels/elementwise";
import { Lanes, Machine } from "../machine";

export class Sigmoid extends Elementwise {
  value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.sigmoid(x);
  }

  inSteps(): bool {
    return true;
  }

  begin(m: Machine, x: usize, size: usize, to: usize, a: Lanes, b: Lanes): void {
    // V8 would load them at each turn, and take 5 % longer.
    const highest = constant(m, HIGHEST_DOWN);
    const saturated = constant(m, SATURATED);
    const log2e = constant(m, LOG2E);
    const round = constant(m, ROUND_DOWN);
    const ln2High = constant(m, LN2_HIGH);
    const ln2Low = constant(m, LN2_LOW);
    for (let at: usize = 0; at < size; at += 2 * REGISTER) {
      const x0 = sigmoidExponent(m, m.load(x + at), saturated);
      const x1 = sigmoidExponent(m, m.load(x + at + REGISTER), saturated);
      const k0 = nearestBelow(m, x0, log2e, round, highest);
      const k1 = nearestBelow(m, x1, log2e, round, highest);
      const r0 = remainder(m, x0, m.sub(k0, round), ln2High, ln2Low);
      const r1 = remainder(m, x1, m.sub(k1, round), ln2High, ln2Low);
      m.store(to + at, k0);
      m.store(to + at + REGISTER, k1);
      m.store(to + at + INTERIM_HALF, r0);
      m.store(to + at + REGISTER + INTERIM_HALF, r1);
    }
  }

  last(m: Machine, x: usize, k: Lanes, r: Lanes, a: Lanes, b: Lanes): Lanes {
    return sigmoidQuotient(m, expm1OfRemainder(m, r), m.toExponent(k));
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.sigmoid(x), m.sigmoid(m.neg(x)));
  }
}

export function sigmoid(f: Sigmoid, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
