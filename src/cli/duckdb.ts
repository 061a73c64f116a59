/** DuckDB, the reader of files: an optional peer dependency, loaded when a file is to be read. */

import type { DuckDBConnection } from "@duckdb/node-api";
import { UsageError } from "./failures";

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

async function load(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError("reading files takes the package @duckdb/node-api, which is not installed: npm install @duckdb/node-api");
  }
}
