/** Runs every case file of a directory on every available backend: a JSON line for each on stdout, the summary on stderr. */

import { availableBackends } from "./backends";
import type { Library } from "./call";
import { caseFiles, readCases } from "./read";
import { type Counts, judge, type Verdict } from "./verdict";

/** Reports on a directory of case files, and returns whether no case failed. */
export async function report(library: typeof Library, directory: string): Promise<boolean> {
  const tallies = new Map<string, Counts>();
  for (const backend of await availableBackends(library)) {
    await library.init({ backend });
    for (const file of caseFiles(directory)) {
      for (const given of readCases(directory, file)) {
        const verdict = judge(library, given);
        process.stdout.write(`${line(given.id, backend, verdict)}\n`);
        for (const complaint of verdict.complaints) process.stderr.write(`${backend} ${given.id}: ${complaint}\n`);
        for (const row of [`${given.op} ${backend}`, `total ${backend}`]) {
          const counts = tallies.get(row) ?? { pass: 0, fail: 0, unsupported: 0 };
          counts[verdict.status]++;
          tallies.set(row, counts);
        }
      }
    }
  }
  for (const [row, { pass, fail, unsupported }] of [...tallies].sort(([a], [b]) => order(a, b))) {
    process.stderr.write(`${row.padEnd(48)} ${pass} pass, ${fail} fail, ${unsupported} unsupported\n`);
  }
  return ![...tallies.values()].some(({ fail }) => fail > 0);
}

/** Operations by name, then the totals. */
function order(a: string, b: string): number {
  return Number(a.startsWith("total ")) - Number(b.startsWith("total ")) || (a < b ? -1 : 1);
}

function line(id: string, backend: string, { status, results }: Verdict): string {
  const { value, grad, others } = results;
  return JSON.stringify({
    id,
    backend,
    status,
    value: written(value),
    grad: byName(grad),
    ...(others === undefined ? {} : { outputs: byName(others) }),
  });
}

function byName(numbers: Readonly<Record<string, ArrayLike<number>>>): Record<string, (number | string)[]> {
  return Object.fromEntries(Object.entries(numbers).map(([name, array]) => [name, written(array)]));
}

/** Numbers as the case files write them: JSON has no NaN and no infinities. */
function written(numbers: ArrayLike<number>): (number | string)[] {
  return Array.from(numbers, (value) => (Number.isFinite(value) ? value : String(value)));
}
