/** A user's own pointwise loss, with the face of a built-in one. */

import { sweep } from "../assembly/kernels/pointwise";
import { CompactBinary } from "../assembly/kernels/pointwiseFormulas";
import type { Machine } from "../assembly/machine";
import { checkDefault, checkFree, checkFunction, checkOptions, checkRecord, checkText } from "./checks";
import { curvedNames, optionNames, ownOptions } from "./face/options";
import { pointwiseLoss } from "./face/pointwise";
import { plainStage } from "./staging/stages";
import type { CurvedLoss, Numbers } from "./types";

/** What {@link defineLoss} makes a loss of. `O` are the numeric options of the loss, with their defaults. */
export interface LossDefinition<O extends Readonly<Record<string, number>>> {
  /** The name that errors and reports show. Default `"custom"`. */
  name?: string | undefined;
  /** The loss of one element. */
  value: (prediction: number, target: number, options: O) => number;
  /** The derivative of `value` with respect to the prediction. */
  grad: (prediction: number, target: number, options: O) => number;
  /** The derivative of `grad` with respect to the prediction; without it, `gradAndHess` throws. */
  hess?: ((prediction: number, target: number, options: O) => number) | undefined;
  /** The options of the loss, and their defaults. */
  options?: O | undefined;
}

/** A user's formula, on the plain machine: its lanes are numbers. */
class CustomFormula<O extends Readonly<Record<string, number>>> extends CompactBinary {
  constructor(
    private readonly definition: Pick<LossDefinition<O>, "value" | "grad" | "hess">,
    private readonly options: O,
  ) {
    super();
  }

  common(_m: Machine, p: number): number {
    return p;
  }

  value(m: Machine, _c: number, p: number, t: number): number {
    return m.splat(this.definition.value(p, t, this.options));
  }

  slope(m: Machine, _c: number, p: number, t: number): number {
    return m.splat(this.definition.grad(p, t, this.options));
  }

  curvature(m: Machine, _c: number, p: number, t: number): number {
    return m.splat(this.definition.hess!(p, t, this.options));
  }
}

/** How many sweeps of users' formulas are under way: a formula may call losses, and those formulas others. */
let depth = 0;

const sweepDeeper: typeof sweep = (formula, machine, call) => {
  depth++;
  try {
    return sweep(formula, machine, call);
  } finally {
    depth--;
  }
};

/**
 * Makes a loss of a formula: reductions, weights, upstream gradients, `out`, f32 and f64 as with any built-in loss.
 * The formula runs in JavaScript, element by element, on every backend.
 *
 * @throws TypeError if `value`, `grad` or `hess` is no function, `options` no object, an option's default no number, or the definition
 * has what is not known; RangeError for an option of a name that every loss has
 * @example
 * const cauchy = defineLoss({
 *   name: "cauchy",
 *   options: { scale: 1 },
 *   value: (p, t, { scale }) => Math.log1p(((p - t) / scale) ** 2),
 *   grad: (p, t, { scale }) => (2 * (p - t)) / (scale ** 2 + (p - t) ** 2),
 * });
 * cauchy([1, 2, 3], [1, 2, 5]); // 0.5364793
 * cauchy.grad([1, 2, 3], [1, 2, 5], { scale: 2, reduction: "sum" }); // [0, 0, -0.5]
 */
export function defineLoss<O extends Readonly<Record<string, number>> = Record<never, never>>(
  definition: LossDefinition<O>,
): CurvedLoss<Numbers, Partial<O>> {
  checkOptions(definition, new Set(["name", "value", "grad", "hess", "options"]));
  // A copy: what becomes of the caller's object is nothing to the loss.
  const { name = "custom", options = {} as O, value, grad, hess } = definition;
  checkText("name", name);
  checkRecord("options", options, "an object of numbers by name");
  const shared = optionNames(curvedNames(optionNames([])));
  for (const option of Object.keys(options)) checkFree(option, shared);
  checkFunction("value", value);
  checkFunction("grad", grad);
  if (hess !== undefined) checkFunction("hess", hess);
  const formula = { value, grad, ...(hess !== undefined && { hess }) };
  const parameters = Object.fromEntries(
    Object.entries(options).map(([option, number]) => [option, { default: checkDefault(option, number) }]),
  );
  const loss = pointwiseLoss<object, Partial<O>>({
    name,
    own: ownOptions(parameters),
    kernel: (own) => ({ name, id: -1, formula: new CustomFormula(formula, own as unknown as O), run: sweepDeeper }),
    stage: (precision) => plainStage(precision, depth),
  });
  if (hess !== undefined) return loss;
  return Object.assign(loss, {
    gradAndHess: () => {
      throw new TypeError(`gradAndHess needs hess in the definition of ${name}, got none`);
    },
  });
}
