/** Wrong calls and the errors that answer them: what is thrown, in which words, and that nothing was written. */

import { expect } from "vitest";

/** What differentiable inputs must be, in the errors' words, and what the others must. */
export const reals = "must be a Float32Array, a Float64Array or an array of numbers";
export const numbers = "must be a typed array or an array of numbers";

/** Six numbers that every function takes. */
export const six = () => new Float64Array(6).fill(0.5);

/** One wrong thing in an otherwise right call, and the error that says so. */
export interface Mistake {
  readonly what: string;
  readonly first?: unknown;
  readonly second?: unknown;
  readonly options?: unknown;
  /** Makes `out` of the call's first argument. */
  readonly out?: (first: Float64Array) => unknown;
  readonly error: typeof TypeError | typeof RangeError;
  readonly message: string;
}

const copied = (x: unknown) =>
  ArrayBuffer.isView(x) && !(x instanceof DataView) ? (x as Float64Array).slice() : Array.isArray(x) ? [...x] : x;

/** Makes the call, which must throw the mistake's error and leave its inputs and `out` as they were. */
export function expectRefused(
  mistake: Mistake,
  call: (first: unknown, second: unknown, options: unknown) => unknown,
  right: Mistake["options"][],
): void {
  const first = "first" in mistake ? mistake.first : copied(right[0]);
  const second = "second" in mistake ? mistake.second : copied(right[1]);
  const out =
    mistake.out === undefined ? new Float64Array((first as Float64Array | null)?.length ?? 0).fill(7) : mistake.out(first as Float64Array);
  const plain = mistake.options === undefined || (typeof mistake.options === "object" && mistake.options?.constructor === Object);
  const options = plain ? { ...(right[2] as object), ...(mistake.options as object), out } : mistake.options;
  const before = [first, second, out].map(copied);
  let thrown: unknown;
  try {
    call(first, second, options);
  } catch (error) {
    thrown = error;
  }
  expect(thrown, `${mistake.what} must be refused`).toBeInstanceOf(mistake.error);
  expect((thrown as Error).message).toBe(mistake.message);
  expect([first, second, out]).toEqual(before);
}

/** Values that are no array of numbers, and what errors call them. */
const noNumbers: readonly (readonly [unknown, string])[] = [
  ["abc", 'the string "abc"'],
  [null, "null"],
  [undefined, "undefined"],
  [7, "7"],
  [{}, "an Object"],
  [new BigInt64Array(6), "a BigInt64Array"],
  [new DataView(new ArrayBuffer(8)), "a DataView"],
];

/** The kinds of thing that an operand must not be. */
export function wrongKinds(where: "first" | "second", must: string, alsoWrong: typeof noNumbers = []): Mistake[] {
  return [...noNumbers, ...alsoWrong].map(([value, called]) => ({
    what: `${where} argument ${called}`,
    [where]: value,
    error: TypeError,
    message: `${must}, got ${called}`,
  }));
}

/** Plain arrays of which an entry is no number. */
export function wrongEntries(where: "first" | "second", name: string): Mistake[] {
  const holed = [1, 2, 3, 4, 5, 6];
  delete holed[4];
  return (
    [
      [[1, "2", 3, 4, 5, 6], 'the string "2" at index 1'],
      [[1, 2, undefined, 4, 5, 6], "undefined at index 2"],
      [[1, 2, 3, null, 5, 6], "null at index 3"],
      [holed, "undefined at index 4"],
      [[1, 2, 3, 4, 5, 6n], "6 at index 5"],
    ] as const
  ).map(([value, called]) => ({
    what: `${where} ${called}`,
    [where]: value,
    error: TypeError,
    message: `${name} must hold numbers, got ${called}`,
  }));
}

/** Options that are no object, or not the function's. */
export function wrongOptions(known: readonly string[]): Mistake[] {
  const refused = [
    [null, "null"],
    [5, "5"],
    ["sum", 'the string "sum"'],
    [[1], "an Array"],
    [new Float64Array(6), "a Float64Array"],
    [new Map([["reduction", "sum"]]), "a Map"],
    [new Set(["sum"]), "a Set"],
    [new Date(0), "a Date"],
    [() => ({ reduction: "sum" }), "a Function"],
  ] as const;
  return [
    ...refused.map(([options, called]) => ({
      what: `options ${called}`,
      options,
      error: TypeError,
      message: `options must be an object, got ${called}`,
    })),
    {
      what: "a misspelt option",
      options: { reductoin: "sum" },
      error: TypeError,
      message: `option "reductoin" is not known here: expected one of ${known.join(", ")}`,
    },
  ];
}

