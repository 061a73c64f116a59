/** What a kernel is: to WebAssembly the name of an export, to the plain machine a formula and its sweep. */

import type { Machine } from "../../assembly/machine";

/** What a kernel runs: a formula's sweep, which finds its arguments in the call record at an address. */
export type Run<Result> = (formula: never, machine: Machine, call: number) => Result;

/** A kernel as WebAssembly exports it under `name` and as the plain machine runs it, of a formula. */
export interface Kernel<Result = unknown> {
  readonly name: string;
  /** A small integer of its own; that of users' formulas, which WebAssembly never runs, is -1. */
  readonly id: number;
  /** The class of `formula`, which is made when the plain machine first needs it: a getter would have V8 look up all fields by hash. */
  readonly Formula?: new () => unknown;
  formula: unknown;
  readonly run: Run<Result>;
}
