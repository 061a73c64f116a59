/** How a matrix of results is printed: one row for each thing under test, one column for each way of using it. */

import Table from "cli-table3";

/** A table of `cells`, each `{ row, column, text }`, in the order in which rows and columns first appear; absent cells are empty. */
export function matrix(cells, corner) {
  const columns = [...new Set(cells.map(({ column }) => column))];
  const table = new Table({ head: [corner, ...columns], style: { head: [], border: [] } });
  for (const row of new Set(cells.map((cell) => cell.row))) {
    const text = (column) => cells.find((cell) => cell.row === row && cell.column === column)?.text ?? "";
    table.push([row, ...columns.map(text)]);
  }
  return table.toString();
}
