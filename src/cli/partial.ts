/** Results as lines of JSON that can be merged: what `eval --partial` prints, and `merge` reads. */

import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { AccumulatorState } from "../types";
import { DataError, unread } from "./failures";
import { Groups, type Result } from "./groups";
import { losses } from "./losses";
import { json } from "./report";

/** A line: one group of a result. */
interface Line extends Pick<Result, "files" | "options" | "precision" | "backend" | "seconds"> {
  readonly by?: string;
  readonly group?: string | null;
  readonly rows: number;
  readonly state: AccumulatorState;
}

/** A line for each group. The seconds are shared out by rows, so that merging adds them up. */
export function partialLines({ files, options, precision, backend, seconds, by, groups }: Result): string {
  const total = groups.reduce((sum, { rows }) => sum + rows, 0);
  return groups
    .map(({ name, rows, accumulator }): string => {
      const facts = { files, options, precision, backend, seconds: (seconds * rows) / total, rows };
      return json({ ...(by !== undefined && { by, group: name }), ...facts, state: accumulator });
    })
    .join("\n");
}

/**
 * The result of all lines of the files, `-` being the standard input.
 *
 * @throws DataError for a file without lines, a line that is no state, and states that do not belong together
 */
export async function mergePartials(files: readonly string[]): Promise<Result> {
  const parts: { at: string; part: Line }[] = [];
  for (const file of files) {
    for (const part of await partialsOf(file)) parts.push(part);
  }
  const [first] = parts as [(typeof parts)[number]];
  const { by, options, state } = first.part;
  const loss = losses.get(state.loss);
  if (loss === undefined)
    throw new DataError(`${first.at}: there is no loss ${state.loss}; the losses are ${[...losses.keys()].join(", ")}`);
  const wrap = <T>(at: string, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      const message = (error as Error).message.replace(/^(other|state)\b/, "the state");
      throw new DataError(`${at}: ${message}${at === first.at ? "" : `; the first state is that of ${first.at}`}`);
    }
  };
  const empty = wrap(first.at, () => loss.accumulator.fromJSON(state)).reset();
  const groups = new Groups(() => loss.accumulator.fromJSON(empty.toJSON()));
  for (const { at, part } of parts) {
    if (part.by !== by) throw new DataError(`${at}: expected ${grouped(by)}, as in ${first.at}, got ${grouped(part.by)}`);
    const group = groups.of(by === undefined ? undefined : (part.group ?? null));
    wrap(at, () => group.accumulator.merge(part.state));
    group.rows += part.rows;
  }
  const all = parts.map(({ part }) => part);
  return {
    loss,
    options,
    reduction: empty.toJSON().options.reduction as Result["reduction"],
    files: [...new Set(all.flatMap((part) => part.files))],
    by,
    groups: groups.sorted(),
    precision: all.some(({ precision }) => precision === "f32") ? "f32" : "f64",
    backend: [...new Set(all.map(({ backend }) => backend))].join(", "),
    seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

function grouped(by: string | undefined): string {
  return by === undefined ? "a state of all rows" : `a state of a group by ${by}`;
}

async function partialsOf(file: string): Promise<{ at: string; part: Line }[]> {
  const name = file === "-" ? "standard input" : file;
  const lines = (await contents(file)).split("\n").map((line, i) => ({ at: `${name}, line ${i + 1}`, line }));
  const parts = lines.filter(({ line }) => line.trim() !== "").map(({ at, line }) => ({ at, part: partialOf(at, line) }));
  if (parts.length === 0) throw new DataError(`${name} has no states`);
  return parts;
}

async function contents(file: string): Promise<string> {
  try {
    return await (file === "-" ? text(process.stdin) : readFile(file, "utf8"));
  } catch (error) {
    const missing = file !== "-" && ["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    throw missing ? new DataError(`no file matches ${file}`) : unread(file === "-" ? "standard input" : file, error);
  }
}

/** What each field of a line must be. */
const fields: Readonly<Record<keyof Line, (x: unknown) => boolean>> = {
  by: (x) => x === undefined || typeof x === "string",
  group: (x) => x === undefined || x === null || typeof x === "string",
  files: (x) => Array.isArray(x) && x.every((file) => typeof file === "string"),
  options: (x) => typeof x === "object" && x !== null,
  precision: (x) => x === "f32" || x === "f64",
  backend: (x) => typeof x === "string",
  seconds: (x) => typeof x === "number" && x >= 0,
  rows: (x) => Number.isInteger(x) && (x as number) >= 0,
  state: (x) => typeof (x as AccumulatorState | null)?.loss === "string",
};

function partialOf(at: string, line: string): Line {
  let part: Record<string, unknown> | null;
  try {
    part = JSON.parse(line);
  } catch (error) {
    throw new DataError(`${at}: malformed JSON, ${(error as Error).message}`);
  }
  const wrong = (Object.keys(fields) as (keyof Line)[]).find((field) => !fields[field]!(part?.[field]));
  if (wrong !== undefined)
    throw new DataError(`${at}: expected a state as eval --partial prints it, got ${json(part?.[wrong])} as ${wrong}`);
  return part as unknown as Line;
}
