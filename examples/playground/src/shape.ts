/** What a loss takes, found by trying it: numbers, probabilities or logits, one by one or in rows of classes. */

import type { AnyActivation, AnyLoss, Options } from "./catalogue";

/** What the prediction is. A logit may be any number that grows with the probability: a score. */
export type Takes = "number" | "probability" | "logit" | "logProbability";

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Of one prediction and one target. */
interface PointwiseShape {
  readonly kind: "pointwise";
  readonly takes: Takes;
  readonly prediction: Range;
  readonly target: Range;
}

/** Of a row of classes and its label, the label as a distribution, or the label in a list of labels. */
export interface ClassShape {
  readonly kind: "classes";
  readonly takes: Takes;
  /** That each class is a yes or no by itself, where logits are taken. */
  readonly independent: boolean;
  readonly by: "label" | "distribution" | "labels";
  /** The option that tells how many classes there are; a label needs none. */
  readonly sizedBy: Size | undefined;
}

const sizes = ["classes", "dimensions"] as const;
type Size = (typeof sizes)[number];

/** Of one number, without a target. */
export interface ActivationShape {
  readonly kind: "activation";
}

export type Shape = PointwiseShape | ClassShape | ActivationShape;

const STEP = 0.25;
const FAR = 4;
const grid = Array.from({ length: (2 * FAR) / STEP + 1 }, (_, i) => i * STEP - FAR);
const targets = [-FAR, -1, 0, 0.5, 1, 2, FAR];
const row = [0.2, 0.3, 0.5];
const otherRow = [0.5, 0.1, 0.4];
const oneHot = [0, 1, 0];
const SHIFT = 0.25;

/** The values without reduction, or undefined if the loss takes no such arguments. */
function tried(loss: AnyLoss, prediction: readonly number[], target: readonly number[], options: Options = {}): number[] | undefined {
  try {
    const values = loss(prediction, target, { ...options, reduction: "none" });
    return typeof values === "number" ? undefined : Array.from(values);
  } catch {
    return undefined;
  }
}

interface Documented {
  readonly formula: string;
  readonly groups: readonly string[];
}

/** How a loss can be drawn under some of its own options; undefined if its value is no function of one number. */
export function shapeOf(loss: AnyLoss, documented: Documented, options: Options = {}): Shape | undefined {
  return classShape(loss, documented, options) ?? pointwiseShape(loss, documented, options);
}

/** Whether a loss of a shape takes these options. */
export function accepts(loss: AnyLoss, shape: Shape, options: Options): boolean {
  if (shape.kind === "activation") return false;
  if (shape.kind === "pointwise") return tried(loss, [shape.prediction.max], [shape.target.max], options) !== undefined;
  return tried(loss, row, classTargets(shape, [1], row.length), { ...options, ...sizeOption(shape, row.length) }) !== undefined;
}

/** The targets of a loss over classes for the label of each sample, flat. */
export function classTargets({ by }: Pick<ClassShape, "by">, labels: ArrayLike<number>, classes: number): number[] {
  if (by === "label") return Array.from(labels);
  return Array.from({ length: labels.length * classes }, (_, i) => {
    const [label, c] = [labels[Math.floor(i / classes)]!, i % classes];
    // A list of labels is ended by -1.
    return by === "labels" ? (c === 0 ? label : -1) : Number(c === label);
  });
}

/** The option by which a loss over classes learns how many there are. */
export function sizeOption({ sizedBy }: Pick<ClassShape, "sizedBy">, classes: number): Options {
  return sizedBy === undefined ? {} : { [sizedBy]: classes };
}

/** What a row's value becomes if the same is added to all of its predictions. */
function shifted(loss: AnyLoss, target: readonly number[], options: Options): number {
  const sum = (shift: number) => {
    const at = row.map((x) => x + shift);
    return tried(loss, at, target, options)?.reduce((a, b) => a + b, 0) ?? NaN;
  };
  return sum(SHIFT) - sum(0);
}

const near = (x: number, expected: number) => Math.abs(x - expected) < 1e-9;

function classShape(loss: AnyLoss, { formula }: Documented, options: Options): ClassShape | undefined {
  const size = sizes.find((name) => loss.options.has(name));
  for (const by of ["label", "distribution", "labels"] as const) {
    const sizedBy = by === "label" ? undefined : size;
    const given = { ...options, ...sizeOption({ sizedBy }, row.length) };
    // A loss of lists of labels takes a distribution of one label for such a list.
    if (by === "distribution" && tried(loss, row, [0, 0.5, 0.5], given) === undefined) continue;
    const target = classTargets({ by }, [1], row.length);
    const values = tried(loss, row, target, given);
    if (values?.length !== 1 || !Number.isFinite(values[0])) continue;
    // A loss that compares the rows of a batch with each other has but one value for a lone row.
    if (tried(loss, otherRow, target, given)?.[0] === values[0]) continue;
    const change = shifted(loss, target, given);
    const independent = !near(change, 0) && !near(change, -SHIFT) && /\bx_/.test(formula);
    const takes = near(change, 0) || independent ? "logit" : near(change, -SHIFT) ? "logProbability" : "probability";
    return { kind: "classes", by, sizedBy, takes, independent };
  }
  return undefined;
}

