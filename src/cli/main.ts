#!/usr/bin/env node
/** The command line: its commands, and its exit status: 0, or 1 for bad data or an output that cannot be written, 2
 * for a bad command. */

import { Command, CommanderError } from "commander";
import { evalCommand } from "./eval";
import { exitStatus } from "./failures";
import { lossesCommand } from "./list";
import { mergeCommand } from "./merge";
import { say, watchPipe } from "./stdout";

/** The package's, put in by the build. */
declare const VERSION: string;

const program = new Command("simd-loss").description("Evaluates losses over files.").version(VERSION);
for (const command of [evalCommand(), mergeCommand(), lossesCommand()]) program.addCommand(command);
for (const command of [program, ...program.commands]) {
  command.exitOverride().showHelpAfterError("(simd-loss --help tells more)").configureOutput({ writeOut: say });
}

watchPipe(fail);
try {
  await program.parseAsync();
} catch (error) {
  // Commander has said it already.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else fail(error);
}

function fail(error: unknown): void {
  const status = exitStatus(error);
  if (status === undefined) throw error;
  console.error(`simd-loss: ${(error as Error).message}`);
  process.exitCode = status;
}
