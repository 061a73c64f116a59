/** Prints a matrix of what ran where. */

import Table from "cli-table3";

/** Prints head and rows as a table on stdout. */
export function printMatrix(head, rows) {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  console.log(table.toString());
}
