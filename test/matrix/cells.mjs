/** How a matrix is run: cell by cell, each passing with a short text or failing with a reason, then printed. */

import { parseArgs } from "node:util";
import { matrix } from "./print.mjs";

/** The rows that `--only a,b` on the command line asks for, of all that there are. */
export function chosenRows(all) {
  const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
  const chosen = only?.split(",") ?? all;
  const unknown = chosen.filter((row) => !all.includes(row));
  if (unknown.length > 0) throw new RangeError(`--only knows ${all.join(", ")}; not ${unknown.join(", ")}`);
  return chosen;
}

/**
 * Runs `cells`, each `{ row, column, run }`, where `run` resolves to the text of the cell or rejects. Prints the matrix
 * and the reasons of the failures, and makes the process exit with status 1 if there are any.
 */
export async function runMatrix(cells, corner) {
  const results = [];
  const failures = [];
  for (const { row, column, run } of cells) {
    process.stderr.write(`${row}, ${column}\n`);
    try {
      results.push({ row, column, text: await run() });
    } catch (error) {
      results.push({ row, column, text: "FAILED" });
      failures.push(`${row}, ${column}: ${error instanceof Error ? error.message : error}`);
    }
  }
  console.log(matrix(results, corner));
  for (const failure of failures) console.log(failure);
  console.log(`${results.length - failures.length} passed, ${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
}
