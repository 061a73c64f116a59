/** A memory with the kernels that work on it: of WebAssembly, or of the plain machine. */

import { multiply, total } from "../../assembly/kernels/passes";
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
  /** Runs a kernel on the call record at an address. */
  run<Result>(kernel: Kernel<Result>, call: number): Result;
  readonly total: typeof total;
  readonly multiply: typeof multiply;
  /** What a pass over a tile is here that WebAssembly exports under a name. */
  pass<P>(name: string, plain: P): P;
}

const TAG = 0 as never;

/** Instantiates a binary on a memory. */
export function wasmInstance(module: WebAssembly.Module, memory: WebAssembly.Memory, precision: Precision): Instance {
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, unknown>;
  /** By the kernels' ids: an export looked up by a name that varies costs 15 ns more. */
  const functions: unknown[] = [];
  return {
    precision,
    buffer: memory.buffer,
    machine: TAG,
    run(kernel, call) {
      functions[kernel.id] ??= exports[kernel.name];
      return (functions[kernel.id] as typeof kernel.run)(TAG, TAG, call);
    },
    total: exports.total as typeof total,
    multiply: exports.multiply as typeof multiply,
    pass: <P>(name: string) => exports[name] as P,
  };
}

/** The plain machine on a buffer. */
export function plainInstance(buffer: ArrayBufferLike, precision: Precision): Instance {
  const machine = precision === "f32" ? new SingleMachine(buffer) : new DoubleMachine(buffer);
  return {
    precision,
    buffer,
    machine,
    run: (kernel, call) => kernel.run(kernel.formula as never, machine, call),
    total,
    multiply,
    pass: (_name, plain) => plain,
  };
}
