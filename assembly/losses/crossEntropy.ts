/** Softmax cross-entropy of a label, log S - z of the label; its gradient is the softmax less the label's one-hot. */

import { logFromOne } from "../elementary/called";
import { sweepColumns } from "../kernels/columns";
import { LabelLoss } from "../kernels/rowFormulas";
import { sweepRows } from "../kernels/rows";
import { Lanes, Machine } from "../machine";

export class CrossEntropy extends LabelLoss {
  value(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, hit: Lanes, labelZ: Lanes): Lanes {
    return m.sub(logFromOne(m, S), labelZ);
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return m.div(scale, S);
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.mul(y, first);
  }
}

export function crossEntropyRows(f: CrossEntropy, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function crossEntropyColumns(f: CrossEntropy, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
