/** The logarithm of the sum of exponentials, maximum + log S, and its gradient, the softmax. */

import { logFromOne } from "../elementary/called";
import { sweepColumns } from "../kernels/columns";
import { RowFormula } from "../kernels/rowFormulas";
import { sweepRows } from "../kernels/rows";
import { Lanes, Machine } from "../machine";

export class LogSumExp extends RowFormula {
  operand(): bool {
    return false;
  }

  labelled(): bool {
    return false;
  }

  exponential(): bool {
    return true;
  }

  /** An infinite maximum is held finite, so that finite logits keep a z of their own. */
  shift(m: Machine, maximum: Lanes): Lanes {
    return m.max(m.min(maximum, m.largest()), m.neg(m.largest()));
  }

  sums(): i32 {
    return 1;
  }

  gathersExponentials(): bool {
    return false;
  }

  /** NaN if the row has one: an infinite maximum would hide it. */
  gather(m: Machine, z: Lanes, t: Lanes): Lanes {
    return m.unless(m.equal(z, z), z);
  }

  value(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, hit: Lanes, labelZ: Lanes): Lanes {
    const infinite = m.less(m.largest(), m.abs(maximum));
    return m.add(m.select(infinite, maximum, m.add(maximum, logFromOne(m, S))), D);
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return m.unless(m.less(m.largest(), maximum), m.div(scale, S));
  }

  second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes {
    return scale;
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.mul(y, first);
  }
}

export function logSumExpRows(f: LogSumExp, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function logSumExpColumns(f: LogSumExp, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
