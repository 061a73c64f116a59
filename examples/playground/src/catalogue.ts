/** The library's losses and activations as the page sees them: found by their features, described by their doc comments. */

import documentation, { type Documentation } from "virtual:documentation";
import type { LossParameters, Numbers, Reals } from "simd-loss";
import * as library from "simd-loss";
import type { Setting } from "./parameter";
import { accepts, type Shape, shapeOf, shapeOfActivation } from "./shape";

export type Options = Readonly<Record<string, unknown>>;
/** Values of a loss's own options. */
export type Settings = Readonly<Record<string, Setting>>;

/** What every loss has in common, whatever its targets and options. Predictions here are plain arrays or f64. */
export interface AnyLoss {
  (prediction: Reals, target: Numbers, options?: Options): number | Float64Array;
  grad(prediction: Reals, target: Numbers, options?: Options): Float64Array;
  valueAndGrad(prediction: Reals, target: Numbers, options?: Options): { value: number; grad: Float32Array | Float64Array };
  gradAndHess?(prediction: Reals, target: Numbers, options?: Options): { grad: Float64Array; hess: Float64Array };
  readonly lossName: string;
  readonly options: ReadonlySet<string>;
  readonly parameters: LossParameters;
}

export interface AnyActivation {
  (x: Reals, options?: Options): Float64Array;
  grad(x: Reals, upstream: Numbers, options?: Options): Float64Array;
  readonly activationName: string;
}

interface Described extends Documentation {
  readonly name: string;
}

export interface LossEntry extends Described {
  readonly loss: AnyLoss;
  /** The options that a control can set. */
  readonly parameters: LossParameters;
  readonly shape: Shape;
  /** The shape under some of those options: they may leave other ranges of predictions and targets. */
  shapeWith(options: Settings): Shape;
  accepts(options: Settings): boolean;
}

interface ActivationEntry extends Described {
  readonly activation: AnyActivation;
  readonly shape: Shape;
}

export type Entry = LossEntry | ActivationEntry;

/** Options that are no quantity: the label that means none. */
const codes = new Set(["ignoreIndex"]);
/** Numeric options that may also be arrays, which a loss therefore does not list among its parameters. */
const arrayOptions: LossParameters = { posWeight: { default: 1, atLeast: 0 } };

/** In the order of the documentation, which keeps families together; a module's names come in that of the alphabet. */
const order = Object.keys(documentation);
const exported = Object.entries(library)
  .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  .map(([, value]) => value as unknown);
const having = <T>(key: string) => exported.filter((f): f is T => typeof f === "function" && key in f);
const undocumented: Documentation = { summary: "", formula: "", use: "", groups: [], also: "" };

function parametersOf(loss: AnyLoss): LossParameters {
  const own = Object.entries(loss.parameters).filter(([name]) => !codes.has(name));
  const others = Object.entries(arrayOptions).filter(([name]) => loss.options.has(name) && !(name in loss.parameters));
  return Object.fromEntries([...own, ...others]);
}

function underOptions(loss: AnyLoss, described: Described, usual: Shape): Pick<LossEntry, "shapeWith" | "accepts"> {
  const known = new Map<string, Shape>();
  return {
    shapeWith(options) {
      if (usual.kind !== "pointwise") return usual;
      const key = JSON.stringify(options);
      const found = known.get(key) ?? shapeOf(loss, described, options);
      const shape = found?.kind === "pointwise" ? { ...usual, prediction: found.prediction, target: found.target } : usual;
      known.set(key, shape);
      return shape;
    },
    accepts: (options) => accepts(loss, usual, options),
  };
}

const losses = having<AnyLoss>("lossName").map((loss) => {
  const described = { name: loss.lossName, ...(documentation[loss.lossName] ?? undocumented) };
  const shape = shapeOf(loss, described);
  return { ...described, loss, parameters: parametersOf(loss), shape, ...(shape && underOptions(loss, described, shape)) };
});
const activations = having<AnyActivation>("activationName").map((activation) => ({
  name: activation.activationName,
  ...(documentation[activation.activationName] ?? undocumented),
  activation,
  shape: shapeOfActivation(activation),
}));

const drawable = (entry: { readonly shape: Shape | undefined }): entry is { readonly shape: Shape } => entry.shape !== undefined;

/** The losses that are a curve of one number. */
export const drawableLosses: readonly LossEntry[] = losses.filter(drawable) as LossEntry[];
/** Those and the activations that work element by element, by name. */
export const entries: ReadonlyMap<string, Entry> = new Map(
  [...drawableLosses, ...(activations.filter(drawable) as ActivationEntry[])].map((entry) => [entry.name, entry]),
);
/** The names of the losses and activations that are no curve of one number. */
export const undrawable: readonly string[] = [...losses, ...activations].filter((entry) => !drawable(entry)).map(({ name }) => name);

/** The entries by the first of their groups, in the order of the library. */
export function byGroup(chosen: Iterable<Entry>): ReadonlyMap<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of chosen) {
    const group = entry.groups[0] ?? "others";
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return groups;
}
