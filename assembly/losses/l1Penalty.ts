/** The absolute value, |p|. For its sign a is m.huge() and b 1: V8 keeps parameters in registers, and reads table constants anew. */

import { A, B } from "../kernels/call";
import { sweep } from "../kernels/pointwise";
import { BRIEF, Unary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

export class AbsoluteValue extends Unary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return p;
  }

  value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.abs(p);
  }

  slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.signBy(p, a, b, m.neg(b));
  }
}

export function l1Penalty(f: AbsoluteValue, m: Machine, call: usize): f64 {
  m.setDouble(call + A, m.huge());
  m.setDouble(call + B, 1);
  return sweep(f, m, call);
}
