/** The hinge embedding loss with margin a: x for a target of 1, max(0, a - x) for one of -1, for others both. */

import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const MINUS_ONE: StaticArray<Real> = [-1];

export class HingeEmbedding extends CompactBinary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(a, x);
  }

  value(m: Machine, z: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const similar = m.unless(m.equal(t, m.constant(MINUS_ONE, 0)), x);
    const dissimilar = m.unless(m.equal(t, m.one()), m.max(z, m.zero()));
    // t - t carries a NaN through.
    return m.add(m.add(similar, dissimilar), m.sub(t, t));
  }

  slope(m: Machine, z: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const similar = m.unless(m.equal(t, m.constant(MINUS_ONE, 0)), m.one());
    const least = m.max(z, m.zero());
    const within = m.where(m.equal(z, least), m.constant(MINUS_ONE, 0));
    const dissimilar = m.unless(m.equal(t, m.one()), within);
    return m.add(m.add(similar, dissimilar), m.sub(t, t));
  }

  curvature(m: Machine, z: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.zero();
  }
}

export function hingeEmbedding(f: HingeEmbedding, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
