/** Runs a case and judges what it gave. */

import { type Library, perform, type Results } from "./call";
import type { Case, Tolerance } from "./case";
import { expectedOf } from "./conventions";
import { operations } from "./operations";

/** The outcome of a case on a backend. */
export interface Verdict {
  readonly status: "pass" | "fail" | "unsupported";
  readonly results: Results;
  /** What is wrong, a sentence each. */
  readonly complaints: readonly string[];
}

/** How many cases had which outcome. */
export type Counts = Record<Verdict["status"], number>;

const nothing: Results = { value: [], grad: {}, disagreements: [] };

/** Whether the library has the operation of a case, with its parameters. */
export function supported(library: typeof Library, given: Case): boolean {
  return operations[given.op]?.(library, given) !== undefined;
}

/** Runs a case on the backend that the library is set to. */
export function judge(library: typeof Library, given: Case): Verdict {
  try {
    const call = operations[given.op]?.(library, given);
    if (call === undefined) return { status: "unsupported", results: nothing, complaints: [] };
    const expected = expectedOf(given);
    const results = perform(call, Object.keys(expected.grad).length > 0);
    const complaints = [
      ...results.disagreements,
      ...differences("value", results.value, expected.value, given.tol),
      ...each("grad", results.grad, expected.grad, given.tolGrad),
      ...each("output", results.others ?? {}, expected.others ?? {}, given.tol),
    ];
    return { status: complaints.length === 0 ? "pass" : "fail", results, complaints };
  } catch (error) {
    return { status: "fail", results: nothing, complaints: [String(error)] };
  }
}

type ByName = Readonly<Record<string, ArrayLike<number>>>;

function each(kind: string, got: ByName, expected: ByName, tolerance: Tolerance): string[] {
  return Object.entries(expected).flatMap(([name, numbers]) => differences(`${kind} ${name}`, got[name] ?? [], numbers, tolerance));
}

/** Whether a number is the expected one: NaN for NaN, an infinity for the same one, else within the tolerance. */
function passes(got: number, expected: number, { rel, abs }: Tolerance): boolean {
  return Number.isFinite(expected) ? Math.abs(got - expected) <= abs + rel * Math.abs(expected) : Object.is(got, expected);
}

function differences(name: string, got: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance): string[] {
  if (got.length !== expected.length) return [`${name} has ${got.length} numbers, expected ${expected.length}`];
  const wrong = Array.from({ length: got.length }, (_, i) => i).filter((i) => !passes(got[i]!, expected[i]!, tolerance));
  const [first] = wrong;
  return first === undefined
    ? []
    : [`${name}[${first}] is ${got[first]}, expected ${expected[first]}${wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : ""}`];
}
