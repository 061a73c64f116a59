/** What the softmax family computes of a row of logits; the row and column sweeps know in which order. */

import { Lanes, Machine } from "../machine";

/**
 * A function of a row of logits x, of which the sweeps compute the maximum, z = x - maximum, e = exp(z) and
 * S = sum of e; besides, D and K, sums over the row that the formula chooses. All row-wide quantities come in
 * every lane (row sweep) or a row to a lane (column sweep): the formula cannot tell.
 * All its methods are abstract, and what a class below defines no formula overrides: so asc resolves each call.
 */
export abstract class RowFormula {
  /** Whether the formula has a second operand t by class (targets, an upstream gradient). Constant. */
  abstract operand(): bool;
  /** Whether the formula singles out a label's class. Constant. */
  abstract labelled(): bool;
  /** How many of the sums D and K the formula needs: 0, 1 (D) or 2. Constant. */
  abstract sums(): i32;
  /** Whether `output` takes y = e; otherwise y = z. Constant. */
  abstract exponential(): bool;
  /** What is subtracted from the logits, given their maximum. */
  abstract shift(m: Machine, maximum: Lanes): Lanes;
  /** Whether the summand of D takes y = e; otherwise y = z. The row sweep finds e where the output goes: there must be one. Constant. */
  abstract gathersExponentials(): bool;
  /** The summand of D; that of K is t. */
  abstract gather(m: Machine, y: Lanes, t: Lanes): Lanes;
  /** The row's value; `hit` is the label's share of the target, which K includes, and `labelZ` the label's z. */
  abstract value(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, hit: Lanes, labelZ: Lanes): Lanes;
  /** The first row-wide factor of `output`; `scale` is the row's share of the gradient. */
  abstract first(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, scale: Lanes): Lanes;
  /** The second row-wide factor of `output`. */
  abstract second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes;
  /** The output by class; afterwards, the label's has `hit` times `scale` taken off. */
  abstract output(m: Machine, y: Lanes, t: Lanes, first: Lanes, second: Lanes): Lanes;
}

/** A function from logits to as many outputs. */
export abstract class RowFunction extends RowFormula {
  operand(): bool {
    return false;
  }

  labelled(): bool {
    return false;
  }

  sums(): i32 {
    return 0;
  }

  shift(m: Machine, maximum: Lanes): Lanes {
    return maximum;
  }

  gathersExponentials(): bool {
    return false;
  }

  gather(m: Machine, y: Lanes, t: Lanes): Lanes {
    return y;
  }

  value(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, hit: Lanes, labelZ: Lanes): Lanes {
    return S;
  }

  second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes {
    return scale;
  }
}

/** A vector-Jacobian product with an upstream gradient t. */
export abstract class RowGradient extends RowFormula {
  operand(): bool {
    return true;
  }

  labelled(): bool {
    return false;
  }

  sums(): i32 {
    return 1;
  }

  exponential(): bool {
    return true;
  }

  shift(m: Machine, maximum: Lanes): Lanes {
    return maximum;
  }

  /** For D the sum of t e, the mean of t under the softmax. */
  value(m: Machine, maximum: Lanes, S: Lanes, D: Lanes, K: Lanes, hit: Lanes, labelZ: Lanes): Lanes {
    return m.div(D, S);
  }
}

/** A loss whose target is a label's one-hot. */
export abstract class LabelLoss extends RowFormula {
  operand(): bool {
    return false;
  }

  labelled(): bool {
    return true;
  }

  sums(): i32 {
    return 0;
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

  gather(m: Machine, y: Lanes, t: Lanes): Lanes {
    return y;
  }

  second(m: Machine, S: Lanes, D: Lanes, scale: Lanes): Lanes {
    return scale;
  }
}

/** e^z of a difference, called where it would not pay to have it inlined: for what a loop leaves over. */
export function exponential(m: Machine, z: Lanes): Lanes {
  return m.expOfDifference(z);
}
