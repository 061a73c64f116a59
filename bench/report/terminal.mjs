/** Tables on the terminal. */

import Table from "cli-table3";

/** Head and rows as a table, the first column to the left, numbers to the right. */
export function terminalTable({ head, rows }) {
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: ["left", ...head.slice(1).map(() => "right")],
  });
  table.push(...rows);
  return table.toString();
}
