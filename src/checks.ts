/** What callers pass, checked: each check, and the sentence that answers what fails it. */

import type { Precision } from "./backends/kinds";
import type { Layout } from "./layout";
import { overlap } from "./overlap";
import type { Hessian, Labels, LossParameter, LossParameters, Numbers, Output, Reals, Reduction } from "./types";

/** The labels that are no list of numbers. */
export type Integers = Exclude<Labels, readonly number[]>;

/** What a value is, for an error's "got". */
function kind(x: unknown): string {
  if (typeof x === "string") return `the string ${JSON.stringify(x)}`;
  if (x !== Object(x)) return String(x);
  const maker = (x as object).constructor ?? Object;
  // A frame's or a vm's Float64Array has the name of the one that is wanted.
  return `${/^[AEIO]/.test(maker.name) ? "an" : "a"} ${maker.name}${maker instanceof Object ? "" : " of another realm"}`;
}

/** Checks for an object of fields, of whatever class: what a Map, Set or Date says would be overlooked. */
export function checkRecord(name: string, value: unknown, must = "an object"): void {
  if ({}.toString.call(value) !== "[object Object]") throw new TypeError(`${name} must be ${must}, got ${kind(value)}`);
}

function isIntegers(x: unknown): x is Integers {
  return (
    x instanceof Int32Array ||
    x instanceof Uint8Array ||
    x instanceof Int8Array ||
    x instanceof Uint8ClampedArray ||
    x instanceof Uint16Array ||
    x instanceof Int16Array ||
    x instanceof Uint32Array
  );
}

/** The precision in which a prediction is computed. */
export function checkReals(name: string, x: Reals): Precision {
  return checkArray(name, x, false);
}

/** Numbers that are only read. */
export function checkNumbers(name: string, x: Numbers): void {
  checkArray(name, x, true);
}

/** The precision of numbers, which an array of integers may hold too if `integral`. */
function checkArray(name: string, x: unknown, integral: boolean): Precision {
  if (x instanceof Float32Array) return "f32";
  if (x instanceof Float64Array || (integral && isIntegers(x))) return "f64";
  if (!Array.isArray(x)) {
    throw new TypeError(
      `${name} must be ${integral ? "a typed array" : "a Float32Array, a Float64Array"} or an array of numbers, got ${kind(x)}`,
    );
  }
  for (let i = 0; i < x.length; i++) {
    if (typeof x[i] !== "number") throw new TypeError(`${name} must hold numbers, got ${kind(x[i])} at index ${i}`);
  }
  return "f64";
}

export function checkLength(name: string, length: number, expected: number, of: string): void {
  if (length !== expected) throw new RangeError(`${name} must have ${of}, ${expected}, got ${length}`);
}

/** Checks that a mask holds numbers or booleans. */
function checkMaskKind(mask: unknown): void {
  if (Array.isArray(mask)) {
    for (let i = 0; i < mask.length; i++) {
      const entry = typeof mask[i];
      if (entry !== "number" && entry !== "boolean") {
        throw new TypeError(`mask must hold booleans or numbers, got ${kind(mask[i])} at index ${i}`);
      }
    }
  } else checkNumbers("mask", mask as Numbers);
}

/** Checks a mask: a number or a boolean for each logit. */
export function checkMask(mask: unknown, length: number): void {
  checkMaskKind(mask);
  checkLength("mask", (mask as Numbers).length, length, "one entry for each logit");
}

/** Weights of samples, if there are any. */
export function checkSampleWeights(weights: Numbers | undefined, samples: number): void {
  if (weights === undefined) return;
  checkNumbers("weights", weights);
  checkLength("weights", weights.length, samples, "one number for each sample");
}

/** How many consecutive values each weight is for. */
export function checkWeights(weights: Numbers, count: number): number {
  checkNumbers("weights", weights);
  const repeat = weights.length === count ? 1 : count / weights.length;
  if (Number.isInteger(repeat)) return repeat;
  throw new RangeError(`weights must have a number for each element or sample of ${count} elements, got ${weights.length}`);
}

/** One of several names, of which the first is the default. */
export function checkName<N extends string>(name: string, value: unknown, names: readonly N[]): N {
  if (value === undefined) return names[0]!;
  if (names.includes(value as N)) return value as N;
  throw new TypeError(`${name} must be one of ${names.join(", ")}, got ${kind(value)}`);
}

