/** The target of a loss over classes: whether it is labels or a distribution, and the layout that it goes with. */

import { checkLabelKind, checkLength, checkNumbers } from "../checks";
import { type Layout, type LayoutOptions, layoutOf, rowsOf } from "../layout";
import type { Labels, Numbers, Reals } from "../types";

/** A target that is not labels. */
export interface TargetDefinition {
  /** What errors call it. Default `"distribution"`. */
  readonly target?: string;
  /** Its check. */
  readonly checkTarget?: (target: Numbers | Labels, layout: Layout) => void;
}

/**
 * Whether a target gives a distribution by class rather than a label: it is as long as the input, and no integer array
 * unless `classes` says so.
 */
export function isDistribution(x: Reals, target: Numbers | Labels, options: LayoutOptions): boolean {
  if (target instanceof Float32Array || target instanceof Float64Array) return true;
  if (target?.length !== x.length || x.length === 0) return false;
  const classes = layoutOf(x.length, options, 1)?.classes;
  return Array.isArray(target) ? classes !== 1 || target.some((label) => !Number.isInteger(label)) : classes !== undefined && classes > 1;
}

/** The layout of data with labels; `input` is what errors call the data. */
export function labelLayout(input: string, x: Reals, labels: Numbers | Labels, options: LayoutOptions): Layout {
  checkLabelKind(labels as Labels);
  const layout = layoutOf(x.length, options, 1);
  if (layout !== undefined) {
    checkLength("labels", labels.length, layout.groups * layout.positions, "one label for each sample");
    return layout;
  }
  if (labels.length === 0 ? x.length !== 0 : x.length % labels.length !== 0 || x.length === 0) {
    throw new RangeError(`${input} must have a multiple of ${labels.length} elements, one row for each label, got ${x.length}`);
  }
  return labels.length === 0 ? { groups: 0, classes: 0, positions: 1 } : rowsOf(x.length, x.length / labels.length);
}

/** The layout of data with a target that is not labels. */
export function targetLayout(
  { checkTarget, target: called = "distribution" }: TargetDefinition,
  x: Reals,
  target: Numbers,
  options: LayoutOptions,
): Layout {
  checkNumbers("target", target);
  checkLength(
    "target",
    target.length,
    x.length,
    called === "distribution" ? "a probability for each class of each sample" : "an entry for each class of each sample",
  );
  const layout = layoutOf(x.length, options, 1);
  if (layout === undefined) throw new TypeError(`classes (or shape) must be given with a target ${called}, got neither`);
  checkTarget?.(target, layout);
  return layout;
}
