/** How a result is shown: as a table for people, or as JSON for programs. */

import { table } from "./drawing";
import type { Result } from "./groups";

/** JSON has no NaN and no Infinity; their names as strings are better than its null. */
export function json(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, x) => (typeof x === "number" && !Number.isFinite(x) ? String(x) : x), indent);
}

/** The value and the rows of all groups together. */
function whole({ loss, groups }: Result): { value: number; rows: number } {
  const [first, ...others] = groups.map(({ accumulator }) => accumulator);
  const total = loss.accumulator.fromJSON(first!.toJSON());
  for (const accumulator of others) total.merge(accumulator);
  return { value: total.value(), rows: groups.reduce((sum, { rows }) => sum + rows, 0) };
}

/** The formats by name. */
export const formats: Readonly<Record<string, (result: Result) => string>> = {
  table(result) {
    const { loss, reduction, precision, backend, seconds, by, groups } = result;
    const { value, rows } = whole(result);
    const speed = Math.round(rows / seconds).toLocaleString("en");
    const all = table(
      ["loss", reduction, "rows", "precision", "backend", "rows/s"],
      [[loss.lossName, String(value), String(rows), precision, backend, speed]],
    );
    if (by === undefined) return all;
    const each = groups.map(({ name, accumulator, rows }) => [name ?? "NULL", String(accumulator.value()), String(rows)]);
    return `${all}\n${table([by, reduction, "rows"], each)}`;
  },
  json(result) {
    const { loss, options, reduction, files, by, groups, precision, backend, seconds } = result;
    const { value, rows } = whole(result);
    const all = { files, loss: loss.lossName, options, reduction, value, rows, precision, backend, seconds, rowsPerSecond: rows / seconds };
    if (by === undefined) return json(all, 2);
    const each = groups.map(({ name, accumulator, rows }) => ({ group: name, value: accumulator.value(), rows }));
    return json({ ...all, by, groups: each }, 2);
  },
};
