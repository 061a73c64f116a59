/** The losses of a table's predictions: which fit, their means, and their values by row. */

import { drawableLosses, type LossEntry, type Options } from "../catalogue";
import { classTargets, sizeOption } from "../shape";
import { isObjective } from "../training/objective";
import { kinds, type Reading } from "./reading";
import type { Table } from "./table";

/** The rows of a table that can be evaluated. */
export interface Rows {
  /** Flat, a row after another. */
  readonly predictions: Float64Array;
  readonly targets: Float64Array;
  /** Where each row stands in the table, from 1. */
  readonly numbers: readonly number[];
  readonly classes: number;
  /** Rows that lack a number, or whose target is no class. */
  readonly leftOut: number;
}

/** The losses that take such predictions; a probability is also a number. */
export function fitting({ kind }: Reading): LossEntry[] {
  const { takes, classes } = kinds[kind];
  return drawableLosses.filter((entry) => {
    const { shape } = entry;
    if (shape.kind === "activation" || (shape.kind === "classes") !== classes) return false;
    return shape.takes === takes || (takes === "probability" && shape.takes === "number" && isObjective(entry));
  });
}

export function rowsOf({ columns, rows }: Table, { kind, predictions, target }: Reading): Rows {
  const classes = predictions.length;
  const inputs = predictions.map((name) => columns.get(name)!);
  const targets = columns.get(target)!;
  const valid = (t: number) => (kinds[kind].classes ? Number.isInteger(t) && t >= 0 && t < classes : !Number.isNaN(t));
  const whole = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => valid(targets[row]!) && inputs.every((input) => !Number.isNaN(input[row]!)),
  );
  return {
    predictions: Float64Array.from(whole.flatMap((row) => inputs.map((input) => input[row]!))),
    targets: Float64Array.from(whole, (row) => targets[row]!),
    numbers: whole.map((row) => row + 1),
    classes,
    leftOut: rows - whole.length,
  };
}

/** The loss by row. Answers of 0 and 1 become the targets that the loss knows. */
export function lossesByRow({ loss, shape }: LossEntry, rows: Rows, options: Options): Float64Array {
  return loss(rows.predictions, targetFor(shape, rows), { ...options, ...sizeFor(shape, rows), reduction: "none" }) as Float64Array;
}

/** The mean, as the library gives it. */
export function meanLoss({ loss, shape }: LossEntry, rows: Rows, options: Options): number {
  return loss(rows.predictions, targetFor(shape, rows), { ...options, ...sizeFor(shape, rows) }) as number;
}

function targetFor(shape: LossEntry["shape"], { targets, classes }: Rows): Float64Array | Int32Array {
  if (shape.kind === "classes") {
    const flat = classTargets(shape, targets, classes);
    return shape.by === "distribution" ? Float64Array.from(flat) : Int32Array.from(flat);
  }
  const signs = shape.kind === "pointwise" && shape.takes === "logit" && shape.target.min === -1;
  return signs ? targets.map((t) => (t === 0 ? -1 : t)) : targets;
}

function sizeFor(shape: LossEntry["shape"], { classes }: Rows): Options {
  return shape.kind === "classes" ? sizeOption(shape, classes) : {};
}
