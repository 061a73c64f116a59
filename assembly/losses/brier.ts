/** The squared error of a class's probability, summed over classes. */

import { sweepClasses } from "../kernels/classes";
import { Machine } from "../machine";
import { SquaredError } from "./mse";

export function brier(f: SquaredError, m: Machine, call: usize): void {
  sweepClasses(f, m, call);
}
