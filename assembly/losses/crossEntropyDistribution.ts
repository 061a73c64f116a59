/** Softmax cross-entropy of a target distribution by class, with a label's share added: K log S - sum of t z with K the sum of t. */

import { logFromOne } from "../elementary/called";
import { sweepColumns } from "../kernels/columns";
import { RowFormula } from "../kernels/rowFormulas";
import { sweepRows } from "../kernels/rows";
import { Lanes, Machine } from "../machine";

/** A class with t = 0 adds nothing, even at a logit of -Infinity; nor does a label whose share is 0. */
export class CrossEntropyDistribution extends RowFormula {
  operand(): bool {
    return true;
  }

  labelled(): bool {
    return true;
  }

  sums(): i32 {
    return 2;
  }

  exponential(): bool {
    return true;
  }

  shift(m: Machine, maximum: Lanes): Lanes {
    return maximum;
  }

  gathersExponentials(): bool {
    return false;
  }

  gather(m: Machine, z: Lanes, t: Lanes): Lanes {
    return m.unless(m.equal(t, m.zero()), m.mul(t, z));
  }

  value(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, hit: Lanes, labelZ: Lanes): Lanes {
    const label = m.unless(m.equal(hit, m.zero()), m.mul(hit, labelZ));
    return m.sub(m.sub(m.mul(K, logFromOne(m, S)), D), label);
  }

  first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes {
    return m.div(m.mul(K, scale), S);
  }

  second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes {
    return scale;
  }

  output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes {
    return m.negMulAdd(t, second, m.mul(y, first));
  }
}

export function crossEntropyDistributionRows(f: CrossEntropyDistribution, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function crossEntropyDistributionColumns(f: CrossEntropyDistribution, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
