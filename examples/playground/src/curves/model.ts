/** What the curves section shows: which losses with which targets and options, against what; and that in the address. */

import { lastOf, type Query } from "../address";
import { type Entry, entries, type LossEntry, type Settings } from "../catalogue";
import { type Setting, settingFrom } from "../parameter";
import { fineStep, type Range, type Shape } from "../shape";

/** A loss or activation, with what its value depends on beside the prediction. */
export interface Curve {
  readonly name: string;
  readonly target: number;
  /** How many classes there are, for losses over classes. */
  readonly classes: number;
  /** The loss's own options where they are not the defaults. */
  readonly options: Settings;
}

/** What the abscissa is: the prediction as the loss takes it, the logit, or the probability. */
export type Axis = "prediction" | "logit" | "probability";

export interface Picture {
  readonly curves: readonly Curve[];
  readonly axis: Axis;
  /** Where the numbers are read off. */
  readonly at: number;
  /** That all targets move together. */
  readonly linked: boolean;
}

const DEFAULT_CLASSES = 3;
const LOGITS: Range = { min: -8, max: 8, step: 0.04 };
const PROBABILITIES: Range = { min: 0, max: 1, step: 0.0025 };
const NUMBERS: Range = { min: -4, max: 4, step: 0.02 };

export const entryOf = ({ name }: Curve): Entry => entries.get(name)!;
const isLoss = (entry: Entry): entry is LossEntry => "loss" in entry;

/** How a curve is drawn, given its options. */
export function shapeOf(curve: Curve): Shape {
  const entry = entryOf(curve);
  return isLoss(entry) ? entry.shapeWith(curve.options) : entry.shape;
}

/** A new curve of an entry. */
export function curveOf(name: string, settings: Partial<Curve> = {}): Curve {
  const curve = { name, target: 0, classes: DEFAULT_CLASSES, options: {}, ...settings };
  if (settings.target !== undefined) return curve;
  const shape = shapeOf(curve);
  return shape.kind === "pointwise" ? { ...curve, target: held(shape.target.min > 0 ? 1 : 0, shape.target) } : curve;
}

/** A number held within a range; on its grid where the range has but a few values. */
function held(x: number, { min, max, step }: Range): number {
  const inside = Math.min(Math.max(x, min), max);
  return max - min <= 4 * step ? min + step * Math.round((inside - min) / step) : inside;
}

/** What curves can be drawn against together. */
export function axesFor(curves: readonly Curve[]): readonly Axis[] {
  const shapes = curves.map(shapeOf);
  if (shapes.some(({ kind }) => kind === "classes")) return ["logit", "probability"];
  const graded = shapes.some((shape) => shape.kind === "pointwise" && shape.takes !== "number");
  return graded ? ["prediction", "logit", "probability"] : ["prediction"];
}

/** The abscissas of a picture. */
export function rangeOf({ curves, axis }: Picture): Range {
  if (axis === "logit") return LOGITS;
  if (axis === "probability") return PROBABILITIES;
  const ranges = curves.map((curve) => {
    const shape = shapeOf(curve);
    return shape.kind === "pointwise" ? shape.prediction : shape.kind === "activation" ? LOGITS : NUMBERS;
  });
  if (ranges.length === 0) return NUMBERS;
  const min = Math.max(...ranges.map((range) => range.min));
  const max = Math.min(...ranges.map((range) => range.max));
  return { min, max, step: fineStep(min, max) };
}

/** The targets that all of the curves which have one can take. */
export function targetRange(curves: readonly Curve[]): Range | undefined {
  const ranges = curves.flatMap((curve) => {
    const shape = shapeOf(curve);
    return shape.kind === "pointwise" ? [shape.target] : [];
  });
  if (ranges.length === 0) return undefined;
  return {
    min: Math.max(...ranges.map(({ min }) => min)),
    max: Math.min(...ranges.map(({ max }) => max)),
    step: Math.max(...ranges.map(({ step }) => step)),
  };
}

/** A curve with a target that it can take. */
export function aimed(curve: Curve, target: number): Curve {
  const shape = shapeOf(curve);
  return shape.kind === "pointwise" ? { ...curve, target: held(target, shape.target) } : curve;
}

/** A picture whose axis and targets fit its curves, and whose mark lies in it where its slider can be. */
export function settled(picture: Picture): Picture {
  const axes = axesFor(picture.curves);
  const axis = axes.includes(picture.axis) ? picture.axis : axes[0]!;
  const fitting = { ...picture, axis, curves: picture.curves.map((curve) => aimed(curve, curve.target)) };
  const { min, max, step } = rangeOf(fitting);
  const onGrid = Number((min + Math.round((picture.at - min) / step) * step).toFixed(10));
  return { ...fitting, at: Math.min(Math.max(onGrid, min), max) };
}

/** `huber;target:0;delta:2` for each curve, and the rest by name. */
export function toQuery({ curves, axis, at, linked }: Picture): Query {
  return [
    ...curves.map((curve) => ["curve", curveText(curve)] as const),
    ["axis", axis],
    ["at", String(at)],
    ...(linked ? [] : [["linked", "no"] as const]),
  ];
}

function curveText(curve: Curve): string {
  const { name, target, classes, options } = curve;
  const { kind } = shapeOf(curve);
  const settings: Settings = {
    ...(kind === "pointwise" ? { target } : {}),
    ...(kind === "classes" ? { classes } : {}),
    ...options,
  };
  return [name, ...Object.entries(settings).map(([key, value]) => `${key}:${value}`)].join(";");
}

/** The picture that an address asks for; what it cannot mean is left out. */
export function fromQuery(query: Query): Picture | undefined {
  const curves = query.flatMap(([key, text]) => (key === "curve" ? curveFrom(text) : []));
  if (curves.length === 0) return undefined;
  const axis = lastOf(query, "axis") as Axis | undefined;
  const at = Number(lastOf(query, "at") ?? NaN);
  return settled({ curves, axis: axis ?? "prediction", at: Number.isFinite(at) ? at : 0.5, linked: lastOf(query, "linked") !== "no" });
}

function curveFrom(text: string): Curve[] {
  const [name = "", ...parts] = text.split(";");
  const entry = entries.get(name);
  if (entry === undefined) return [];
  const given = new Map(parts.map((part) => part.split(":")).map(([key = "", value = ""]) => [key, value]));
  const [target, classes] = [Number(given.get("target") || NaN), Number(given.get("classes") || NaN)];
  const curve = curveOf(name, {
    classes: Number.isInteger(classes) && classes >= 2 && classes <= 20 ? classes : DEFAULT_CLASSES,
    options: isLoss(entry) ? optionsFrom(entry, given) : {},
  });
  return [Number.isFinite(target) ? aimed(curve, target) : curve];
}

/** The options that a loss knows and takes. */
function optionsFrom(entry: LossEntry, given: ReadonlyMap<string, string>): Settings {
  const found: Record<string, Setting> = {};
  for (const [name, parameter] of Object.entries(entry.parameters)) {
    const setting = settingFrom(given.get(name) ?? "", parameter);
    if (setting !== undefined && entry.accepts({ ...found, [name]: setting })) found[name] = setting;
  }
  return found;
}
