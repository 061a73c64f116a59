/** The file of handwritten digits, read in Node. */

import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";

const FILE = fileURLToPath(new URL("../data/digits.csv", import.meta.url));

/** Flat `pixels` from 0 to 16, a row to an image, and `labels`. */
export async function readDigits() {
  const connection = await (await DuckDBInstance.create()).connect();
  const table = await connection.runAndReadAll("SELECT COLUMNS(*)::INTEGER FROM read_csv($file)", { file: FILE });
  const columns = table.getColumns();
  const labels = columns.at(-1);
  const images = columns.slice(0, -1);
  return { pixels: Float32Array.from(labels.flatMap((_, row) => images.map((column) => column[row]))), labels };
}
