/** What a name that does not exist was most likely meant to be. */

import { Command } from "commander";

/** The words ` (did you mean …?)`, or nothing if no candidate comes near the name. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const same = candidates.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const suggestion = same ?? /\(Did you mean (.*)\?\)/s.exec(complaint(name, candidates))?.[1];
  return suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
}

/** Commander's of an unknown command: it is the one that knows what is near, as it does for misspelt flags. */
function complaint(name: string, candidates: readonly string[]): string {
  const program = new Command()
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr() {} });
  for (const candidate of new Set(candidates)) program.addCommand(new Command(candidate));
  try {
    program.parse(["--", name], { from: "user" });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
