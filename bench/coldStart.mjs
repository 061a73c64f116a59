/** From nothing to the first answer: import and one short call, in a new process each time. */

import { check, expectationOf } from "./answers.mjs";
import { start } from "./contestant.mjs";
import { summary } from "./statistics.mjs";

/**
 * CPU time in ms of import and first call, and the answer's `errors`, for each contender that runs in JavaScript; or its
 * first `failure`. Contenders take turns.
 */
export async function coldStarts(workload, contenders, engine, settings) {
  const expectation = expectationOf(workload, settings.seed);
  const entrants = contenders.filter(({ executable }) => executable === undefined).map((contender) => ({ contender, times: [] }));
  for (let round = 0; round < settings.rounds; round++) {
    for (const entrant of entrants.filter(({ failure }) => failure === undefined)) {
      try {
        await startOnce(entrant, expectation, engine, settings);
      } catch (error) {
        entrant.failure = error.message;
      }
    }
  }
  return entrants.flatMap(resultOf);
}

/** One start; the first is asked for its answer. A contender without the workload has no times. */
async function startOnce(entrant, expectation, engine, settings) {
  const running = await start(entrant.contender, expectation.workload, engine, { ...settings, warmup: 0 });
  if (running === undefined) return;
  try {
    if (entrant.times.length === 0) entrant.errors = await check(running, expectation);
    entrant.times.push(running.first.cold);
  } finally {
    await running.end();
  }
}

function resultOf({ contender: { name }, times, errors, failure }) {
  if (failure !== undefined) return [{ contender: name, failure }];
  return times.length === 0 ? [] : [{ contender: name, ms: summary(times), errors }];
}
