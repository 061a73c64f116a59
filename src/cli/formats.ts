/** The file formats, and how DuckDB reads a file of each with nothing guessed about the values. */

import { UsageError } from "./failures";

/** A file as something to select from. */
export interface Source {
  /** For `DESCRIBE`: tells the columns' names. */
  readonly described: string;
  /** For reading numbers from `columns`, with `TRY_CAST`. */
  numbers(columns: readonly string[]): string;
  /** The text of a column's values, selected from what `numbers` gives. */
  name(column: string): string;
  /** For reading a value of `column` as it stands in the file. */
  text(column: string): string;
  /** Of a file whose only column is called `header`: what to read to have DuckDB name the row that is too long or short. */
  ragged?(header: string): string | undefined;
  /** Whether the file's first line must be the columns' names. */
  readonly headed?: boolean;
  /** Tells the first line that breaks the format, where DuckDB's message is no help. */
  readonly brokenLine?: string;
}

/** An SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An SQL string. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An SQL string that DuckDB takes for this one path, not for a pattern. */
function path(file: string): string {
  return literal(file.replace(/[[*?]/g, "[$&]"));
}

/** What every reader is told: a folder's name such as `fold=2` is no column, least of all one of the file's own. */
const common = "hive_partitioning = false";

function varchar(column: string): string {
  return `CAST(${identifier(column)} AS VARCHAR)`;
}

function structure(columns: readonly string[], type: string): string {
  return `{${columns.map((column) => `${literal(column)}: '${type}'`).join(", ")}}`;
}

/**
 * Every column as text: what types a sample of the rows suggests is of no use for the rows behind it, and casting text
 * to DOUBLE costs no more than reading DOUBLE (measured: 5e6 rows in 1.5 s either way). No line is skipped, and none is
 * a comment: the sniffer would leave out lines before one that it likes better, and those that begin with `#`.
 */
function csv(file: string): Source {
  const source = `read_csv(${path(file)}, all_varchar = true, header = true, skip = 0, comment = '', ${common})`;
  return {
    described: source,
    numbers: () => source,
    name: varchar,
    text: () => source,
    headed: true,
    ragged: (header) => ragged(file, header),
  };
}

function parquet(file: string): Source {
  const source = `read_parquet(${path(file)}, ${common})`;
  return { described: source, numbers: () => source, name: varchar, text: () => source };
}

/** Every column as JSON, for the same reason; 1.5 times as fast as text (measured). */
function json(file: string): Source {
  const read = (columns: readonly string[], type: string) => `read_json(${path(file)}, columns = ${structure(columns, type)}, ${common})`;
  return {
    described: `read_json(${path(file)}, ${common})`,
    numbers: (columns) => read(columns, "JSON"),
    name: (column) => `${identifier(column)} ->> '$'`,
    text: (column) => read([column], "VARCHAR"),
    // DuckDB 1.5 names the line after the malformed one. Lines as such are a CSV file of one column without quotes.
    brokenLine: `SELECT CAST(line AS VARCHAR) FROM (SELECT row_number() OVER () AS line, json_valid(text) AS valid
      FROM read_csv(${path(file)}, auto_detect = false, header = false, delim = E'\\x1f', quote = '', escape = '',
        columns = {text: 'VARCHAR'}, ${common})) WHERE NOT valid LIMIT 1`,
  };
}

/**
 * A CSV file that was taken for a single column, named by its whole header: the sniffer's answer to rows of different
 * lengths. Read by the columns of the header, it shows which row it is.
 */
function ragged(file: string, header: string): string | undefined {
  const delimiter = [",", ";", "\t", "|"].find((candidate) => header.includes(candidate));
  if (delimiter === undefined) return undefined;
  const columns = structure(header.split(delimiter), "VARCHAR");
  return `read_csv(${path(file)}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"', columns = ${columns}, ${common})`;
}

const formats = [
  { endings: [".csv", ".tsv", ".csv.gz", ".tsv.gz"], source: csv },
  { endings: [".parquet"], source: parquet },
  { endings: [".ndjson", ".jsonl", ".json", ".ndjson.gz", ".jsonl.gz", ".json.gz"], source: json },
];

/** How to read a file, by its name's ending. */
export function sourceOf(file: string): Source {
  const format = formats.find(({ endings }) => endings.some((ending) => file.toLowerCase().endsWith(ending)));
  if (format === undefined) {
    throw new UsageError(`${file} is of no known format: the name must end in ${formats.flatMap(({ endings }) => endings).join(", ")}`);
  }
  return format.source(file);
}
