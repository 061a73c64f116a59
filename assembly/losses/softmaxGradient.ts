/** The softmax's vector-Jacobian product, p (t - sum of t p) for p = e / S. */

import { sweepColumns } from "../kernels/columns";
import { RowGradient } from "../kernels/rowFormulas";
import { sweepRows } from "../kernels/rows";
import { Lanes, Machine } from "../machine";

export class SoftmaxGradient extends RowGradient {
  gathersExponentials(): bool {
    return true;
  }

  gather(m: Machine, e: Lanes, t: Lanes): Lanes {
    return m.mul(t, e);
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return m.div(scale, S);
  }

  second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes {
    return m.div(D, S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.mul(m.mul(y, first), m.sub(t, second));
  }
}

export function softmaxGradientRows(f: SoftmaxGradient, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function softmaxGradientColumns(f: SoftmaxGradient, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
