/** The logarithm of the softmax, z - log S. */

import { logFromOne } from "../elementary/called";
import { sweepColumns } from "../kernels/columns";
import { RowFunction } from "../kernels/rowFormulas";
import { sweepRows } from "../kernels/rows";
import { Lanes, Machine } from "../machine";

export class LogSoftmax extends RowFunction {
  exponential(): bool {
    return false;
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return logFromOne(m, S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.sub(y, first);
  }
}

export function logSoftmaxRows(f: LogSoftmax, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function logSoftmaxColumns(f: LogSoftmax, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
