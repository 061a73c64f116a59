/** The conformance suite as a page or a worker runs it: every case on every backend that the engine has. */

import type { Library } from "../conformance/call";
import type { Case } from "../conformance/case";
import { parseCases } from "../conformance/parse";
import { type Counts, judge } from "../conformance/verdict";

/** What became of a backend. */
export interface BackendOutcome {
  readonly backend: Library.Backend;
  /** Why `init` refused it; then no case ran. */
  readonly refusal?: string;
  readonly counts: Counts;
  /** What is wrong with the cases that failed. */
  readonly complaints: readonly string[];
}

/** What a page or a worker reports to the server. */
export interface SuiteReport {
  /** `backend()`, before anything else of the library was called. */
  readonly automatic: Library.BackendReport;
  readonly outcomes: readonly BackendOutcome[];
}

/** Fetches the cases from the server and runs them all. */
export async function runSuite(library: typeof Library): Promise<SuiteReport> {
  const automatic = library.backend();
  const cases = await fetchCases();
  const outcomes: BackendOutcome[] = [];
  for (const backend of ["relaxed", "simd", "js"] as const) outcomes.push(await runBackend(library, backend, cases));
  return { automatic, outcomes };
}

async function fetchCases(): Promise<Case[]> {
  const files: string[] = JSON.parse(await fetchText("/cases"));
  const parsed = files.map(async (file) => parseCases(file, await fetchText(`/cases/${file}`)));
  return (await Promise.all(parsed)).flat();
}

async function fetchText(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response.text();
}

async function runBackend(library: typeof Library, backend: Library.Backend, cases: readonly Case[]): Promise<BackendOutcome> {
  const counts: Counts = { pass: 0, fail: 0, unsupported: 0 };
  try {
    await library.init({ backend });
  } catch (error) {
    return { backend, refusal: String(error), counts, complaints: [] };
  }
  const complaints: string[] = [];
  for (const given of cases) {
    const verdict = judge(library, given);
    counts[verdict.status]++;
    complaints.push(...verdict.complaints.map((complaint) => `${given.id}: ${complaint}`));
  }
  return { backend, counts, complaints };
}
