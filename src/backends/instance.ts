/** A memory with the kernels that work on it: of WebAssembly, or of the plain machine. */

import { accumulate, multiply, total } from "../../assembly/kernels/passes";
import { DoubleMachine, type Machine, SingleMachine } from "../../assembly/machine";
import type { Precision } from "./kinds";

/** What a kernel runs: a formula's sweep, which finds its arguments in the call record at an address. */
export type Run<Result> = (formula: never, machine: Machine, call: number) => Result;

/** A kernel as WebAssembly exports it under `name` and as the plain machine runs it, of a formula. */
export interface Kernel<Result = unknown> {
  readonly name: string;
  /** A small integer of its own. */
  readonly id: number;
  readonly formula: unknown;
  readonly run: Run<Result>;
}

/** A memory and what runs on it. In WebAssembly formula and machine are tags of no content. */
export interface Instance {
  readonly precision: Precision;
  readonly buffer: ArrayBufferLike;
  readonly machine: Machine;
  formula(kernel: Kernel): never;
  function<Result>(kernel: Kernel<Result>): Run<Result>;
  readonly total: typeof total;
  readonly multiply: typeof multiply;
  readonly accumulate: typeof accumulate;
}

const TAG = 0 as unknown;

/** Instantiates a binary on a memory. */
export function wasmInstance(module: WebAssembly.Module, memory: WebAssembly.Memory, precision: Precision): Instance {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  /** By the kernels' ids: an export looked up by a name that varies costs 15 ns more. */
  const functions: unknown[] = [];
  return {
    precision,
    buffer: memory.buffer,
    machine: TAG as Machine,
    formula: () => TAG as never,
    function(kernel) {
      if (functions[kernel.id] === undefined) functions[kernel.id] = exports[kernel.name];
      return functions[kernel.id] as typeof kernel.run;
    },
    total: exports.total as typeof total,
    multiply: exports.multiply as typeof multiply,
    accumulate: exports.accumulate as typeof accumulate,
  };
}

/** The plain machine on a buffer. */
export function plainInstance(buffer: ArrayBufferLike, precision: Precision): Instance {
  return {
    precision,
    buffer,
    machine: precision === "f32" ? new SingleMachine(buffer) : new DoubleMachine(buffer),
    formula: (kernel) => kernel.formula as never,
    function: (kernel) => kernel.run,
    total,
    multiply,
    accumulate,
  };
}
