/** What the page and the benchmark's worker say to each other. */

export type Order = { readonly kind: "measure"; readonly workloads: readonly string[] } | { readonly kind: "stop" };

/** A contender on a workload. */
export interface Measured {
  readonly contender: string;
  /** Milliseconds of a call, the median of the rounds. */
  readonly time: number;
  /** How many times as fast as the naive loop: the median over the rounds. */
  readonly ratio: number;
  /** The largest relative difference from the naive loop's value, or 0 where there is no value. */
  readonly difference: number;
  /** Why it cannot run here; then nothing else is meant. */
  readonly absent?: string;
}

export type News =
  | { readonly kind: "result"; readonly workload: string; readonly results: readonly Measured[]; readonly final: boolean }
  | { readonly kind: "end" };
