/** What is measured: of the benchmark's headline workloads, those that a page has time for. */

import { headlines, workloadsOf } from "../../../../bench/workloads.mjs";

export interface Workload {
  readonly name: string;
  readonly operation: string;
  readonly mode: "value" | "valueAndGrad" | "forward";
  readonly count: number;
  readonly rows: number;
  readonly classes: number;
}

/** Elements beyond which a round takes too long to be watched. */
const MOST = 2e6;

export const workloads = (workloadsOf([]) as Workload[]).filter(({ name, count }) => headlines.includes(name) && count < MOST);

/** "huber with gradient" for `huber value+grad 1e5`. */
export function titleOf({ operation, mode }: Workload): string {
  return mode === "valueAndGrad" ? `${operation}, value and gradient` : operation;
}

/** What it works on. */
export function sizeOf({ count, rows, classes }: Workload): string {
  const grouped = (x: number) => x.toLocaleString("en");
  return rows === 0 ? `${grouped(count)} elements` : `${grouped(rows)} rows of ${grouped(classes)} classes`;
}
