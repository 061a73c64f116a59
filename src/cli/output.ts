/** What the commands that evaluate print: a report, or states to merge. */

import { Option } from "commander";
import type { Result } from "./groups";
import { partialLines } from "./partial";
import { formats } from "./report";
import { say } from "./stdout";

/** How a result is to be printed. */
export interface Output {
  readonly format: string;
  readonly partial?: boolean;
}

/** The command line's options for it. */
export function outputOptions(): readonly Option[] {
  return [
    new Option("--format <kind>", "of the report").choices(Object.keys(formats)).default("table"),
    new Option("--partial", "print states for `simd-loss merge`, as lines of JSON, instead of a report").conflicts("format"),
  ];
}

export function print(result: Result, { format, partial }: Output): void {
  say(`${partial ? partialLines(result) : formats[format]!(result)}\n`);
}
