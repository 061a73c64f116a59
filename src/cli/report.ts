/** How a result is shown: as a table for people, or as JSON for programs. */

import CliTable from "cli-table3";

/** The result of an evaluation. */
export interface Report {
  readonly files: readonly string[];
  readonly loss: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly reduction: "mean" | "sum";
  readonly value: number;
  readonly rows: number;
  readonly precision: "f32" | "f64";
  readonly backend: string;
  readonly seconds: number;
  readonly rowsPerSecond: number;
}

/** Rows under a head, framed, without the colours that cli-table3 gives by default. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const drawn = new CliTable({ head: [...head], style: { head: [], border: [] } });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}

/** The formats by name. */
export const formats: Readonly<Record<string, (report: Report) => string>> = {
  table: ({ loss, reduction, value, rows, precision, backend, rowsPerSecond }) =>
    table(
      ["loss", reduction, "rows", "precision", "backend", "rows/s"],
      [[loss, String(value), String(rows), precision, backend, Math.round(rowsPerSecond).toLocaleString("en")]],
    ),
  // JSON has no NaN and no Infinity; their names as strings are better than its null.
  json: (report) => JSON.stringify(report, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value), 2),
};
