/** Hessians that are not the second derivative: those that other libraries compute in its place. */

import type { SettleHessian } from "../staging/elements";
import type { Hessian } from "../types";

/** A Hessian by a convention: a constant in place of the second derivative, or its multiple, held from below. */
interface HessianConvention {
  /** The formula's parameter b, by which its curvature is another one. */
  readonly b?: number;
  readonly constant?: number;
  readonly factor?: number;
  readonly least?: number;
}

/** The Hessians that are not the second derivative, by who computes them so. Where our loss is k times theirs, so is the Hessian. */
type Conventions = Partial<Record<Hessian, HessianConvention>>;

/** What a pointwise loss needs to know of one of them; undefined if it is the second derivative. */
export type HessianOf<O> = (hessian: Hessian, own: O) => { readonly b: number | undefined; readonly settle: SettleHessian } | undefined;

/** The conventions of a loss, which may depend on its options. */
/* @__NO_SIDE_EFFECTS__ */
export function hessians<O>(conventions: Conventions | ((own: O) => Conventions)): HessianOf<O> {
  return (hessian, own) => {
    const convention = (typeof conventions === "function" ? conventions(own) : conventions)[hessian];
    return convention && { b: convention.b, settle: settler(convention) };
  };
}

function settler({ constant, factor = 1, least }: HessianConvention): SettleHessian {
  return ({ reals }, at, size, scale) => {
    for (let i = at; i < at + size; i++) {
      const exact = constant === undefined ? factor * reals[i]! : constant * scale;
      reals[i] = least !== undefined && exact < least * scale ? least * scale : exact;
    }
  };
}
