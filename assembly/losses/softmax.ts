/** The softmax, e / S. */

import { sweepColumns } from "../kernels/columns";
import { RowFunction } from "../kernels/rowFormulas";
import { sweepRows } from "../kernels/rows";
import { Lanes, Machine } from "../machine";

export class Softmax extends RowFunction {
  exponential(): bool {
    return true;
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return m.div(scale, S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.mul(y, first);
  }
}

export function softmaxRows(f: Softmax, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function softmaxColumns(f: Softmax, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