export const reductions: readonly Reduction[] = ["mean", "sum", "none"];

export function checkReduction<R extends string = Reduction>(reduction: R | undefined, allowed = reductions as readonly string[]): R {
  return checkName("reduction", reduction, allowed) as R;
}

const hessians: readonly Hessian[] = ["exact", "xgboost", "lightgbm", "gaussNewton"];

export function checkHessian(hessian: Hessian | undefined): Hessian {
  return checkName("hessian", hessian, hessians);
}

/** Rejects an option that the function does not have: a misspelt one would be ignored in silence. */
export function checkOptions(options: object, known: ReadonlySet<string>): void {
  checkRecord("options", options);
  for (const key in options) {
    if (!known.has(key)) throw new TypeError(`option "${key}" is not known here: expected one of ${[...known].join(", ")}`);
  }
}

/** What bounds a number may have, in words. */
export function boundsOf({ atLeast, above, atMost }: LossParameter): string[] {
  return [
    atLeast === undefined ? "" : `at least ${atLeast}`,
    above === undefined ? "" : `above ${above}`,
    atMost === undefined ? "" : `at most ${atMost}`,
  ].filter((bound) => bound !== "");
}

/** An option's value, or its default. */
export function checkParameter<V extends number | boolean>(name: string, value: unknown, parameter: LossParameter & { default: V }): V;
export function checkParameter(name: string, value: unknown, parameter: LossParameter): number | boolean {
  if (value === undefined) return parameter.default;
  if (typeof parameter.default === "boolean") {
    if (typeof value === "boolean") return value;
    throw new TypeError(`${name} must be true or false, got ${kind(value)}`);
  }
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${kind(value)}`);
  const { atLeast, above, atMost } = parameter;
  if (
    Number.isNaN(value) ||
    (atLeast !== undefined && value < atLeast) ||
    (above !== undefined && value <= above) ||
    (atMost !== undefined && value > atMost)
  ) {
    throw new RangeError(`${name} must be ${boundsOf(parameter).join(" and ") || "a number"}, got ${value}`);
  }
  return value;
}

/** The options by name, defaults filled in. */
export function checkParameters(parameters: LossParameters, options: Readonly<Record<string, unknown>>): Record<string, number | boolean> {
  const values: Record<string, number | boolean> = {};
  for (const name in parameters) values[name] = checkParameter(name, options[name], parameters[name]!);
  return values;
}

/** The array for a result: the caller's `out`, or a new one. It must not lie in that of the gradient, if that is another one. */
export function checkOut<P extends Reals>(
  out: unknown,
  precision: Precision,
  length: number,
  name = "out",
  grad?: ArrayBufferView,
): Output<P> {
  const wanted = precision === "f32" ? Float32Array : Float64Array;
  if (out === undefined) return new wanted(length) as Output<P>;
  if (!(out instanceof wanted))
    throw new TypeError(`${name} must be a ${wanted.name}, as the result is computed in ${precision}, got ${kind(out)}`);
  if (out.length !== length) throw new RangeError(`${name} must have ${length} elements, got ${out.length}`);
  if (grad !== undefined && overlap(out, grad)) throw new RangeError(`${name} must not overlap out`);
  return out as Output<P>;
}

/** The gradient seed that all values have in common. */
export function seedOf(upstream: unknown): number {
  return typeof upstream === "number" ? upstream : 1;
}

/** The gradient seeds, if there is one for each value: else {@link seedOf} tells it. */
export function checkUpstream(upstream: unknown, reduction: Reduction | "batchMean", count: number): Numbers | undefined {
  if (upstream === undefined || typeof upstream === "number") return undefined;
  checkNumbers("upstream", upstream as Numbers);
  if (reduction !== "none") throw new TypeError(`upstream must be a number under reduction "${reduction}", got ${kind(upstream)}`);
  checkLength("upstream", (upstream as Numbers).length, count, "one number for each value");
  return upstream as Numbers;
}

/** Checks that labels are an array that may hold class indices. */
export function checkLabelKind(labels: Labels): void {
  if (!Array.isArray(labels) && !isIntegers(labels))
    throw new TypeError(`labels must be an integer array or an array of integers, got ${kind(labels)}`);
}

/** Checks class indices, and tells how many are not `ignored`. */
export function checkLabels(labels: Labels, classes: number, ignored: number): number {
  let used = labels.length;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    // What is asked first settles almost all labels.
    if (typeof label === "number" && (label | 0) === label && label >= 0 && label < classes && label !== ignored) continue;
    if (label !== ignored) {
      if (typeof label !== "number") throw new TypeError(`labels must hold integers, got ${kind(label)} at index ${i}`);
      if (!Number.isInteger(label)) throw new RangeError(`label ${label} at index ${i} is not an integer`);
      throw new RangeError(`label ${label} at index ${i} is not a class: there are ${classes} classes`);
    }
    used--;
  }
  return used;
}

/** The places for several results by name. */
export function checkOuts(out: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (out === undefined) return {};
  if (typeof out !== "object" || out === null || Array.isArray(out) || ArrayBuffer.isView(out)) {
    throw new TypeError(`out must be an object of arrays by name, got ${kind(out)}`);
  }
  for (const key in out) {
    if (!names.includes(key)) throw new TypeError(`out.${key} is not known here: expected one of ${names.join(", ")}`);
  }
  const results = names.map((name) => [`out.${name}`, (out as Record<string, unknown>)[name]] as const);
  results.forEach(([name, result], i) => {
    for (const [other, earlier] of results.slice(0, i)) {
      if (ArrayBuffer.isView(result) && ArrayBuffer.isView(earlier) && overlap(result, earlier))
        throw new RangeError(`${name} must not overlap ${other}`);
    }
  });
  return out as Record<string, unknown>;
}

/** Checks that all entries are 1 or -1. */
export function checkSigns(name: string, x: Numbers): void {
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== 1 && x[i] !== -1) throw new RangeError(`${name} must hold 1 and -1, got ${x[i]} at index ${i}`);
  }
}

/** Checks that lengths of sequences are an array that may hold them. */
function checkLengthsKind(name: string, lengths: unknown): asserts lengths is Labels {
  if (!isIntegers(lengths) && !Array.isArray(lengths)) {
    throw new TypeError(`${name} must be an integer array or an array of integers, got ${kind(lengths)}`);
  }
  for (let i = 0; i < lengths.length; i++) {
    if (typeof lengths[i] !== "number") throw new TypeError(`${name} must hold integers, got ${kind(lengths[i])} at index ${i}`);
  }
}

/** Checks lengths of sequences against the longest that there may be. */
export function checkLengths(name: string, lengths: Labels, count: number, most: number, of: string): void {
  checkLengthsKind(name, lengths);
  checkLength(name, lengths.length, count, "one number for each sequence");
  for (let i = 0; i < count; i++) {
    const length = lengths[i]!;
    if (!Number.isInteger(length) || length < 0 || length > most) {
      throw new RangeError(`${name} must hold whole numbers from 0 to ${most}, ${of}, got ${length} at index ${i}`);
    }
  }
}

/** Checks lists of class indices, each ended by -1, whose entries are laid out as the classes. */
export function checkLists(lists: Numbers, { groups, classes, positions }: Layout): void {
  for (let group = 0; group < groups; group++) {
    for (let position = 0; position < positions; position++) {
      for (let c = 0; c < classes; c++) {
        const index = (group * classes + c) * positions + position;
        const label = lists[index]!;
        if (label === -1) break;
        if (label >>> 0 === label && label < classes) continue;
        if (!Number.isInteger(label)) throw new RangeError(`label ${label} at index ${index} is not an integer`);
        throw new RangeError(`label ${label} at index ${index} is not a class: there are ${classes} classes`);
      }
    }
  }
}

/** Checks a power that must be 1 or 2. */
export function checkOneOrTwo(p: number): number {
  if (p !== 1 && p !== 2) throw new RangeError(`p must be 1 or 2, got ${p}`);
  return p;
}

export function checkCount(name: string, value: unknown, least = 1): number {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${kind(value)}`);
  if (!Number.isInteger(value) || value < least) throw new RangeError(`${name} must be a whole number of at least ${least}, got ${value}`);
  return value;
}

