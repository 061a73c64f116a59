/** The absolute error, |p - t|. For its sign a is m.huge() and b 1: V8 keeps parameters in registers, and reads table constants anew. */

import { A, B } from "../kernels/call";
import { sweep } from "../kernels/pointwise";
import { Binary, BRIEF } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class AbsoluteError extends Binary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(p, t);
  }

  value(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    // In f32, where four registers share the load of a mask, this would take 2 % more; in f64 it takes 12 % less.
    return m.single() ? m.abs(d) : m.absBy(d, b, m.neg(b));
  }

  slope(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.signBy(d, a, b, m.neg(b));
  }

  curvature(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.zero();
  }
}

export function mae(f: AbsoluteError, m: Machine, call: usize): f64 {
  m.setDouble(call + A, m.huge());
  m.setDouble(call + B, 1);
  return sweep(f, m, call);
}
