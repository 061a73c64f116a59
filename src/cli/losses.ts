/** The library's losses by name, and the flags that their options become. */

import { boundsOf } from "../checks";
import * as library from "../index";
import type { Loss, LossParameter, Numbers } from "../types";
import { UsageError } from "./failures";
import { didYouMean } from "./nearest";

/** A loss with whatever options. */
export type AnyLoss = Loss<Numbers, Record<string, unknown>>;

/** A loss's option on the command line. */
export interface Flag {
  readonly option: string;
  /** As in `--label-smoothing`. */
  readonly name: string;
  /** What its value is. */
  readonly kind: "number" | "boolean" | "numbers";
}

/** Options that are a list of numbers, one for each class or label. Beside these, only a loss's parameters become flags. */
const lists: readonly string[] = ["classWeights", "posWeight"];

function isLoss(value: unknown): value is AnyLoss {
  return typeof value === "function" && "lossName" in value;
}

/** Whether it is a loss of what a table has, a prediction and a target in each row. Vectors and sequences take more. */
function isOfRows(loss: AnyLoss): boolean {
  return !("inputs" in loss);
}

export const losses: ReadonlyMap<string, AnyLoss> = new Map(
  Object.values<unknown>(library)
    .filter(isLoss)
    .filter(isOfRows)
    .map((loss) => [loss.lossName, loss]),
);

/** @throws UsageError naming the losses that exist */
export function lossNamed(name: string): AnyLoss {
  const loss = losses.get(name);
  if (loss === undefined) {
    const names = [...losses.keys()];
    if (isLoss((library as Record<string, unknown>)[name])) {
      throw new UsageError(`the command line has losses of rows only, of which ${name} is none; they are ${names.join(", ")}`);
    }
    throw new UsageError(`there is no loss ${name}${didYouMean(name, names)}; the losses are ${names.join(", ")}`);
  }
  return loss;
}

/** Whether the loss is over classes: its prediction has a column for each class, its target a label. */
export function overClasses(loss: AnyLoss): boolean {
  return loss.options.has("axis") && loss.options.has("classes");
}

export function flagsOf(loss: AnyLoss): readonly Flag[] {
  return [...loss.options]
    .filter((option) => option in loss.parameters || lists.includes(option))
    .map((option) => ({
      option,
      name: `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      kind: kindOf(loss.parameters[option]),
    }));
}

function kindOf(parameter: LossParameter | undefined): Flag["kind"] {
  if (parameter === undefined) return "numbers";
  return typeof parameter.default === "boolean" ? "boolean" : "number";
}

/** What an option may be, in a few words. */
export function describe(loss: AnyLoss, { option }: Flag): string {
  const parameter = loss.parameters[option];
  return parameter === undefined ? "numbers" : [`default ${parameter.default}`, ...boundsOf(parameter)].join(", ");
}

/** The options of the loss from the values of flags, by option name. @throws UsageError for a flag that the loss does not have */
export function lossOptions(loss: AnyLoss, given: ReadonlyMap<Flag, unknown>): Record<string, unknown> {
  const flags = flagsOf(loss);
  const options: Record<string, unknown> = {};
  for (const [{ option, name }, value] of given) {
    if (!loss.options.has(option)) {
      const own = flags.length === 0 ? "it has none of its own" : `its own are ${flags.map((flag) => flag.name).join(", ")}`;
      throw new UsageError(`${loss.lossName} has no option ${name}; ${own}`);
    }
    options[option] = value;
  }
  return options;
}