export function checkWhole(name: string, value: unknown): asserts value is number {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${kind(value)}`);
  if (!Number.isInteger(value)) throw new RangeError(`${name} must be a whole number, got ${value}`);
}

/** Checks that a shape holds sizes. */
function checkSizes(shape: unknown): asserts shape is readonly number[] {
  if (!Array.isArray(shape)) throw new TypeError(`shape must be an array of whole numbers, got ${kind(shape)}`);
  for (let i = 0; i < shape.length; i++) {
    if (typeof shape[i] !== "number") throw new TypeError(`shape must hold whole numbers, got ${kind(shape[i])} at index ${i}`);
    if (!Number.isInteger(shape[i]) || shape[i]! < 0) throw new RangeError(`shape must hold whole numbers, got ${shape[i]} at index ${i}`);
  }
}

/** Checks a shape against the number of elements, and returns the axis counted from 0. */
export function checkShape(shape: readonly number[], length: number, axis: unknown): number {
  checkSizes(shape);
  const size = shape.reduce((a, b) => a * b, 1);
  if (size !== length) throw new RangeError(`shape must be of ${length} elements, the data's length, got [${shape.join(", ")}] of ${size}`);
  checkWhole("axis", axis);
  if (axis < -shape.length || axis >= shape.length) {
    throw new RangeError(`axis must be from ${-shape.length} to ${shape.length - 1} for a shape of ${shape.length} axes, got ${axis}`);
  }
  return axis < 0 ? axis + shape.length : axis;
}

