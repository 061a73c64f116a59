/** The evaluation itself: from chunks of columns to the library's arrays, and their sums to the value. */

import type { SumAndDivisor } from "../types";
import { DataError, place } from "./failures";
import { type Plan, type TablePlan, wanted } from "./plan";
import type { Chunk } from "./table";

/** Called after each chunk with the share of the files' rows that is done, from 0 to 1, and how many rows that is. */
export type Watch = (share: number, rows: number) => void;

/** The sums over all rows, and what it took. */
export interface Total extends SumAndDivisor {
  readonly rows: number;
  readonly seconds: number;
}

/**
 * Evaluates the plan in one pass over its tables, a chunk at a time.
 *
 * @throws DataError for a table without rows, and at the first value that is not what it should be
 */
export async function evaluate(plan: Plan, watch: Watch): Promise<Total> {
  const { tables, loss } = plan;
  const began = performance.now();
  const prediction = new Rows(plan.width, plan.precision);
  const target = new Rows(plan.width, plan.precision);
  const total = { sum: 0, divisor: 0, rows: 0 };
  for (const [index, part] of tables.entries()) {
    const { table } = part;
    const before = total.rows;
    for await (const chunk of table.chunks(wanted(part, plan))) {
      const { columns } = chunk;
      const ends = plan.width + part.target.length;
      const { sum, divisor } = loss.sumAndDivisor(
        prediction.of(columns.slice(0, plan.width), chunk.rows),
        plan.labelled ? labels(plan, part, chunk) : target.of(columns.slice(plan.width, ends), chunk.rows),
        columns.length > ends ? { ...plan.options, weights: columns[ends]! } : plan.options,
      );
      total.sum += sum;
      total.divisor += divisor;
      total.rows += chunk.rows;
      watch((index + table.progress) / tables.length, total.rows);
    }
    if (total.rows === before) throw new DataError(`${table.file} has no rows`);
  }
  return { ...total, seconds: (performance.now() - began) / 1000 };
}

/** Columns side by side as rows, in memory that is used again for each chunk. */
class Rows {
  private data: Float32Array | Float64Array;

  constructor(
    private readonly width: number,
    precision: "f32" | "f64",
  ) {
    this.data = precision === "f32" ? new Float32Array() : new Float64Array();
  }

  of(columns: readonly (Float32Array | Float64Array)[], rows: number): Float32Array | Float64Array {
    const { width } = this;
    if (width === 1) return columns[0]!;
    const length = rows * width;
    if (this.data.length < length) this.data = this.data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
    const { data } = this;
    for (let c = 0; c < width; c++) {
      const column = columns[c]!;
      for (let i = 0, at = c; i < rows; i++, at += width) data[at] = column[i]!;
    }
    return data.subarray(0, length);
  }
}

/** The labels of a chunk as integers. The library would name an index into the chunk; this names the row of the file. */
function labels({ loss, options, width }: Plan, { table, target }: TablePlan, { start, rows, columns }: Chunk): Int32Array {
  const numbers = columns[width]!;
  const ignored = options.ignoreIndex ?? loss.parameters.ignoreIndex?.default;
  const integers = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const label = numbers[i]!;
    integers[i] = label;
    if ((label >= 0 && label < width && integers[i] === label) || label === ignored) continue;
    const classes = `a class, a whole number from 0 to ${width - 1}`;
    throw new DataError(`${place(table.file, start + i + 1, target[0]!)}: expected ${classes}, got ${label}`);
  }
  return integers;
}
