/** Tables of text. */

import CliTable from "cli-table3";

/** cli-table3 takes a time that grows with the square of the rows, and a stack that grows with them. */
const rowsAtOnce = 64;

/** Rows under a head, framed, without the colours that cli-table3 gives by default. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const parts: (readonly string[])[][] = [[head]];
  for (let at = 0; at < rows.length; at += rowsAtOnce) parts.push(rows.slice(at, at + rowsAtOnce));
  // What the parts take each by itself tells how wide the columns are of all.
  const colWidths = parts.map((part) => widths(draw(part))).reduce((all, own) => all.map((width, at) => Math.max(width, own[at]!)));
  const drawn = parts.map((part, at) => draw(part, { colWidths, chars: at === 0 ? {} : inner }));
  const [last] = drawn.splice(-1);
  return [...drawn.map((part) => part.slice(0, part.lastIndexOf("\n"))), last].join("\n");
}

/** The frame's upper edge where it is the line between two rows. */
const inner = { "top-left": "├", "top-mid": "┼", "top-right": "┤" };

function draw(rows: readonly (readonly string[])[], options: CliTable.TableConstructorOptions = {}): string {
  const drawn = new CliTable({ ...options, style: { head: [], border: [] } });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}

/** How wide a drawn table's columns are, by its upper edge. */
function widths(drawn: string): number[] {
  const edge = drawn.slice(1, drawn.indexOf("┐"));
  return edge.split("┬").map((line) => line.length);
}