/** What `out` must not be, for a result of six f64 elements. */
export function wrongOuts(): Mistake[] {
  const is = (what: string, out: Mistake["out"], error: Mistake["error"], message: string) => ({ what, out: out!, error, message });
  const kind = "out must be a Float64Array, as the result is computed in f64, got";
  return [
    is("out of f32", () => new Float32Array(6), TypeError, `${kind} a Float32Array`),
    is("out a plain array", () => [0, 0, 0, 0, 0, 0], TypeError, `${kind} an Array`),
    is("out null", () => null, TypeError, `${kind} null`),
    is("out too short", () => new Float64Array(5), RangeError, "out must have 6 elements, got 5"),
    is("out too long", () => new Float64Array(7), RangeError, "out must have 6 elements, got 7"),
  ];
}

/** Values of a numeric option outside the bounds that it declares. */
export function wrongParameters(
  parameters: Readonly<Record<string, { default?: number | boolean; atLeast?: number; above?: number; atMost?: number }>>,
): Mistake[] {
  return Object.entries(parameters).flatMap(([name, { default: otherwise, atLeast, above, atMost }]) => {
    if (typeof otherwise === "boolean") return wrongFlag(name);
    const bounds: string[] = [];
    const outside = [NaN];
    if (atLeast !== undefined) outside.push(atLeast - 1) && bounds.push(`at least ${atLeast}`);
    if (above !== undefined) outside.push(above, above - 1) && bounds.push(`above ${above}`);
    if (atMost !== undefined) outside.push(atMost + 1) && bounds.push(`at most ${atMost}`);
    const must = bounds.join(" and ") || "a number";
    return [
      ...outside.map((value) => ({
        what: `${name} ${value}`,
        options: { [name]: value },
        error: RangeError,
        message: `${name} must be ${must}, got ${value}`,
      })),
      { what: `${name} a string`, options: { [name]: "1" }, error: TypeError, message: `${name} must be a number, got the string "1"` },
      { what: `${name} null`, options: { [name]: null }, error: TypeError, message: `${name} must be a number, got null` },
    ];
  });
}

/** Values of an option that is a boolean. */
function wrongFlag(name: string): Mistake[] {
  return (
    [
      [1, "1"],
      ["true", 'the string "true"'],
      [null, "null"],
    ] as const
  ).map(([value, called]) => ({
    what: `${name} ${called}`,
    options: { [name]: value },
    error: TypeError,
    message: `${name} must be true or false, got ${called}`,
  }));
}

/** Settings that no loss takes for `count` values, and those reductions that it has. */
export function wrongShared(count: number, reductions = "one of mean, sum, none"): Mistake[] {
  return [
    {
      what: "an unknown reduction",
      options: { reduction: "average" },
      error: TypeError,
      message: `reduction must be ${reductions}, got the string "average"`,
    },
    {
      what: "reduction null",
      options: { reduction: null },
      error: TypeError,
      message: `reduction must be ${reductions}, got null`,
    },
    { what: "weights a string", options: { weights: "1" }, error: TypeError, message: `weights ${numbers}, got the string "1"` },
    { what: "weights a number", options: { weights: 2 }, error: TypeError, message: `weights ${numbers}, got 2` },
    { what: "upstream a string", options: { upstream: "1" }, error: TypeError, message: `upstream ${numbers}, got the string "1"` },
    {
      what: "upstream an array under mean",
      options: { upstream: [1] },
      error: TypeError,
      message: 'upstream must be a number under reduction "mean", got an Array',
    },
    {
      what: "upstream an array under sum",
      options: { upstream: new Float32Array(count), reduction: "sum" },
      error: TypeError,
      message: 'upstream must be a number under reduction "sum", got a Float32Array',
    },
    {
      what: "upstream of a wrong length",
      options: { upstream: new Float32Array(count + 1), reduction: "none" },
      error: RangeError,
      message: `upstream must have one number for each value, ${count}, got ${count + 1}`,
    },
  ];
}
