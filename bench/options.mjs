/** The benchmark's options, each checked as it is read. */

import { Command, InvalidArgumentError, Option } from "commander";
import { backends } from "./contenders.mjs";
import { canPin } from "./contestant.mjs";
import { engineAt } from "./machine.mjs";

/** What `read` makes of an option's text; its error becomes the command line's. */
function reading(read) {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      throw new InvalidArgumentError(error.message);
    }
  };
}

const pattern = (text) => new RegExp(text, "i");

function backendNames(text) {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !backends.includes(name));
  if (unknown !== undefined) throw new Error(`There is no backend "${unknown}": they are ${backends.join(", ")}.`);
  return names;
}

function coreNumber(text) {
  if (!/^\d+$/.test(text)) throw new Error("It must be the number of one core.");
  if (!canPin(text)) throw new Error("No process can be pinned to it here.");
  return Number(text);
}

function seconds(text) {
  const number = Number(text);
  if (!(number > 0 && number < Infinity)) throw new Error("It must be a positive number.");
  return number;
}

const thisNode = { node: process.execPath, version: process.version, v8: process.versions.v8 };

const option = (flags, description, read, value, valueDescription) =>
  new Option(flags, description).argParser(reading(read)).default(value, valueDescription);

/** The command line, which ends with status 0 for help, 2 if it means nothing. */
export const commandLine = new Command("npm run bench --")
  .description("Compares the speed of the library's backends with loops in JavaScript and C, and with other libraries.")
  .addOption(option("--only <regex>", "workloads whose name or group matches, or `cold start`", pattern, /(?:)/, "all"))
  .addOption(option("--contender <regex>", "contenders whose name matches, besides naive", pattern, /(?:)/, "all"))
  .addOption(option("--backend <list>", "the library's backends that take part", backendNames, backends, backends.join()))
  .option("--peers", "other libraries too, installed at the first use")
  .option("--quick", "7 short rounds instead of 15 longer ones")
  .addOption(option("--node <path>", "the Node binary in which contenders run", engineAt, thisNode, "this one"))
  .addOption(option("--core <n>", "the core to which contenders are pinned; without it the last", coreNumber))
  .addOption(option("--timeout <seconds>", "how long a contender may take for a reply", seconds, 300))
  .option("--json <file>", "every round, the errors and the circumstances")
  .option("--markdown <file>", "the tables")
  .option("--svg <file>", "a chart")
  .option("--readme", "README.md's performance section, and its chart")
  .showHelpAfterError("(npm run bench -- --help tells more)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

/** A word as a shell takes it. */
const quoted = (word) => (/^[\w./=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** The command that ran, for reports. */
export const commandOf = (words) => ["npm run bench", ...(words.length > 0 ? ["--", ...words.map(quoted)] : [])].join(" ");
