/** A CSV as columns of numbers. */

import Papa from "papaparse";

export interface Table {
  readonly name: string;
  readonly rows: number;
  /** By column; NaN where a cell holds no number. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** Reads a CSV with a line of names first; throws an Error that says in a sentence what is wrong with it. */
export function readTable(name: string, text: string): Table {
  const { data, meta } = Papa.parse<Record<string, string>>(text.trim(), { header: true, skipEmptyLines: true });
  const fields = meta.fields ?? [];
  if (fields.length < 2 || data.length === 0) {
    throw new Error(
      `${name} must have a line of column names, at least two columns and one row, got ${fields.length} columns and ${data.length} rows`,
    );
  }
  const columns = new Map(fields.map((field) => [field, Float64Array.from(data, (row) => numberOf(row[field]))]));
  return { name, rows: data.length, columns };
}

function numberOf(cell: string | undefined): number {
  return cell === undefined || cell.trim() === "" ? NaN : Number(cell);
}