/** The weights of positives, one or several. */
function checkPosWeights(posWeight: number | Numbers): Numbers {
  const numbers = typeof posWeight === "number" ? [posWeight] : posWeight;
  checkNumbers("posWeight", numbers);
  for (let i = 0; i < numbers.length; i++) {
    if (!(numbers[i]! >= 0)) throw new RangeError(`posWeight must be at least 0, got ${numbers[i]} at index ${i}`);
  }
  return numbers;
}

/** The weights of positives: of each class of a layout, or along the last axis. */
export function checkPosWeight(posWeight: number | Numbers, count: number, layout: Layout | undefined): Numbers {
  const numbers = checkPosWeights(posWeight);
  if (layout !== undefined && typeof posWeight !== "number") {
    checkLength("posWeight", numbers.length, layout.classes, "one number for each label");
  } else if (numbers.length === 0 || count % numbers.length !== 0) {
    throw new RangeError(`posWeight must have one number for each label of the last axis of ${count} elements, got ${numbers.length}`);
  }
  return numbers;
}

/** Checks the power of a Tweedie distribution. */
export function checkPower(power: number): void {
  if (power > 0 && power < 1) throw new RangeError(`power must be at most 0 or at least 1, got ${power}`);
}

/** Checks what a user's own loss is made of. */
export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== "function") throw new TypeError(`${name} must be a function, got ${kind(value)}`);
}

/** The default of an option of a user's own loss. */
export function checkDefault(name: string, value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${kind(value)}`);
  return checkParameter(name, value, { default: value });
}

/** Checks a name that is shown. */
export function checkText(name: string, value: unknown): void {
  if (typeof value !== "string") throw new TypeError(`${name} must be a string, got ${kind(value)}`);
}

/** Checks that an option's name is not one of those `taken`. */
export function checkFree(option: string, taken: ReadonlySet<string>): void {
  if (taken.has(option)) throw new RangeError(`option "${option}" is one that every loss has: expected another name`);
}

/** Checks the options of an accumulator beside the numeric ones, as far as that goes before there are data. */
export function checkAhead(options: Readonly<Record<string, unknown>>): void {
  const { classes, dimensions, shape, axis, classWeights, posWeight, mask, inputLengths, targetLengths } = options;
  if (classes !== undefined) checkCount("classes", classes);
  if (dimensions !== undefined) checkCount("dimensions", dimensions);
  if (shape !== undefined) checkSizes(shape);
  if (axis !== undefined) checkWhole("axis", axis);
  if (classWeights !== undefined) {
    checkNumbers("classWeights", classWeights as Numbers);
    if (classes !== undefined)
      checkLength("classWeights", (classWeights as Numbers).length, classes as number, "one number for each class");
  }
  if (posWeight !== undefined) checkPosWeights(posWeight as number | Numbers);
  if (mask !== undefined) checkMaskKind(mask);
  if (inputLengths !== undefined) checkLengthsKind("inputLengths", inputLengths);
  if (targetLengths !== undefined) checkLengthsKind("targetLengths", targetLengths);
}

/** What must be the same in two accumulators, as text. */
export function checkSame(name: string, expected: string, got: unknown): void {
  if (got !== expected) throw new RangeError(`${name} must be of ${expected}, got ${typeof got === "string" ? got : kind(got)}`);
}
