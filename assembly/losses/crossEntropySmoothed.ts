/** Softmax cross-entropy of a label whose target is mixed with a distribution by class. */

import { sweepColumns } from "../kernels/columns";
import { sweepRows } from "../kernels/rows";
import { Machine } from "../machine";
import { TargetDistribution } from "./targetDistribution";

export class CrossEntropySmoothed extends TargetDistribution {
  labelled(): bool {
    return true;
  }
}

export function crossEntropySmoothedRows(f: CrossEntropySmoothed, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function crossEntropySmoothedColumns(f: CrossEntropySmoothed, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
