/** The command `losses`: what there is to evaluate. */

import { Command } from "commander";
import { table } from "./drawing";
import { describe, flagsOf, losses } from "./losses";
import { say } from "./stdout";

export function lossesCommand(): Command {
  return new Command("losses").description("Lists the losses of rows, a prediction and a target each, and their options.").action(() => {
    const rows = [...losses.values()].map((loss) => [
      loss.lossName,
      flagsOf(loss)
        .map((flag) => `${flag.name} (${describe(loss, flag)})`)
        .join("\n"),
    ]);
    say(`${table(["loss", "options"], rows)}\n`);
  });
}
