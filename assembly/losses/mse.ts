/** The squared error, (p - t)^2. */

import { sweep } from "../kernels/pointwise";
import { Binary, BRIEF } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const TWO: StaticArray<Real> = [2];

export class SquaredError extends Binary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(p, t);
  }

  value(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(d, d);
  }

  slope(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.add(d, d);
  }

  curvature(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.constant(TWO, 0);
  }
}

export function mse(f: SquaredError, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
