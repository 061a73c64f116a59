/** One class's term of the Jensen-Shannon divergence, (p log(p / m) + t log(t / m)) / 2 for m = (p + t) / 2. */

import { ClassTerm, sweepClasses } from "../kernels/classes";
import { Lanes, Machine } from "../machine";

const NUMBERS: StaticArray<Real> = [0.5, -0.5];
/** The number after -1, in f32 and in f64. */
const AFTER: StaticArray<Real> = [-0.9999999403953552, -0.9999999999999999];

export class JensenShannon extends ClassTerm {
  /** log(p / m): of p / m where that is small, of 1 + u elsewhere, and there with what the addition rounded off. */
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    const one = m.one();
    const u = difference(m, p, t);
    const small = m.less(u, m.constant(NUMBERS, 1));
    const sum = m.add(one, u);
    const ratio = m.select(small, m.div(m.add(p, p), m.add(p, t)), sum);
    const rest = m.unless(small, m.div(m.sub(u, m.sub(sum, one)), sum));
    return m.add(m.log(ratio), rest);
  }

  /**
   * Far apart, as the formula says; near, (p + t) / 4 times 2 u log(1 + u) + (1 - u) log(1 - u^2), which does not cancel as p
   * comes close to t. Where t is so small that u is rounded to 1, its own term is too small for its logarithm to count, but
   * must not be infinite.
   */
  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const zero = m.zero();
    const half = m.constant(NUMBERS, 0);
    const u = difference(m, p, t);
    const near = m.less(m.abs(u), half);
    const other = m.max(m.neg(u), m.constant(AFTER, m.single() ? 0 : 1));
    const second = m.log1p(m.select(near, m.neg(m.mul(u, u)), other));
    const far = m.add(m.unless(m.equal(p, zero), m.mul(p, c)), m.unless(m.equal(t, zero), m.mul(t, second)));
    const sum = m.add(m.mul(m.add(u, u), c), m.mul(m.sub(m.one(), u), second));
    return m.mul(half, m.select(near, m.mul(m.mul(half, m.add(p, t)), sum), far));
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(m.constant(NUMBERS, 0), c);
  }
}

/** u = (p - t) / (p + t), so that p / m = 1 + u and t / m = 1 - u; 1, the limit at t = 0, if both are 0. */
function difference(m: Machine, p: Lanes, t: Lanes): Lanes {
  const sum = m.add(p, t);
  return m.select(m.equal(sum, m.zero()), m.one(), m.div(m.sub(p, t), sum));
}

export function jensenShannon(f: JensenShannon, m: Machine, call: usize): void {
  sweepClasses(f, m, call);
}
