/** The handwritten digits as arrays, in a seeded order, a fifth of them held out. */

import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { uniformInt } from "pure-rand/distribution/uniformInt";

const FILE = fileURLToPath(new URL("../data/digits.csv", import.meta.url));
/** The brightest value of a pixel. */
const WHITE = 16;

/**
 * Reads the digits and splits them: `{ train, test }`, each of flat `pixels` from 0 to 1, a row to an image, and `labels`.
 */
export async function readDigits(generator) {
  const connection = await (await DuckDBInstance.create()).connect();
  const table = await connection.runAndReadAll("SELECT COLUMNS(*)::INTEGER FROM read_csv($file)", { file: FILE });
  const columns = table.getColumns();
  const pixels = columns.slice(0, -1);
  const labels = columns.at(-1);
  const order = shuffled(labels.length, generator);
  const held = Math.floor(order.length / 5);
  const take = (rows) => ({
    pixels: Float32Array.from(rows.flatMap((row) => pixels.map((column) => column[row] / WHITE))),
    labels: Int32Array.from(rows, (row) => labels[row]),
  });
  return { train: take(order.slice(held)), test: take(order.slice(0, held)) };
}

/** The whole numbers below `count`, in a random order. */
export function shuffled(count, generator) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
