/** DuckDB, the reader of files: an optional peer dependency, loaded when a file is to be read. */

import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { DataError, UsageError } from "./failures";

/** A connection to a database in memory, and its end. */
export async function connect(): Promise<{ connection: DuckDBConnection; close: () => void }> {
  const { DuckDBInstance } = await load();
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  // DuckDB keeps track of a query's progress only when told to show it; the bar on the terminal is this program's own.
  await connection.run("SET enable_progress_bar = true");
  await connection.run("SET enable_progress_bar_print = false");
  // Files are local: nothing is downloaded, DuckDB's extensions included.
  await connection.run("SET autoinstall_known_extensions = false");
  await connection.run("SET autoload_known_extensions = false");
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * The rows of a query on `file`, in order and never all at once; a chunk is valid until the next one is asked for.
 *
 * @throws DuckDB's error, after the chunks before it
 */
export async function* chunksOf(connection: DuckDBConnection, file: string, query: string): AsyncGenerator<DuckDBDataChunk> {
  const { ResultReturnType } = await load();
  const result = await connection.stream(query);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    yield chunk;
  }
  // At an error the stream ends as it does after the last row: that the result has no type any more is all that tells
  // them apart, and what the error was is not exposed. The same query, its rows counted and dropped, meets it again.
  if (result.returnType !== ResultReturnType.INVALID) return;
  await connection.run(`EXPLAIN ANALYZE ${query}`);
  throw new DataError(`${file}: expected to read all rows, but DuckDB stopped before the end and gave no reason`);
}

async function load(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError("reading files takes the package @duckdb/node-api, which is not installed: npm install @duckdb/node-api");
  }
}
