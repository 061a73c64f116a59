/** The benchmark's contenders on small data: all give the true answer, and every public loss can be compared with a naive loop. */

import { expect, test } from "vitest";
import { losses } from "./catalogue";

interface Workload {
  readonly name: string;
  readonly groups: readonly string[];
  readonly precision: "f32" | "f64";
  readonly count: number;
  readonly rows: number;
  readonly classes: number;
}
interface Answer {
  readonly value?: number;
  readonly output?: ArrayLike<number>;
}
interface Contender {
  prepare(workload: Workload, inputs: unknown, options: unknown): Promise<{ call(): unknown; answer(): Answer } | undefined>;
}

/** The benchmark is plain JavaScript, run by engines that know no TypeScript. */
const load = (path: string) => import(new URL(`../bench/${path}`, import.meta.url).href);

const { makeInputs } = await load("inputs.mjs");
const { errorsOf, referenceFor } = await load("reference.mjs");
const { workloadsOf } = await load("workloads.mjs");
const naive: Contender = await load("contenders/naive.mjs");
const tuned: Contender = await load("contenders/tuned.mjs");
const simdLoss: Contender = await load("contenders/simdLoss.mjs");

const library = new URL("../dist/index.js", import.meta.url).href;
const ours = ["js", "simd"].flatMap((backend) => [
  { name: backend, contender: simdLoss, options: { library, backend, arena: false } },
  { name: `${backend}, arena`, contender: simdLoss, options: { library, backend, arena: true } },
]);
const contenders = [{ name: "naive", contender: naive, options: {} }, { name: "tuned", contender: tuned, options: {} }, ...ours];

/** The workload on data small enough for a test, of lengths that leave a rest in every loop. */
function shrunk(workload: Workload): Workload {
  const rows = Math.min(workload.rows, 5);
  const classes = Math.min(workload.classes, 37);
  return { ...workload, rows, classes, count: workload.rows === 0 ? Math.min(workload.count, 103) : rows * classes };
}

const workloads: Workload[] = workloadsOf(losses.map(({ lossName }) => lossName)).map(shrunk);

/** Relative errors. An output's is that of its worst element: where a class is near certain, its gradient cancels. */
const bounds = { f32: { value: 3e-6, output: 1e-4 }, f64: { value: 1e-12, output: 1e-9 } };

test.each(workloads)("$name: $precision contenders agree with f64", async (workload) => {
  const inputs = makeInputs(workload, 7);
  const truth = referenceFor(workload, inputs);
  expect(truth, "bench/formulas.mjs, rows.mjs or samples.mjs lacks the formula").toBeDefined();
  for (const { name, contender, options } of contenders) {
    const prepared = await contender.prepare(workload, inputs, options);
    if (prepared === undefined) {
      expect(name, "only `tuned` may pass").toBe("tuned");
      expect(workload.groups, "only where it is no headline").toEqual(["every loss"]);
      continue;
    }
    prepared.call();
    const errors = errorsOf(prepared.answer(), truth);
    expect(errors.wrong, name).toBe(false);
    expect(errors.value ?? 0, name).toBeLessThan(bounds[workload.precision].value);
    expect(errors.output ?? 0, name).toBeLessThan(bounds[workload.precision].output);
  }
});
