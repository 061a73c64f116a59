/**
 * Binary cross-entropy of a probability, -(t log p + (1 - t) log(1 - p)).
 *
 * Both logarithms are held at -100 or above, and the slope's denominator at 1e-12.
 */

import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** The least logarithm, the least p (1 - p). */
const BOUNDS: StaticArray<Real> = [-100, 1e-12];

export class BinaryCrossEntropy extends CompactBinary {
  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(m.one(), t);
  }

  value(m: Machine, rest: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const hit = m.max(m.log(p), m.constant(BOUNDS, 0));
    const miss = m.max(m.log1p(m.neg(p)), m.constant(BOUNDS, 0));
    return m.neg(m.add(m.mul(t, hit), m.mul(rest, miss)));
  }

  slope(m: Machine, rest: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const spread = m.mul(p, m.sub(m.one(), p));
    return m.div(m.sub(p, t), m.max(spread, m.constant(BOUNDS, 1)));
  }

  curvature(m: Machine, rest: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const rest2 = m.sub(m.one(), p);
    const spread = m.max(m.mul(p, rest2), m.constant(BOUNDS, 1));
    const squares = m.add(m.mul(t, m.mul(rest2, rest2)), m.mul(rest, m.mul(p, p)));
    return m.div(m.div(squares, spread), spread);
  }
}

export function binaryCrossEntropy(f: BinaryCrossEntropy, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
