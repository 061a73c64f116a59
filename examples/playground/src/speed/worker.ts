/** This browser's benchmark: a naive loop against the library's backends, in rounds that take turns. */

import * as library from "simd-loss";
import { prepare as prepareNaive } from "../../../../bench/contenders/naive.mjs";
import { prepareOn } from "../../../../bench/contenders/simdLoss.mjs";
import { makeInputs } from "../../../../bench/inputs.mjs";
import { median } from "../../../../bench/statistics.mjs";
import type { Measured, News, Order } from "./protocol";
import { type Workload, workloads } from "./workloads";

const ROUNDS = 7;
/** Milliseconds that a measurement takes: browsers make clocks coarse, to a tenth of a millisecond. */
const ENOUGH = 12;
const SEED = 1;
const BASELINE = "naive";
const backends = ["js", "simd", "relaxed"] as const;

interface Prepared {
  call(): unknown;
  answer(): { value?: number };
}

interface Contender {
  readonly name: string;
  /** Makes it ready to be called: a backend is switched to. */
  prepare(): Promise<Prepared>;
  /** Calls in a measurement. */
  batch: number;
  readonly times: number[];
  difference: number;
  absent?: string;
}

let generation = 0;

async function measure(names: readonly string[]): Promise<void> {
  const own = ++generation;
  for (const workload of workloads.filter(({ name }) => names.includes(name))) {
    const contenders = contendersOf(workload);
    for (let round = 0; round < ROUNDS; round++) {
      for (const contender of contenders) if (contender.absent === undefined) await measureRound(contender, contenders[0]!);
      // Orders that have arrived meanwhile are taken between rounds.
      await new Promise((resolve) => setTimeout(resolve));
      if (own !== generation) return;
      tell({
        kind: "result",
        workload: workload.name,
        results: contenders.map((each) => resultOf(each, contenders[0]!)),
        final: round === ROUNDS - 1,
      });
    }
  }
  tell({ kind: "end" });
}

function contendersOf(workload: Workload): Contender[] {
  const inputs = makeInputs(workload, SEED) as { prediction: Float32Array; target: Float32Array | Int32Array };
  const contender = (name: string, prepare: () => Promise<Prepared>): Contender => ({ name, prepare, batch: 1, times: [], difference: 0 });
  return [
    contender(BASELINE, async () => prepareNaive(workload, inputs) as Prepared),
    ...backends.map((backend) =>
      contender(backend, async () => (await prepareOn(library, workload, inputs, { backend, arena: false })) as Prepared),
    ),
  ];
}

let baselineValue: number | undefined;

async function measureRound(contender: Contender, baseline: Contender): Promise<void> {
  let prepared: Prepared;
  try {
    prepared = await contender.prepare();
  } catch (error) {
    contender.absent = error instanceof Error ? error.message : String(error);
    return;
  }
  const { value } = prepared.answer();
  if (contender === baseline) baselineValue = value;
  else if (value !== undefined && baselineValue !== undefined)
    contender.difference = Math.abs(value - baselineValue) / Math.abs(baselineValue);
  let time = timed(prepared, contender.batch);
  while (time < ENOUGH) {
    contender.batch = Math.ceil(contender.batch * Math.min(10, Math.max(1.3, (1.2 * ENOUGH) / Math.max(time, 0.1))));
    time = timed(prepared, contender.batch);
  }
  contender.times.push(time / contender.batch);
}

/** Milliseconds of a number of calls. */
function timed({ call }: Prepared, calls: number): number {
  const start = performance.now();
  for (let i = 0; i < calls; i++) call();
  return performance.now() - start;
}

function resultOf({ name, times, difference, absent }: Contender, baseline: Contender): Measured {
  if (absent !== undefined) return { contender: name, time: NaN, ratio: NaN, difference, absent };
  return { contender: name, time: median(times), ratio: median(times.map((time, round) => baseline.times[round]! / time)), difference };
}

function tell(news: News): void {
  postMessage(news);
}

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  if (data.kind === "stop") generation++;
  else void measure(data.workloads);
});
