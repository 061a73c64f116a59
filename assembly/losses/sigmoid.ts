/** The logistic function, 1 / (1 + e^-x). */

import { constant } from "../elementary/constant";
import { expm1OfRemainder } from "../elementary/reduced";
import { sigmoidExponent, sigmoidQuotient } from "../elementary/sigmoid";
import { LEAST, LN2_HIGH, LN2_LOW, LOG2E, ROUND_DOWN, SATURATED } from "../elementary/tables";
import { REGISTER } from "../kernels/blocks";
import { INTERIM_HALF } from "../kernels/call";
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

  begin(m: Machine, x: usize, size: usize, to: usize, a: Lanes, b: Lanes): void {
    // V8 would load them at each turn, and take 5 % longer.
    const least = constant(m, LEAST);
    const saturated = constant(m, SATURATED);
    const log2e = constant(m, LOG2E);
    const round = constant(m, ROUND_DOWN);
    const ln2High = constant(m, LN2_HIGH);
    const ln2Low = constant(m, LN2_LOW);
    for (let at: usize = 0; at < size; at += 2 * REGISTER) {
      const x0 = sigmoidExponent(m, m.load(x + at), least, saturated);
      const x1 = sigmoidExponent(m, m.load(x + at + REGISTER), least, saturated);
      const k0 = m.mulAdd(x0, log2e, round);
      const k1 = m.mulAdd(x1, log2e, round);
      const n0 = m.sub(k0, round);
      const n1 = m.sub(k1, round);
      const r0 = m.negMulAdd(n0, ln2Low, m.negMulAdd(n0, ln2High, x0));
      const r1 = m.negMulAdd(n1, ln2Low, m.negMulAdd(n1, ln2High, x1));
      m.store(to + at, k0);
      m.store(to + at + REGISTER, k1);
      m.store(to + at + INTERIM_HALF, r0);
      m.store(to + at + REGISTER + INTERIM_HALF, r1);
    }
  }

  last(m: Machine, x: usize, k: Lanes, r: Lanes, a: Lanes, b: Lanes): Lanes {
    return sigmoidQuotient(m, expm1OfRemainder(m, r, m.sub(k, constant(m, ROUND_DOWN))), m.toExponent(k));
  }

  slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.sigmoid(x), m.sigmoid(m.neg(x)));
  }
}

export function sigmoid(f: Sigmoid, m: Machine, call: usize): void {
  sweepElements(f, m, call);
}
