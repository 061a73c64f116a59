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
export interface PointwiseShape {
  readonly kind: "pointwise";
  readonly takes: Takes;
  readonly prediction: Range;
  readonly target: Range;
}

/** Of a row of classes and its label, or the label as a distribution. */
export interface ClassShape {
  readonly kind: "classes";
  readonly takes: Takes;
  readonly by: "label" | "distribution";
  /** That the option `classes` tells how many there are. */
  readonly sized: boolean;
}

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

/** How a loss can be drawn; undefined if its value is no function of one number. */
export function shapeOf(loss: AnyLoss, documented: { readonly formula: string; readonly groups: readonly string[] }): Shape | undefined {
  return classShape(loss) ?? pointwiseShape(loss, documented);
}

function classShape(loss: AnyLoss): ClassShape | undefined {
  const sizes = loss.options.has("classes") ? [false, true] : [false];
  for (const by of ["label", "distribution"] as const) {
    for (const sized of sizes) {
      const options = sized ? { classes: row.length } : {};
      const target = by === "label" ? [1] : [0, 1, 0];
      const values = tried(loss, row, target, options);
      if (values?.length !== 1 || !Number.isFinite(values[0])) continue;
      const shifted = tried(
        loss,
        row.map((x) => x + SHIFT),
        target,
        options,
      );
      const change = (shifted?.[0] ?? NaN) - values[0]!;
      const near = (expected: number) => Math.abs(change - expected) < 1e-9;
      return { kind: "classes", by, sized, takes: near(0) ? "logit" : near(-SHIFT) ? "logProbability" : "probability" };
    }
  }
  return undefined;
}

function pointwiseShape(
  loss: AnyLoss,
  { formula, groups }: { readonly formula: string; readonly groups: readonly string[] },
): PointwiseShape | undefined {
  const rows = targets.map((target) => ({
    target,
    values: tried(
      loss,
      grid,
      grid.map(() => target),
    ),
  }));
  const taken = rows.filter(({ values }) => values?.some(Number.isFinite));
  if (taken.length === 0 || !taken.every(({ target, values }) => isElementwise(loss, target, values!))) return undefined;
  const defined = (x: number) => taken.some(({ target }) => Number.isFinite(tried(loss, [x], [target])?.[0]));
  const inside = grid.filter((_, i) => taken.some(({ values }) => Number.isFinite(values![i])));
  const least = inside[0] === -FAR ? -FAR : boundary(defined, inside[0]!, inside[0]! - STEP);
  const most = inside.at(-1) === FAR ? FAR : boundary(defined, inside.at(-1)!, inside.at(-1)! + STEP);
  const prediction = { min: least, max: most, step: (most - least) / 400 };
  const within = least > -STEP && most < 1 + STEP;

  if (groups.includes("binary") || groups.includes("multi-label")) {
    const none = rows.find(({ target }) => target === 0)!.values;
    const signs = none === undefined || none.every((value) => value === none[0]);
    const half = rows.find(({ target }) => target === 0.5)!.values !== undefined;
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

/** Whether values depend on nothing but their own element. */
function isElementwise(loss: AnyLoss, target: number, values: readonly number[]): boolean {
  if (values.length !== grid.length) return false;
  return [3, 18].every((i) => Object.is(tried(loss, [grid[i]!], [target])?.[0] ?? NaN, values[i]));
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
