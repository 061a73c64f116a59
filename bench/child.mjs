/**
 * A contender's process: makes the inputs, warms up, then measures a round or writes its answer at each line it is given.
 *
 * The protocol, also spoken by bench/native/main.c: after `{"ready":true,...}`, which tells the inputs' hash and
 * what import and first call cost, the line `round MS` is answered by
 * `{"ms":...}`, the median CPU time of a call in that many milliseconds of calls; `answer FILE` by `{"value":...}`, with
 * the output array's bytes in FILE; `memory` by `{"peak":...}`, the process's peak in KiB. The end of the lines ends it.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Bench } from "tinybench";
import { hashOf, makeInputs } from "./inputs.mjs";

const { module, options, workload, seed, warmup, batch } = JSON.parse(process.argv[2]);

const reply = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** CPU time of the process in ms, all its threads included. */
function now() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The peak in KiB. Linux's maxRSS goes on from the parent's at fork, so its own high-water mark is preferred. */
function peakMemory() {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

/** Takes the results, so that no call is dead code. */
const sink = { result: undefined };

function runBatch(call, calls) {
  const start = now();
  for (let i = 0; i < calls; i++) sink.result = call();
  return now() - start;
}

async function awaitBatch(call, calls) {
  const start = now();
  for (let i = 0; i < calls; i++) sink.result = await call();
  return now() - start;
}

const inputs = makeInputs(workload, seed);
const started = now();
const contender = await (await import(module)).prepare(workload, inputs, options);
if (contender === undefined) {
  reply({ absent: true });
  process.exit();
}
const { call, answer, asynchronous = false } = contender;
const measure = asynchronous ? awaitBatch : runBatch;

let spent = await measure(call, 1);
const cold = now() - started;
let calls = 1;
while (spent < warmup) {
  const cost = await measure(call, calls);
  spent += cost;
  if (cost < batch / 2) calls *= 2;
}
reply({ ready: true, inputs: hashOf(inputs), cold });

/** A batch as tinybench's iteration: its sample is the mean of the calls. */
const iteration = (cost) => ({ overriddenDuration: cost / calls, overriddenIterationCost: cost });

async function round(time) {
  const bench = new Bench({ now, time, iterations: 1, warmup: false, throws: true });
  if (asynchronous) bench.add("round", async () => iteration(await awaitBatch(call, calls)), { async: true });
  else bench.add("round", () => iteration(runBatch(call, calls)), { async: false });
  await bench.run();
  return bench.tasks[0].result.latency.p50;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [, command, argument] = /^(\w+) ?(.*)$/.exec(line);
  if (command === "round") reply({ ms: await round(Number(argument)) });
  else if (command === "memory") reply({ peak: peakMemory() });
  else {
    const { value, output } = await answer();
    if (output !== undefined) writeFileSync(argument, output);
    reply({ value });
  }
}
process.exit();
