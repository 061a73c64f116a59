/**
 * The hinge loss h = max(0, 1 - s x), or its square, where s is 1 for a target above one half, else -1.
 *
 * It is h with a = 1, its square with a = 0 and a large b. With a = 1 and b = 0 the curvature is 1 where the hinge is
 * open.
 */

import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** One half, two. */
const NUMBERS: StaticArray<Real> = [0.5, 2];

export class HingeLoss extends CompactBinary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.negMulAdd(m.sign(m.sub(t, m.constant(NUMBERS, 0))), x, m.one());
  }

  value(m: Machine, z: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const open = m.max(z, m.zero());
    const capped = m.min(open, b);
    return m.mul(open, m.max(capped, a));
  }

  slope(m: Machine, z: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const capped = m.min(z, b);
    const size = m.mul(m.max(capped, a), m.sub(m.constant(NUMBERS, 1), a));
    return m.unless(m.less(z, m.zero()), m.mul(m.sign(m.sub(m.constant(NUMBERS, 0), t)), size));
  }

  curvature(m: Machine, z: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const square = m.mul(m.constant(NUMBERS, 1), m.sub(one, a));
    return m.where(m.less(m.zero(), z), m.mulAdd(a, m.sub(one, b), square));
  }
}

export function hinge(f: HingeLoss, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
