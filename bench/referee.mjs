/** Runs a workload's contenders against each other in interleaved rounds, and checks what they answer. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BASELINE } from "./contenders.mjs";
import { start } from "./contestant.mjs";
import { hashOf, makeInputs } from "./inputs.mjs";
import { errorsOf, referenceFor } from "./reference.mjs";
import { median, summary } from "./statistics.mjs";

/**
 * The results of a workload, one for each contender that has it: `ms` by call, `ratio` to the baseline and `over` it in ms,
 * both taken pair by pair in each round, `errors` against f64, `memory`, the process's peak in KiB.
 */
export async function contest(workload, contenders, engine, settings) {
  const running = (await Promise.all(contenders.map((contender) => startOrFail(contender, workload, engine, settings)))).filter(Boolean);
  const times = new Map(running.map(({ contender }) => [contender.name, []]));
  for (let round = 0; round < settings.rounds; round++) {
    for (let i = 0; i < running.length; i++) {
      const entrant = running[(i + round) % running.length];
      if (entrant.failure !== undefined) continue;
      times.get(entrant.contender.name).push((await entrant.ask(`round ${settings.time}`)).ms);
    }
  }
  const inputs = makeInputs(workload, settings.seed);
  const expected = hashOf(inputs);
  const truth = referenceFor(workload, inputs);
  const baseline = times.get(BASELINE);
  const results = [];
  for (const { contender, first, ask, end, failure } of running) {
    if (failure !== undefined) {
      results.push({ contender: contender.name, failure });
      continue;
    }
    if (first.inputs !== expected) throw new Error(`${contender.name} made other inputs for ${workload.name}`);
    const own = times.get(contender.name);
    const memory = (await ask("memory")).peak;
    results.push({
      contender: contender.name,
      ms: summary(own),
      ratio: baseline && summary(own.map((ms, round) => baseline[round] / ms)),
      over: baseline && median(own.map((ms, round) => ms - baseline[round])),
      rounds: own,
      errors: truth && errorsOf(await answerOf(ask, workload), truth),
      memory,
    });
    end();
  }
  return results;
}

/** A contender that fails to start stays in the results with its failure; others go on. */
async function startOrFail(contender, workload, engine, settings) {
  try {
    return await start(contender, workload, engine, settings);
  } catch (error) {
    return { contender, failure: error.message };
  }
}

const arrays = { f32: Float32Array, f64: Float64Array };

async function answerOf(ask, { mode, precision }) {
  const directory = mkdtempSync(join(tmpdir(), "simd-loss-bench-"));
  try {
    const file = join(directory, "output");
    const { value } = await ask(`answer ${file}`);
    if (mode === "value") return { value };
    const { buffer, byteOffset, byteLength } = readFileSync(file);
    const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
    return { value, output: new arrays[precision](bytes) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
