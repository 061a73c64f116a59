/** The kernels over classes: how each kind of formula is swept. */

import { GROUP_CLASSES } from "../../assembly/kernels/blocks";
import type { Kernel } from "../backends/kernel";
import type { Layout } from "../layout";
import type { ClassKernel } from "./classCall";
import type { SoftmaxKernel } from "./kernels";
import { sweepNegated } from "./negated";
import { sweepPicked } from "./picked";

/** Whether the row sweep serves a layout; otherwise the column sweep does, even for rows of few classes side by side. */
export function byRows(layout: Layout): boolean {
  return layout.positions === 1 && layout.classes > GROUP_CLASSES;
}

/** A kernel of the softmax family, by rows or by columns as the layout asks. */
/* @__NO_SIDE_EFFECTS__ */
export function softmaxSweep({ rows, columns }: SoftmaxKernel, labelled = false): ClassKernel {
  return { overwrites: true, labelled, of: (layout) => (byRows(layout) ? rows : columns) };
}

/** A kernel that looks at labels alone. */
/* @__NO_SIDE_EFFECTS__ */
export function labelSweep(kernel: Kernel<void>): ClassKernel {
  return { overwrites: false, of: () => kernel, sweep: sweepPicked };
}

/** The loss that is the negative of what labels pick. */
/* @__NO_SIDE_EFFECTS__ */
export function negationSweep(): ClassKernel {
  return { overwrites: false, sweep: sweepNegated };
}

/** A pointwise kernel summed over classes. */
/* @__NO_SIDE_EFFECTS__ */
export function classSweep(kernel: Kernel<void>): ClassKernel {
  return { overwrites: true, of: () => kernel };
}

/** A kernel that takes labels as one-hot rows. */
/* @__NO_SIDE_EFFECTS__ */
export function oneHot(kernel: ClassKernel): ClassKernel {
  return { ...kernel, oneHot: true };
}
