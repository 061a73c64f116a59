/** An evaluation, checked as far as it can be without reading rows. */

import { selectColumns } from "./columns";
import { UsageError } from "./failures";
import type { AnyAccumulator } from "./groups";
import { type AnyLoss, overClasses } from "./losses";
import type { Table, Wanted } from "./table";

/** What is asked for. */
export interface Request {
  readonly loss: AnyLoss;
  readonly options: Readonly<Record<string, unknown>>;
  readonly prediction: string;
  readonly target: string;
  readonly weights?: string;
  readonly by?: string;
  readonly reduction: "mean" | "sum";
  readonly precision: "f32" | "f64";
}

/** The columns that a file's part of the evaluation takes. */
export interface TablePlan {
  readonly table: Table;
  readonly prediction: readonly string[];
  readonly target: readonly string[];
  readonly weights: readonly string[];
  readonly by: readonly string[];
}

/** What is to be computed, and of which columns. */
export interface Plan {
  /** Makes what the rows, or those of a group, are added to. */
  readonly accumulator: () => AnyAccumulator;
  readonly precision: "f32" | "f64";
  readonly tables: readonly TablePlan[];
  /** How many columns make a prediction. */
  readonly width: number;
  /** Whether targets are class labels; else they are numbers, as many as the prediction's. */
  readonly labelled: boolean;
  /** The label that leaves its row out. */
  readonly ignored: unknown;
}

/** @throws DataError for a missing column, UsageError for what does not fit together */
export function plan(request: Request, tables: readonly Table[]): Plan {
  const { loss, precision } = request;
  const plans = tables.map((table) => {
    const select = (selection: string) => selectColumns(selection, table.file, table.columns);
    return {
      table,
      prediction: select(request.prediction),
      target: select(request.target),
      weights: request.weights === undefined ? [] : select(request.weights),
      by: request.by === undefined ? [] : select(request.by),
    };
  });
  const [first] = plans as [TablePlan];
  for (const { table, prediction, target, weights, by } of plans) {
    const name = loss.lossName;
    const differs = (what: string, got: readonly string[], expected: string) =>
      new UsageError(`${name} of ${table.file} takes ${expected}, got ${got.length} as ${what}: ${got.join(", ")}`);
    const width = first.prediction.length;
    if (prediction.length !== width) throw differs("prediction", prediction, `${width} columns, as ${first.table.file} has`);
    if (target.length !== first.target.length) {
      throw differs("target", target, `${first.target.length} columns, as ${first.table.file} has`);
    }
    const choice = overClasses(loss) ? "a column of labels, or a column for each class" : "a target for each prediction";
    if (target.length !== width && !(overClasses(loss) && target.length === 1)) throw differs("target", target, `${choice}, ${width}`);
    if (weights.length > 1) throw differs("weights", weights, "one column");
    if (by.length > 1) throw differs("by", by, "one column");
  }
  const width = first.prediction.length;
  const classes = overClasses(loss) && width > 1;
  const labelled = classes && first.target.length === 1;
  const { reduction } = request;
  const options = { ...request.options, reduction, ...(classes && !labelled && { classes: width }) };
  const ignored = request.options.ignoreIndex ?? loss.parameters.ignoreIndex?.default;
  if (labelled && ignored !== undefined && ignored !== (Number(ignored) | 0)) {
    throw new UsageError(`--ignore-index must be a whole number of 32 bits, got ${ignored}`);
  }
  const accumulator = () => loss.accumulator(options);
  tryOptions(loss, accumulator, width, labelled);
  return {
    ignored,
    accumulator,
    precision,
    tables: plans,
    width,
    labelled,
  };
}

/** Lets the loss itself check its options, and then a row of zeros: of a loss over classes, a single column may be too few. */
function tryOptions(loss: AnyLoss, make: () => AnyAccumulator, width: number, labelled: boolean): void {
  const name = loss.lossName;
  const target = labelled ? new Int32Array(1) : new Float64Array(width);
  const single = overClasses(loss) && width === 1;
  try {
    const accumulator = make();
    if (!single) accumulator.update(new Float64Array(width), target);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
  try {
    if (single) make().update(new Float64Array(width), target);
  } catch {
    throw new UsageError(`${name} takes a column for each class as prediction, got one column`);
  }
}

/** The columns to read for a chunk: prediction, target, weights. */
export function wanted({ prediction, target, weights }: TablePlan, { precision, labelled }: Plan): readonly Wanted[] {
  const type = precision === "f32" ? "FLOAT" : "DOUBLE";
  return [
    ...prediction.map((column): Wanted => ({ column, type })),
    ...target.map((column): Wanted => ({ column, type: labelled ? "DOUBLE" : type })),
    ...weights.map((column): Wanted => ({ column, type: "DOUBLE" })),
  ];
}
