/** The command `merge`: the report of several evaluations, from their states. */

import { Command } from "commander";
import { type Output, outputOptions, print } from "./output";
import { mergePartials } from "./partial";

export function mergeCommand(): Command {
  const command = new Command("merge")
    .summary("merge states that `eval --partial` printed")
    .description("Merges states that `simd-loss eval --partial` printed, groups by group, and reports them as eval does.")
    .argument("<file...>", "files of states, one a line; - is the standard input");
  for (const option of outputOptions()) command.addOption(option);
  return command.action(async (files: string[], output: Output) => print(await mergePartials(files), output));
}
