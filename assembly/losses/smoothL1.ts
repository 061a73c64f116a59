/** The smooth L1 loss with width a and b = 1 / a: d^2 / (2 a) within the width, |d| - a / 2 beyond; with width 0, |d|. */

import { sweep } from "../kernels/pointwise";
import { Binary, BRIEF } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

const HALF: StaticArray<Real> = [0.5];

export class SmoothAbsoluteError extends Binary {
  loops(): i32 {
    return BRIEF;
  }

  common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return m.sub(p, t);
  }

  value(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const distance = m.abs(d);
    const square = m.mul(m.mul(m.mul(d, d), m.constant(HALF, 0)), b);
    return m.select(m.less(distance, a), square, m.negMulAdd(m.constant(HALF, 0), a, distance));
  }

  slope(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.select(m.less(m.abs(d), a), m.mul(d, b), m.sign(d));
  }

  curvature(m: Machine, d: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return m.where(m.less(m.abs(d), a), b);
  }
}

export function smoothL1(f: SmoothAbsoluteError, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
