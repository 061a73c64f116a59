/**
 * The gamma deviance of y and a mean p, 2 (d - log(1 + d)) with d = (y - p) / p.
 *
 * b of the curvature is 0 without its residual part, else 1.
 */

import { log } from "../elementary/called";
import { deficit } from "../elementary/deficit";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** The middle and half the width of where `deficit` is accurate: from -1/2, where its s is -1/3, to 1, where it is 1/3. */
const NUMBERS: StaticArray<Real> = [0.25, 0.75];

export class GammaDeviance extends CompactBinary {
  common(m: Machine, p: Lanes, y: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.div(m.sub(y, p), p);
  }

  value(m: Machine, d: Lanes, p: Lanes, y: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const near = m.less(m.abs(m.sub(d, m.constant(NUMBERS, 0))), m.constant(NUMBERS, 1));
    const half = m.select(near, deficit(m, d), m.sub(d, log(m, m.div(y, p))));
    return m.add(half, half);
  }

  slope(m: Machine, d: Lanes, p: Lanes, y: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.div(m.neg(m.add(d, d)), p);
  }

  curvature(m: Machine, d: Lanes, p: Lanes, y: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const one = m.one();
    const half = m.div(m.div(m.mulAdd(b, m.add(d, d), one), p), p);
    return m.add(half, half);
  }
}

export function gammaDeviance(f: GammaDeviance, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
