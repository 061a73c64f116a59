/** Label smoothing: the option, and what it makes of targets between no and yes. */

import type { StageTarget } from "../staging/elements";
import * as Slot from "../staging/slots";
import { copyAffine } from "../staging/vectors";

/** Options of losses that can smooth their labels. */
export interface SmoothingOptions {
  /** Share of the target that is spread evenly over all classes, from 0 to 1. Default 0. */
  labelSmoothing?: number | undefined;
}

/** The share as a loss's own option. */
export const smoothing = { default: 0, atLeast: 0, atMost: 1 } as const;

/** How a target between no and yes, two classes, gets into the stage: undefined if it does so as it is. */
export function smoothedTarget({ labelSmoothing: share }: { labelSmoothing: number }): StageTarget | undefined {
  if (share === 0) return undefined;
  return (stage, target, start, count) => copyAffine(stage, Slot.target, target, start, count, 1 - share, share / 2);
}
