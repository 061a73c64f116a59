/**
 * Half the squared error, (p - t)^2 / 2: its slope is the error itself.
 *
 * b is 1/2: V8 keeps parameters in registers, and reads table constants anew.
 */

import { B } from "../kernels/call";
import { sweep } from "../kernels/pointwise";
import { Binary, BRIEF } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class HalfSquaredError extends Binary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(p, t);
  }

  value(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.mul(b, m.mul(d, d));
  }

  slope(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return d;
  }

  curvature(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.one();
  }
}

export function halfSquaredError(f: HalfSquaredError, m: Machine, call: usize): f64 {
  m.setDouble(call + B, 0.5);
  return sweep(f, m, call);
}
