/** Softmax cross-entropy of a target distribution by class. */

import { sweepColumns } from "../kernels/columns";
import { sweepRows } from "../kernels/rows";
import { Machine } from "../machine";
import { TargetDistribution } from "./targetDistribution";

export class CrossEntropyDistribution extends TargetDistribution {
  labelled(): bool {
    return false;
  }
}

export function crossEntropyDistributionRows(f: CrossEntropyDistribution, m: Machine, call: usize): void {
  sweepRows(f, m, call);
}

export function crossEntropyDistributionColumns(f: CrossEntropyDistribution, m: Machine, call: usize): void {
  sweepColumns(f, m, call);
}
