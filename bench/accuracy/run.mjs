/**
 * Establishes the error bounds of the elementary functions and writes them to docs/accuracy.md.
 *
 *   node bench/accuracy/run.mjs                all 2^32 f32 and 10^8 f64
 *   node bench/accuracy/run.mjs --quick        about a thousandth of them, to the terminal only, but for --write
 *   node bench/accuracy/run.mjs --threads 1    how many threads measure (default: as many as there are cores)
 *
 * It takes 40 minutes of one core, and fails if a function exceeds its bound on any backend, or returns a wrong NaN, infinity or zero.
 */

import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { compileElementary, runs } from "./binaries.mjs";
import { instantiate } from "./elementary.mjs";
import { functions } from "./functions.mjs";
import { report, table } from "./report.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, write: { type: "boolean" }, threads: { type: "string" } } });
const threads = Number(options.threads ?? availableParallelism());

const PORTION = 2 ** 26;
/** A prime: the inputs of a quick run differ in all their bits. */
const STRIDE = options.quick ? 4093 : 1;
const SAMPLES = (options.quick ? 1e6 : 1e8) / functions.length;
const SEEDS = options.quick ? 1 : 16;

const backends = [];
for (const name of ["simd", "relaxed"]) {
  const binaries = { f32: await compileElementary(`f32-${name}`), f64: await compileElementary(`f64-${name}`) };
  if (runs(binaries.f32)) backends.push({ name, f32: new WebAssembly.Module(binaries.f32), f64: new WebAssembly.Module(binaries.f64) });
  else console.error(`this engine does not run the ${name} binary`);
}

/** Whether relaxed SIMD rounds multiplication and addition together: then some of its results differ. */
function fuses() {
  if (backends.length < 2) return undefined;
  const count = 1024;
  const [simd, relaxed] = backends.map((backend) => {
    const { x, y, apply } = instantiate(backend.f32, "f32", count);
    x.set(Float32Array.from(x, (_, i) => -i / 100));
    apply("exp", count);
    return y;
  });
  return simd.some((value, i) => value !== relaxed[i]);
}

const portions = functions.flatMap(({ name, exponents }) => {
  const modules = (precision) => ({ name, precision, modules: backends.map((backend) => backend[precision]) });
  const sampled = (precision) => [
    { ...modules(precision), edges: true },
    ...Array.from({ length: SEEDS }, (_, seed) => ({ ...modules(precision), samples: SAMPLES / SEEDS, seed, edges: false })),
  ];
  if (exponents !== undefined) return [...sampled("f64"), ...sampled("f32")];
  const singles = [];
  for (let from = 0; from < 2 ** 32; from += PORTION * STRIDE)
    singles.push({ ...modules("f32"), from, to: Math.min(from + PORTION * STRIDE, 2 ** 32), stride: STRIDE });
  return [...sampled("f64"), ...singles];
});

/** Results in the order of the portions, so that the worst input does not depend on which thread is faster. */
const results = new Array(portions.length);
let next = 0;
function work() {
  const worker = new Worker(new URL("worker.mjs", import.meta.url));
  return new Promise((resolve, reject) => {
    let index;
    const proceed = () => {
      index = next++;
      process.stderr.write(`\r${Math.min(next, portions.length)} / ${portions.length}`);
      if (index < portions.length) worker.postMessage(portions[index]);
      else worker.terminate().then(resolve);
    };
    worker.on("error", reject);
    worker.on("message", (result) => {
      results[index] = result;
      proceed();
    });
    proceed();
  });
}
await Promise.all(Array.from({ length: threads }, work));
process.stderr.write("\n");

const rows = functions.flatMap((f) =>
  ["f32", "f64"].flatMap((precision) =>
    backends.map((backend, b) => {
      const worsts = results.filter((_, i) => portions[i].name === f.name && portions[i].precision === precision).map((worst) => worst[b]);
      const worst = worsts.reduce((a, c) => (c.share > a.share ? c : a));
      const fault = worsts.find((w) => w.fault !== undefined)?.fault;
      return { ...f, ...worst, bound: f.bounds[precision], precision, backend: backend.name, fault };
    }),
  ),
);

console.log(table(rows));
for (const { name, precision, backend, share, error, at, bound, fault } of rows) {
  if (share <= 1 && fault === undefined) continue;
  const off = `${error} at ${at} exceeds ${bound.words}`;
  console.error(`${name} ${precision} ${backend}: ${fault === undefined ? off : `wrong at ${fault}`}`);
  process.exitCode = 1;
}
if (!options.quick || options.write) {
  const coverage = { stride: STRIDE, samples: SAMPLES * functions.length };
  writeFileSync(new URL("../../docs/accuracy.md", import.meta.url), report(rows, fuses(), coverage));
}
