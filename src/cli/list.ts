/** The command `losses`: what there is to evaluate. */

import { Command } from "commander";
import { describe, flagsOf, losses } from "./losses";
import { table } from "./report";

export function lossesCommand(): Command {
  return new Command("losses").description("Lists the losses of one prediction and one target, and their options.").action(() => {
    const rows = [...losses.values()].map((loss) => [
      loss.lossName,
      flagsOf(loss)
        .map((flag) => `${flag.name} (${describe(loss, flag)})`)
        .join("\n"),
    ]);
    console.log(table(["loss", "options"], rows));
  });
}
