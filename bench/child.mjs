/**
 * A contender's process: makes the inputs, warms up, then measures a round or writes its answer at each line it is given.
 *
 * The protocol, also spoken by bench/native/main.c: after `{"ready":true,...}`, the line `round MS` is answered by
 * `{"ms":...}`, the median CPU time of a call in that many milliseconds of calls; `answer FILE` by `{"value":...}`, with
 * the output array's bytes in FILE. The end of the lines ends the process.
 */

import { writeFileSync } from "node:fs";
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

/** Takes the results, so that no call is dead code. */
let sink;

function runBatch(call, calls) {
  const start = now();
  for (let i = 0; i < calls; i++) sink = call();
  return now() - start;
}

async function awaitBatch(call, calls) {
  const start = now();
  for (let i = 0; i < calls; i++) sink = await call();
  return now() - start;
}

const inputs = makeInputs(workload, seed);
const contender = await (await import(module)).prepare(workload, inputs, options);
if (contender === undefined) {
  reply({ absent: true });
  process.exit();
}
const { call, answer, asynchronous = false } = contender;
const measure = asynchronous ? awaitBatch : runBatch;

const peak = () => process.resourceUsage().maxRSS;
const before = peak();
let spent = await measure(call, 1);
const after = peak();
let calls = 1;
while (spent < warmup) {
  const cost = await measure(call, calls);
  spent += cost;
  if (cost < batch / 2) calls *= 2;
}
reply({ ready: true, inputs: hashOf(inputs), memory: { before, after } });

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
  const [, command, argument] = /^(\w+) (.*)$/.exec(line);
  if (command === "round") reply({ ms: await round(Number(argument)) });
  else {
    const { value, output } = await answer();
    if (output !== undefined) writeFileSync(argument, output);
    reply({ value });
  }
}
if (sink === globalThis) throw new Error("a call returned the global object");
process.exit();
