/** What the pointwise sweep asks of a formula, and the kinds of formulas by their operands. */

import { Lanes, Machine } from "../machine";

/** A register a turn. */
export const COMPACT: i32 = 0;
/** Two registers a turn: a tenth faster, or more for few operations, and twice the code. */
export const PAIRED: i32 = 1;
/** For formulas whose `common` is e^-|p|: loops that make it of a run (`decays`), and one for each result that is wanted. */
export const APART: i32 = 2;
/** For a value of few operations: four registers a turn in loops of their own, with and without slopes. */
export const BRIEF: i32 = 3;
/** The same, and the slope comes times the gradient's factor: see `sweepSigns`. */
export const SCALED: i32 = 4;

/**
 * A loss whose value at an element depends on that element alone. All its methods are abstract and every formula
 * inherits from a class that none overrides: so asc resolves each call at compile time.
 */
export abstract class Pointwise {
  /** Whether the formula has a target. Constant. */
  abstract target(): bool;
  /** Whether the formula has a third operand (a weight of positives, a variance). Constant. */
  abstract third(): bool;
  /** How SIMD loops over it: COMPACT, PAIRED, APART, BRIEF or SCALED. Constant. */
  abstract loops(): i32;
  /** What value and slope share, computed once. */
  abstract common(m: Machine, p: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes;
  abstract value(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes;
  /** The derivative of the value with respect to the prediction. */
  abstract slope(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes;
  /** The derivative of the slope. */
  abstract curvature(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes;
}

/** A formula of the prediction alone; its curvature is never asked for. */
export abstract class Unary extends Pointwise {
  target(): bool {
    return false;
  }

  third(): bool {
    return false;
  }

  curvature(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return c;
  }
}

/** A formula of prediction and target. */
export abstract class Binary extends Pointwise {
  target(): bool {
    return true;
  }

  third(): bool {
    return false;
  }
}

/** A formula of prediction and target that stands in the binary once for value, slope and curvature each. */
export abstract class CompactBinary extends Pointwise {
  loops(): i32 {
    return COMPACT;
  }

  target(): bool {
    return true;
  }

  third(): bool {
    return false;
  }
}

/**
 * A formula of prediction, target and a third operand. If two of the three are differentiable, `curvature` is not the
 * derivative of the slope but the value's with respect to the other one.
 */
export abstract class Ternary extends Pointwise {
  target(): bool {
    return true;
  }

  third(): bool {
    return true;
  }
}
