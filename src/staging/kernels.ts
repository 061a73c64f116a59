/** The kernels' signatures, as backends run them; what the arguments mean stands at each sweep in `assembly/kernels`. */

import type { sweepClasses } from "../../assembly/kernels/classes";
import type { sweepColumns } from "../../assembly/kernels/columns";
import type { sweepLabels } from "../../assembly/kernels/labels";
import type { Pointwise, sweep } from "../../assembly/kernels/pointwise";
import type { sweepRows } from "../../assembly/kernels/rows";
import type { RowFormula } from "../../assembly/kernels/softmax";
import type { Machine } from "../../assembly/machine";
import type { Kernel } from "../backends/instance";

/** The arguments after formula and machine. */
type Arguments<Sweep> = Sweep extends (formula: never, machine: Machine, ...args: infer A) => unknown ? A : never;

export type PointwiseKernel = Kernel<Pointwise, Arguments<typeof sweep>, number>;
export type RowsKernel = Kernel<RowFormula, Arguments<typeof sweepRows>, void>;
export type ColumnsKernel = Kernel<RowFormula, Arguments<typeof sweepColumns>, void>;
export type LabelsKernel = Kernel<Pointwise, Arguments<typeof sweepLabels>, void>;
export type ClassesKernel = Kernel<Pointwise, Arguments<typeof sweepClasses>, void>;

/** A function of the softmax family: by rows, and by columns where classes are few or lie apart. */
export interface SoftmaxKernel {
  readonly rows: RowsKernel;
  readonly columns: ColumnsKernel;
}

let nextId = 0;

/** Joins a formula to its sweep under the name of its WebAssembly export. */
/* @__NO_SIDE_EFFECTS__ */
export function kernel<F, A extends unknown[], R>(
  name: string,
  Formula: new () => F,
  run: (formula: F, machine: Machine, ...args: A) => R,
): Kernel<F, A, R> {
  return { name, id: nextId++, formula: new Formula(), run };
}

/** Joins a formula of the softmax family to its sweeps, exported as `nameRows` and `nameColumns`. */
/* @__NO_SIDE_EFFECTS__ */
export function softmaxKernel(
  name: string,
  Formula: new () => RowFormula,
  rows: RowsKernel["run"],
  columns: ColumnsKernel["run"],
): SoftmaxKernel {
  return { rows: kernel(`${name}Rows`, Formula, rows), columns: kernel(`${name}Columns`, Formula, columns) };
}
