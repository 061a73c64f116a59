/** What was evaluated, group by group; without `--by`, all rows are one group. */

import type { Accumulator, Numbers } from "../types";
import { natural } from "./columns";
import type { AnyLoss } from "./losses";

export type AnyAccumulator = Accumulator<Numbers, Record<string, unknown>>;

/** A value of the column that groups the rows: its text, or null where it is missing; undefined where none groups them. */
export type GroupName = string | null | undefined;

/** The rows of a group. */
export interface Group {
  readonly name: GroupName;
  readonly accumulator: AnyAccumulator;
  rows: number;
}

/** Groups by name, each made when it is first asked for. */
export class Groups {
  private readonly groups = new Map<GroupName, Group>();

  constructor(private readonly make: () => AnyAccumulator) {}

  of(name: GroupName): Group {
    let group = this.groups.get(name);
    if (group === undefined) {
      group = { name, accumulator: this.make(), rows: 0 };
      this.groups.set(name, group);
    }
    return group;
  }

  /** In natural order of their names, rows without a name last. */
  sorted(): readonly Group[] {
    const last = (name: GroupName) => (typeof name === "string" ? 0 : 1);
    return [...this.groups.values()].sort((a, b) => last(a.name) - last(b.name) || natural.compare(a.name ?? "", b.name ?? ""));
  }
}

/** What `eval` and `merge` come to. */
export interface Result {
  readonly loss: AnyLoss;
  /** Those that the command gave. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly reduction: "mean" | "sum";
  readonly files: readonly string[];
  /** The column that groups the rows. */
  readonly by?: string | undefined;
  readonly groups: readonly Group[];
  readonly precision: "f32" | "f64";
  readonly backend: string;
  readonly seconds: number;
}
