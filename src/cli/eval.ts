/** The command `eval`: its arguments, and the way from files to a report. */

import { Command, InvalidArgumentError, Option } from "commander";
import { backend } from "../index";
import { connect } from "./duckdb";
import { evaluate } from "./evaluation";
import type { Result } from "./groups";
import { describe, type Flag, flagsOf, losses, lossNamed, lossOptions } from "./losses";
import { type Output, outputOptions, print } from "./output";
import { plan, type Request } from "./plan";
import { progressBar } from "./progress";
import { matchFiles, Table } from "./table";

interface Arguments extends Output, Readonly<Record<string, unknown>> {
  readonly loss: string;
  readonly prediction: string;
  readonly target: string;
  readonly weights?: string;
  readonly reduction: "mean" | "sum";
  readonly precision: "f32" | "f64";
  readonly by?: string;
}

/** How the value of a flag is written and read. */
const kinds = {
  number: { written: "<n>", read: number },
  boolean: { written: "<true|false>", read: boolean },
  numbers: { written: "<n,n…>", read: numbers },
} as const satisfies Record<Flag["kind"], object>;

export function evalCommand(): Command {
  const command = new Command("eval")
    .summary("evaluate a loss over the rows of files")
    .description("Evaluates a loss over all rows of CSV, Parquet and NDJSON files, in one pass and a fixed amount of memory.")
    .argument("<file...>", "files, or patterns such as 'runs/*.parquet'; .csv, .tsv, .ndjson, .jsonl and .json may end in .gz")
    .requiredOption("--loss <name>", "the loss; `simd-loss losses` lists them")
    .requiredOption("--prediction <columns>", "the prediction's column; several, as col,col… or 'logit*', make rows of classes")
    .requiredOption("--target <columns>", "the target's column: numbers, or class labels; or as many columns as the prediction has")
    .option("--weights <column>", "a column with a weight for each row")
    .addOption(new Option("--reduction <kind>", "what becomes of the rows' values").choices(["mean", "sum"]).default("mean"))
    .addOption(new Option("--precision <kind>", "what to compute in, whatever the file holds").choices(["f32", "f64"]).default("f64"))
    .option("--by <column>", "a column whose values group the rows: the report has the loss of each group");
  for (const option of outputOptions()) command.addOption(option);
  const flags = allFlags();
  for (const { flag, takers } of flags.values()) {
    const { written, read } = kinds[flag.kind];
    command.addOption(new Option(`${flag.name} ${written}`, takers.join("; ")).argParser<unknown>(read));
  }
  return command.action(async (patterns: string[], given: Arguments) => {
    const set = new Map<Flag, unknown>();
    for (const [option, { flag }] of flags) {
      if (given[option] !== undefined) set.set(flag, given[option]);
    }
    const loss = lossNamed(given.loss);
    const request: Request = { ...given, loss, options: lossOptions(loss, set) };
    print(await run(patterns, request), given);
  });
}

async function run(patterns: readonly string[], request: Request): Promise<Result> {
  const { connection, close } = await connect();
  const { watch, stop } = progressBar(process.stderr);
  try {
    const files = await matchFiles(connection, patterns);
    const tables: Table[] = [];
    for (const file of files) tables.push(await Table.open(connection, file));
    const evaluated = await evaluate(plan(request, tables), watch);
    return { ...request, ...evaluated, files, backend: backend().name };
  } finally {
    stop();
    close();
  }
}

/** The flags of all losses by option name, each with the losses that take it. */
function allFlags(): ReadonlyMap<string, { flag: Flag; takers: string[] }> {
  const flags = new Map<string, { flag: Flag; takers: string[] }>();
  for (const loss of losses.values()) {
    for (const flag of flagsOf(loss)) {
      if (!flags.has(flag.option)) flags.set(flag.option, { flag, takers: [] });
      flags.get(flag.option)!.takers.push(`${loss.lossName} (${describe(loss, flag)})`);
    }
  }
  return flags;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) throw new InvalidArgumentError(`It must be a number, got "${text}".`);
  return value;
}

function boolean(text: string): boolean {
  if (text !== "true" && text !== "false") throw new InvalidArgumentError(`It must be true or false, got "${text}".`);
  return text === "true";
}

function numbers(text: string): number[] {
  return text.split(",").map(number);
}
