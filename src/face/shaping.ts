/** Options that make logits over: temperature, soft cap and mask. */

import { checkMask } from "../checks";
import { apart } from "../staging/apart";
import type { ClassCall } from "../staging/classCall";
import { maskLogits, maskOutput, type Shaping, shapeLogits, spreadPrior, unshapeGradient } from "../staging/shaping";
import * as Slot from "../staging/slots";
import type { LossParameters, Numbers } from "../types";

/** Options of the softmax family and its losses. */
export interface TemperingOptions {
  /** What the logits are divided by, above 0. Default 1. */
  temperature?: number | undefined;
  /** A number or boolean for each logit: 0 or false leaves the class out. */
  mask?: Numbers | readonly boolean[] | undefined;
}

const temperature = { default: 1, above: 0 };
const softcap = { default: Infinity, above: 0 };

/** The numeric options of functions that take a temperature. */
export const tempering = { temperature } satisfies LossParameters;
/** The same with a soft cap. */
export const capping = { temperature, softcap } satisfies LossParameters;

/** How checked options make logits over; undefined if they do not. `sign` is -1 where the function is of the logits' opposites. */
export function shapingOf(own: Record<string, number>, { mask }: TemperingOptions, length: number, sign = 1): Shaping | undefined {
  if (mask !== undefined) checkMask(mask, length);
  const divisor = sign * own.temperature!;
  const cap = own.softcap ?? Infinity;
  return divisor === 1 && cap === Infinity && mask === undefined ? undefined : { cap, divisor, mask };
}

/** Gives a call its shaping, in which a masked element's output is `masked`; `gradient` tells whether its output is one. */
export function shapeCall(call: ClassCall, { cap, divisor, mask: given }: Shaping, gradient: boolean, masked = 0): void {
  const output = call.output ?? call.values;
  const mask = given === undefined ? undefined : (apart(given as Numbers, output, call.hess) as Shaping["mask"]);
  const shaping = { cap, divisor, mask };
  const { after } = call;
  call.before = (tile) => {
    if (mask !== undefined && call.prior !== undefined) spreadPrior(tile);
    shapeLogits(tile, shaping);
    if (mask !== undefined) maskLogits(tile, mask);
  };
  call.after = (tile) => {
    after?.(tile);
    if (call.output === undefined) return;
    if (gradient) unshapeGradient(tile, shaping);
    if (mask !== undefined) maskOutput(tile, Slot.gradient, masked);
  };
}
