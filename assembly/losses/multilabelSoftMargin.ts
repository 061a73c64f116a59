/** Binary cross-entropy of a class's logit, summed over classes. */

import { sweepClasses } from "../kernels/classes";
import { Machine } from "../machine";
import { BinaryCrossEntropyWithLogits } from "./binaryCrossEntropyWithLogits";

export function multilabelSoftMargin(f: BinaryCrossEntropyWithLogits, m: Machine, call: usize): void {
  sweepClasses(f, m, call);
}
