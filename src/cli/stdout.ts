/** The standard output, whose failures are errors: a result that nobody can read is none. */

import { writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { OutputError } from "./failures";

/** @throws OutputError if the output is a file that does not take all of the text; of a pipe, {@link watchPipe} tells */
export function say(text: string): void {
  if (process.stdout instanceof Socket) {
    process.stdout.write(text);
    return;
  }
  try {
    // process.stdout takes a write that was cut short, as by a disk that is full now, for a whole one.
    writeFileSync(1, text);
  } catch (error) {
    throw failure(error as Error);
  }
}

/** Calls `failed` when a pipe or terminal does not take the output, but not when its reader has had enough. */
export function watchPipe(failed: (error: OutputError) => void): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") failed(failure(error));
  });
}

function failure({ message }: Error): OutputError {
  return new OutputError(`the output cannot be written: ${message}`);
}
