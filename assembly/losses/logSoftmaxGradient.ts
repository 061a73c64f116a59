/** The log-softmax's vector-Jacobian product, t - p (sum of t) for p = e / S. */

import { sweepColumns } from "../kernels/columns";
import { RowGradient } from "../kernels/rowFormulas";
import { sweepRows } from "../kernels/rows";
import { Lanes, Machine } from "../machine";

export class LogSoftmaxGradient extends RowGradient {
  gathersExponentials(): bool {
    return false;
  }

  gather(m: Machine, z: Lanes, t: Lanes): Lanes {
    return t;
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return scale;
  }

  second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes {
    return m.div(D, S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.negMulAdd(y, second, t);
  }
}

export function logSoftmaxGradientRows(f: LogSoftmaxGradient, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function logSoftmaxGradientColumns(f: LogSoftmaxGradient, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
