/** Where the classes of each sample stand in flat data: from `classes`, or from `shape` and `axis`. */

import { checkCount, checkShape } from "./checks";

/** Flat, row-major data as groups of classes of positions; a sample is a position of a group. */
export interface Layout {
  readonly groups: number;
  readonly classes: number;
  /** Positions side by side: 1 where the classes of a sample lie side by side. */
  readonly positions: number;
}

/** The options that say where the classes are. */
export interface LayoutOptions {
  /** Number of classes, the last axis of the data. */
  classes?: number | undefined;
  /** The data's shape, instead of `classes`. */
  shape?: readonly number[] | undefined;
  /** The axis of the classes in `shape`; negative counts from the end. */
  axis?: number | undefined;
}

/** The names of {@link LayoutOptions}. */
export const layoutOptionNames = ["classes", "shape", "axis"] as const;

/**
 * The layout that the options say, or undefined if they say none. `axis` is the default axis of `shape`, `name` what
 * `classes` is called.
 */
export function layoutOf(length: number, options: LayoutOptions, axis: number, name = "classes"): Layout | undefined {
  if (options.shape !== undefined) {
    const { shape } = options;
    const at = checkShape(shape, length, options.axis ?? (shape?.length === 1 ? 0 : axis));
    if (options.classes !== undefined && options.classes !== shape[at]) {
      throw new RangeError(`${name} must be shape[${at}], ${shape[at]}, when both are given, got ${options.classes}`);
    }
    const product = (from: number, to: number) => shape.slice(from, to).reduce((a, b) => a * b, 1);
    return { groups: product(0, at), classes: shape[at]!, positions: product(at + 1, shape.length) };
  }
  if (options.axis !== undefined) throw new TypeError("axis must come with shape, got axis alone");
  if (options.classes === undefined) return undefined;
  return rowsOf(length, checkCount(name, options.classes), name);
}

/** The samples of a batch: the first axis of `shape`, or the rows of `classes`; undefined if neither is given. */
export function batchOf(length: number, options: LayoutOptions): number | undefined {
  const layout = layoutOf(length, options, 0);
  return options.shape === undefined ? layout?.groups : layout!.classes;
}

/** Rows of `classes` side by side. */
export function rowsOf(length: number, classes: number, name = "classes"): Layout {
  if (length % classes !== 0) throw new RangeError(`the number of elements must be a multiple of ${name}, ${classes}, got ${length}`);
  return { groups: length / classes, classes, positions: 1 };
}

/** The index of a class's element of a sample, of samples of which `positions` stand side by side. */
export function elementOf(sample: number, label: number, classes: number, positions: number): number {
  if (positions === 1) return sample * classes + label;
  const position = sample % positions;
  return (sample - position) * classes + label * positions + position;
}