function pointwiseShape(loss: AnyLoss, { formula, groups }: Documented, options: Options): PointwiseShape | undefined {
  const rows = targets.map((target) => {
    const all = grid.map(() => target);
    return { target, values: tried(loss, grid, all, options) };
  });
  const taken = ofOneSign(rows.filter((each): each is Tried => each.values?.some(Number.isFinite) ?? false));
  if (taken.length === 0 || !taken.every(({ target, values }) => isElementwise(loss, target, values, options))) return undefined;
  const term = termShape(loss, options);
  if (term !== undefined) return term;
  const defined = (x: number) => taken.some(({ target }) => Number.isFinite(tried(loss, [x], [target], options)?.[0]));
  const inside = grid.filter((_, i) => taken.some(({ values }) => Number.isFinite(values[i])));
  const least = inside[0] === -FAR ? -FAR : boundary(defined, inside[0]!, inside[0]! - STEP);
  const most = inside.at(-1) === FAR ? FAR : boundary(defined, inside.at(-1)!, inside.at(-1)! + STEP);
  const prediction = { min: least, max: most, step: fineStep(least, most) };
  const within = least > -STEP && most < 1 + STEP;

  if (groups.includes("binary") || groups.includes("multi-label")) {
    const of = (wanted: number) => rows.find(({ target }) => target === wanted)!.values;
    const half = of(0.5) !== undefined;
    const signs = ofSigns(of(-1), of(0), of(1));
    const takes = within ? "probability" : signs || /\bx\b/.test(formula) ? "logit" : "probability";
    return {
      kind: "pointwise",
      takes,
      prediction: takes === "probability" ? { min: 0, max: 1, step: 0.0025 } : { min: -FAR, max: FAR, step: 0.02 },
      target: signs ? { min: -1, max: 1, step: half ? 0.05 : 2 } : { min: 0, max: 1, step: half ? 0.05 : 1 },
    };
  }
  const first = taken[0]!.target;
  return {
    kind: "pointwise",
    takes: within ? "probability" : "number",
    prediction,
    target: within ? { min: 0, max: 1, step: 0.05 } : { min: first > 0 ? 0.1 : first, max: taken.at(-1)!.target, step: 0.1 },
  };
}

interface Tried {
  readonly target: number;
  readonly values: number[];
}

/** A step to read numbers off at, some hundreds of them in a range. */
export function fineStep(min: number, max: number): number {
  return [0.0025, 0.01, 0.02].find((step) => max - min <= 500 * step) ?? (max - min) / 400;
}

/** Without the targets below 0, if no prediction fits them that fits one above: such a loss is of positive numbers. */
function ofOneSign(taken: readonly Tried[]): readonly Tried[] {
  const positive = taken.filter(({ target }) => target > 0);
  const shared = grid.some((_, i) =>
    taken.some(
      ({ target, values }) => target < 0 && Number.isFinite(values[i]) && positive.some((each) => Number.isFinite(each.values[i])),
    ),
  );
  return shared || positive.length === 0 ? taken : taken.filter(({ target }) => target >= 0);
}

/** Whether the targets of a yes and a no are 1 and -1: a score counts for the one as its opposite does for the other. */
function ofSigns(negative: number[] | undefined, none: number[] | undefined, yes: number[] | undefined): boolean {
  if (yes === undefined || negative === undefined) return false;
  const mirrored = yes.toReversed();
  const same = (values: number[]) => values.every((value, i) => near(value, mirrored[i]!));
  return same(negative) && !(none !== undefined && same(none)) && yes.every((value, i) => i === 0 || value <= yes[i - 1]!);
}

/** Of a loss that is a term of a sum over classes, by log-probability: the target is a probability or a log-probability too. */
function termShape(loss: AnyLoss, options: Options): PointwiseShape | undefined {
  if (!loss.options.has("classes")) return undefined;
  const falls = (target: readonly number[]) => near(shifted(loss, target, options), -SHIFT);
  const logarithmic = falls(oneHot.map(Math.log));
  if (!logarithmic && !falls(oneHot)) return undefined;
  return {
    kind: "pointwise",
    takes: "logProbability",
    prediction: { min: -2 * FAR, max: 0, step: 0.02 },
    target: logarithmic ? { min: -FAR, max: 0, step: 0.05 } : { min: 0, max: 1, step: 0.05 },
  };
}

/** Whether values depend on nothing but their own element. */
function isElementwise(loss: AnyLoss, target: number, values: readonly number[], options: Options): boolean {
  if (values.length !== grid.length) return false;
  return [3, 18].every((i) => Object.is(tried(loss, [grid[i]!], [target], options)?.[0] ?? NaN, values[i]));
}

/** Beside an end that does not itself belong to an interval. */
const BESIDE = 0.01;

/** The end of an interval on which a condition holds, from a number within and one beyond; near it where it is a pole. */
function boundary(holds: (x: number) => boolean, within: number, beyond: number): number {
  let [inside, outside] = [within, beyond];
  for (let i = 0; i < 40; i++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  const whole = Math.round(inside);
  if (Math.abs(inside - whole) > 1e-6) return inside;
  return holds(whole) ? whole : whole + BESIDE * Math.sign(within - beyond);
}

/** An activation that works element by element. */
export function shapeOfActivation(activation: AnyActivation): ActivationShape | undefined {
  const one = activation([grid[3]!]);
  const all = activation(grid);
  return all.length === grid.length && one[0] === all[3] ? { kind: "activation" } : undefined;
}
