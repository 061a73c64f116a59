/** The evaluation itself: from chunks of columns to the library's arrays, and their sums to the value. */

import { DataError, place } from "./failures";
import { type Group, Groups, type Result } from "./groups";
import { type Plan, type TablePlan, wanted } from "./plan";
import type { Chunk } from "./table";

/** Called after each chunk with the share of the files' rows that is done, from 0 to 1, and how many rows that is. */
export type Watch = (share: number, rows: number) => void;

/** The groups of all rows, and what it took. */
export type Evaluated = Pick<Result, "groups" | "seconds">;

/**
 * Evaluates the plan in one pass over its tables, a chunk at a time.
 *
 * @throws DataError for a table without rows, and at the first value that is not what it should be
 */
export async function evaluate(plan: Plan, watch: Watch): Promise<Evaluated> {
  const { tables, width } = plan;
  const began = performance.now();
  const prediction = new Rows(width, plan.precision);
  const target = new Rows(width, plan.precision);
  const groups = new Groups(plan.accumulator);
  let done = 0;
  for (const [index, part] of tables.entries()) {
    const { table } = part;
    const before = done;
    for await (const chunk of table.chunks(wanted(part, plan), part.by)) {
      const { columns, rows, names } = chunk;
      const ends = width + part.target.length;
      const p = prediction.of(columns.slice(0, width), rows);
      const t = plan.labelled ? labels(plan, part, chunk) : target.of(columns.slice(width, ends), rows);
      const weights = columns[ends];
      try {
        if (part.by.length === 0) add(groups.of(undefined), rows, p, t, weights);
        else {
          for (const [name, members] of membersOf(names)) {
            const own = <A extends Column>(array: A) => taken(array, members, array.length / rows);
            add(groups.of(name), members.length, own(p), own(t), weights && own(weights));
          }
        }
      } catch (error) {
        // The options are known to be right: what the loss refuses is data.
        throw new DataError(`${table.file}, among rows ${chunk.start + 1} to ${chunk.start + rows}: ${(error as Error).message}`);
      }
      done += rows;
      watch((index + table.progress) / tables.length, done);
    }
    if (done === before) throw new DataError(`${table.file} has no rows`);
  }
  return { groups: groups.sorted(), seconds: (performance.now() - began) / 1000 };
}

type Column = Float32Array | Float64Array | Int32Array;

function add(group: Group, rows: number, prediction: Float32Array | Float64Array, target: Column, weights: Column | undefined): void {
  group.accumulator.update(prediction, target, weights && { weights });
  group.rows += rows;
}

/** The rows of a chunk by the name of their group. */
function membersOf(names: Chunk["names"]): ReadonlyMap<string | null, readonly number[]> {
  const members = new Map<string | null, number[]>();
  for (const [row, name] of names.entries()) {
    const group = members.get(name);
    if (group === undefined) members.set(name, [row]);
    else group.push(row);
  }
  return members;
}

/** Some rows of an array, `width` numbers each. */
function taken<A extends Column>(array: A, rows: readonly number[], width: number): A {
  const part = array.slice(0, rows.length * width) as A;
  for (const [i, row] of rows.entries()) {
    for (let c = 0; c < width; c++) part[i * width + c] = array[row * width + c]!;
  }
  return part;
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
function labels({ ignored, width }: Plan, { table, target }: TablePlan, { start, rows, columns }: Chunk): Int32Array {
  const numbers = columns[width]!;
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
