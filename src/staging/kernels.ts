/** Kernels by name: a formula joined to its sweep. */

import type { Kernel, Run } from "../backends/kernel";

/** A kernel that returns the sum so far. */
export type PointwiseKernel = Kernel<number>;

/** A function of the softmax family: by rows, and by columns where classes are few or lie apart. */
export interface SoftmaxKernel {
  readonly rows: Kernel<void>;
  readonly columns: Kernel<void>;
}

let nextId = 0;

/** Joins a formula to its sweep under the name of its WebAssembly export. */
/* @__NO_SIDE_EFFECTS__ */
export function kernel<Result>(name: string, Formula: new () => unknown, run: Run<Result>): Kernel<Result> {
  return { name, id: nextId++, Formula, formula: undefined, run };
}

/** Joins a formula of the softmax family to its sweeps, exported as `nameRows` and `nameColumns`. */
/* @__NO_SIDE_EFFECTS__ */
export function softmaxKernel(name: string, Formula: new () => unknown, rows: Run<void>, columns: Run<void>): SoftmaxKernel {
  return { rows: kernel(`${name}Rows`, Formula, rows), columns: kernel(`${name}Columns`, Formula, columns) };
}
