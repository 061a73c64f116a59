/** The benchmark's referee among contenders that fail, hang or are wrong, and what its reports make of them. */

import { expect, test } from "vitest";

interface Result {
  readonly contender: string;
  readonly failure?: string;
  readonly ratio?: object;
  readonly errors?: { readonly wrong: boolean; readonly value?: number };
}

/** The benchmark is plain JavaScript, run by engines that know no TypeScript. */
const load = (path: string) => import(new URL(`../bench/${path}`, import.meta.url).href);

const { contest } = await load("referee.mjs");
const { coldStarts } = await load("coldStart.mjs");
const { coldStartWorkload, workloadsOf } = await load("workloads.mjs");
const { coldStartRows, overviewRows, workloadRows } = await load("report/rows.mjs");
const { markdownReport } = await load("report/markdown.mjs");
const { jsonReport } = await load("report/json.mjs");

const engine = { node: process.execPath, version: process.version, v8: process.versions.v8 };
const settings = { seed: 1, rounds: 2, time: 1, warmup: 1, batch: 1, patience: 1000, timeout: 60000 };
const workloads = workloadsOf(["mse", "mae", "huber", "binaryCrossEntropyWithLogits"]);
const workload = workloads.find(({ name }: { name: string }) => name === "mse 16");

/** A contender whose module is a text: `p` and `t` are the inputs. */
const contender = (name: string, call: string, answer = "({ value: call() })") => ({
  name,
  module: `data:text/javascript,${encodeURIComponent(`
    export const prepare = (workload, { prediction: p, target: t }) => {
      const call = () => { ${call} };
      return { call, answer: () => ${answer} };
    };`)}`,
});

const mean = "return p.reduce((sum, x, i) => sum + (x - t[i]) ** 2, 0) / p.length";
const right = contender("naive", mean);
const measure = async (contenders: readonly object[], changed = {}) => {
  const results: Result[] = await contest(workload, contenders, engine, { ...settings, ...changed });
  return { workload, results };
};

test("a wrong baseline is marked, and nothing is compared with it", async () => {
  const measured = await measure([contender("naive", `${mean} * 2`), contender("other", mean)]);
  expect(measured.results.map(({ ratio }) => ratio)).toEqual([undefined, undefined]);
  const [[, naive, other]] = overviewRows([measured]).rows;
  expect(naive).toMatch(/ \(wrong\)$/);
  expect(other).toBe("");
  expect(markdownReport({ settings, measured: [measured], coldStarts: [] })).not.toContain("NaN");
});

test("a baseline that fails is said to", async () => {
  const measured = await measure([contender("naive", "throw new RangeError('first\\nsecond')"), contender("other", mean)]);
  expect(measured.results[0]!.failure).toBe("RangeError: first");
  expect(overviewRows([measured]).rows[0].slice(1)).toEqual(["failed", ""]);
});

test("failures tell their reason", async () => {
  const { results } = await measure([
    right,
    contender("signal", "process.kill(process.pid, 'SIGSEGV'); for (;;);"),
    contender("status", "process.exit(3)"),
    contender("lines", "process.stderr.write('one\\ntwo\\n'); process.exit(1)"),
  ]);
  expect(results.slice(1).map(({ failure }) => failure)).toEqual(["ended by SIGSEGV", "ended with status 3", "one"]);
});

test("a program that cannot start fails", async () => {
  const results: Result[] = await contest(workload, [right], { ...engine, node: "/nope" }, settings);
  expect(results[0]!.failure).toMatch(/\/nope/);
});

test("a contender that hangs is ended, and others go on", async () => {
  const { results } = await measure([right, contender("hanging", mean, "{ for (;;); }")], {
    timeout: 1500,
  });
  expect(results[0]!.failure).toBeUndefined();
  expect(results[1]!.failure).toBe("no answer in 1.5 s");
});

test("NaN is a wrong answer, and stays NaN in JSON", async () => {
  const measured = await measure([right, contender("other", "return NaN")]);
  expect(measured.results[1]!.errors).toMatchObject({ wrong: true, value: NaN });
  expect(JSON.parse(jsonReport(measured)).results[1].errors.value).toBe("NaN");
  expect(workloadRows(measured).rows[1].at(-1)).toBe("NaN WRONG");
});

test("cold starts keep failures and check the answer", async () => {
  const contenders = [contender("failing", "throw new Error('no')"), contender("wrong", "", "({ output: p })")];
  const results: Result[] = await coldStarts(coldStartWorkload, contenders, engine, { ...settings, rounds: 1 });
  expect(results[0]).toEqual({ contender: "failing", failure: "Error: no" });
  expect(results[1]!.errors!.wrong).toBe(true);
  expect(coldStartRows(results).rows.map((row: string[]) => [row[1] === "failed", row.at(-1)])).toEqual([
    [true, "Error: no"],
    [false, expect.stringContaining("WRONG")],
  ]);
});

test("every loss has its group, also those of another group", () => {
  const named = workloads.filter(({ groups }: { groups: string[] }) => groups.includes("every loss"));
  expect(named.map(({ operation }: { operation: string }) => operation)).toEqual(["mse", "mae", "huber", "binaryCrossEntropyWithLogits"]);
  expect(new Set(workloads.map(({ name }: { name: string }) => name)).size).toBe(workloads.length);
});
