/** A file as a table of numbers, read by chunks of columns. */

import { statSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { opening } from "./bytes";
import { chunksOf } from "./duckdb";
import { DataError, place } from "./failures";
import { identifier, type Source, sourceOf } from "./formats";

/** A column to read, and the precision to read it in. */
export interface Wanted {
  readonly column: string;
  readonly type: "FLOAT" | "DOUBLE";
}

/** The numbers of some consecutive rows, by column. */
export interface Chunk {
  /** How many rows came before. */
  readonly start: number;
  readonly rows: number;
  /** In the order wanted; valid until the next chunk is asked for. */
  readonly columns: readonly (Float32Array | Float64Array)[];
  /** The text of the column that names each row's group, null where it is missing; empty if none was asked for. */
  readonly names: readonly (string | null)[];
}

/**
 * What a DuckDB vector is made of. Its public methods make an object or at least a boxed value of each item; these
 * fields, private to its types, are the column's own memory.
 */
interface NumberVector {
  readonly items: Float32Array | Float64Array;
  readonly validity: { readonly data: BigUint64Array | null };
}

/** A file whose columns are known. */
export class Table {
  private constructor(
    private readonly connection: DuckDBConnection,
    readonly file: string,
    readonly columns: readonly string[],
    private readonly source: Source,
  ) {}

  /** @throws DataError if the file is empty or not what its name says */
  static async open(connection: DuckDBConnection, file: string): Promise<Table> {
    const source = sourceOf(file);
    if (!statSync(file).isFile()) throw new DataError(`${file} is not a regular file`);
    const first = await opening(file);
    if (first === "") throw new DataError(`${file} is empty`);
    // DuckDB would pass over the blank line, find the names in the next one, and read that one as a row as well.
    if (source.headed && /^\uFEFF?[^\S\r\n]*[\r\n]/.test(first)) {
      throw new DataError(`${file}, line 1: expected the columns' names, got a blank line`);
    }
    try {
      const columns = await strings(connection, `SELECT column_name FROM (DESCRIBE SELECT * FROM ${source.described})`);
      const ragged = columns.length === 1 ? source.ragged?.(columns[0]!) : undefined;
      if (ragged !== undefined) await connection.run(`SELECT count(*) FROM ${ragged}`);
      return new Table(connection, file, columns, source);
    } catch (error) {
      throw await unreadable(connection, file, source, error);
    }
  }

  /**
   * The rows in the file's order, a chunk of at most 2048 at a time; `by` is a column of names, or none.
   *
   * @throws DataError at the first value that is no number
   */
  async *chunks(wanted: readonly Wanted[], by: readonly string[]): AsyncGenerator<Chunk> {
    const read = [...new Set([...wanted.map(({ column }) => column), ...by])];
    const casts = wanted.map(({ column, type }) => `TRY_CAST(${identifier(column)} AS ${type})`);
    const selected = [...casts, ...by.map((column) => this.source.name(column))];
    const query = `SELECT ${selected.join(", ")} FROM ${this.source.numbers(read)}`;
    let start = 0;
    try {
      for await (const chunk of chunksOf(this.connection, this.file, query)) {
        const rows = chunk.rowCount;
        const vectors = wanted.map((_, at) => chunk.getColumnVector(at) as unknown as NumberVector);
        const missing = vectors.map(({ validity }) => firstMissing(validity.data, rows));
        const first = Math.min(...missing);
        if (first < rows) throw await this.noNumber(start + first, wanted[missing.indexOf(first)]!);
        const names = by.length === 0 ? [] : (chunk.getColumnValues(wanted.length) as (string | null)[]);
        yield { start, rows, columns: vectors.map(({ items }) => items), names };
        start += rows;
      }
    } catch (error) {
      throw await unreadable(this.connection, this.file, this.source, error);
    }
  }

  /** The share of the running query that is done, from 0 to 1. */
  get progress(): number {
    return Math.max(0, this.connection.progress.percentage / 100);
  }

  private async noNumber(row: number, { column, type }: Wanted): Promise<DataError> {
    const text = `SELECT CAST(${identifier(column)} AS VARCHAR) FROM ${this.source.text(column)} LIMIT 1 OFFSET ${row}`;
    const [got = null] = await strings<string | null>(this.connection, text);
    const expected = beyond(type, got) ? `a number in the range of ${type === "FLOAT" ? "f32" : "f64"}` : "a number";
    return new DataError(`${place(this.file, row + 1, column)}: expected ${expected}, got ${got === null ? "NULL" : JSON.stringify(got)}`);
  }
}

/** The files that patterns mean, in order, each pattern's by name. */
export async function matchFiles(connection: DuckDBConnection, patterns: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    const found = isFile(pattern) ? [pattern] : await glob(connection, pattern);
    if (found.length === 0) throw new DataError(`no file matches ${pattern}`);
    files.push(...found);
  }
  return files;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function glob(connection: DuckDBConnection, pattern: string): Promise<readonly string[]> {
  try {
    return await strings(connection, "SELECT file FROM glob($1) ORDER BY file", pattern);
  } catch (error) {
    throw new DataError(`${pattern}: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** The values of a query's single column of text. */
async function strings<T = string>(connection: DuckDBConnection, query: string, ...values: string[]): Promise<T[]> {
  const reader = await connection.runAndReadAll(query, values);
  return (reader.getColumns()[0] ?? []) as T[];
}

/** Whether a text that is no number of the type is one but for its size. */
function beyond(type: Wanted["type"], text: string | null): boolean {
  if (text === null || !/\d/.test(text)) return false;
  const value = Number(text);
  return Math.abs(type === "FLOAT" ? Math.fround(value) : value) === Number.POSITIVE_INFINITY;
}

/** The first of `rows` that a validity mask, one bit for each row, marks as missing, or `rows`. */
function firstMissing(mask: BigUint64Array | null, rows: number): number {
  if (mask === null) return rows;
  const bytes = new Uint8Array(mask.buffer, mask.byteOffset, mask.byteLength);
  let row = 0;
  while (row < rows && ((bytes[row >> 3]! >> (row & 7)) & 1) === 1) row++;
  return row;
}

/** What DuckDB says of a file that it cannot read: its first facts, without its advice on DuckDB's options. */
async function unreadable(connection: DuckDBConnection, file: string, source: Source, error: unknown): Promise<unknown> {
  if (error instanceof DataError) return error;
  const message = error instanceof Error ? error.message : "";
  const kind = /^[A-Z][A-Za-z ]* Error: /.exec(message);
  if (kind === null) return error;
  const csv = /CSV Error on Line: (\d+)\n(?:Original Line:.*\n)?(.*)/.exec(message);
  if (csv !== null) return new DataError(`${file}, line ${csv[1]}: ${csv[2]}`);
  const json = /Malformed JSON in file .*: (.*)/.exec(message);
  if (json !== null && source.brokenLine !== undefined) {
    const [line] = await strings(connection, source.brokenLine).catch(() => []);
    if (line !== undefined) return new DataError(`${file}, line ${line}: malformed JSON, ${json[1]!.trim()}`);
  }
  return new DataError(`${file}: ${message.slice(kind[0].length).split("\n")[0]!.trim()}`);
}
