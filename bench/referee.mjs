/** Runs a workload's contenders against each other in interleaved rounds, and checks what they answer. */

import { check, expectationOf } from "./answers.mjs";
import { BASELINE } from "./contenders.mjs";
import { start } from "./contestant.mjs";
import { median, summary } from "./statistics.mjs";

/** Rounds that a contender has at least, however slow it is. */
const FEWEST_ROUNDS = 3;

/**
 * The results of a workload, one for each contender that has it: `ms` by call, `ratio` to the baseline and `over` it in ms,
 * both taken pair by pair in each round if the baseline's answer is right, `errors` against f64, `memory`, the process's
 * peak in KiB; or its `failure`.
 */
export async function contest(workload, contenders, engine, settings) {
  const entrants = (await Promise.all(contenders.map((contender) => enter(contender, workload, engine, settings)))).filter(Boolean);
  for (let round = 0; round < settings.rounds; round++) {
    for (let i = 0; i < entrants.length; i++) await play(entrants[(i + round) % entrants.length], settings);
  }
  const expectation = expectationOf(workload, settings.seed);
  for (const entrant of entrants) {
    await guard(entrant, async (running) => {
      entrant.memory = (await running.ask("memory")).peak;
      entrant.errors = await check(running, expectation);
    });
    await entrant.running?.end();
  }
  const baseline = entrants.find(({ name }) => name === BASELINE);
  return entrants.map((entrant) => resultOf(entrant, baseline));
}

/** Starts a contender; undefined if it has no such workload. */
async function enter(contender, workload, engine, settings) {
  const entrant = { name: contender.name, rounds: [], spent: 0 };
  try {
    entrant.running = await start(contender, workload, engine, settings);
    return entrant.running && entrant;
  } catch (error) {
    return { ...entrant, failure: error.message };
  }
}

/** A step of an entrant; one that fails stays in the results with its failure, and others go on. */
async function guard(entrant, step) {
  if (entrant.failure !== undefined) return;
  try {
    await step(entrant.running);
  } catch (error) {
    entrant.failure = error.message;
  }
}

/** One round, unless the entrant has used up its time. */
function play(entrant, { time, patience }) {
  if (entrant.spent > patience && entrant.rounds.length >= FEWEST_ROUNDS) return undefined;
  return guard(entrant, async ({ ask }) => {
    const began = performance.now();
    entrant.rounds.push((await ask(`round ${time}`)).ms);
    entrant.spent += performance.now() - began;
  });
}

function resultOf({ name, failure, rounds, errors, memory }, baseline) {
  if (failure !== undefined) return { contender: name, failure };
  const pairs = (of) => rounds.slice(0, baseline.rounds.length).map((ms, round) => of(baseline.rounds[round], ms));
  const paired = baseline !== undefined && baseline.failure === undefined && !baseline.errors?.wrong;
  return {
    contender: name,
    ms: summary(rounds),
    ratio: paired ? summary(pairs((base, ms) => base / ms)) : undefined,
    over: paired ? median(pairs((base, ms) => ms - base)) : undefined,
    rounds,
    errors,
    memory,
  };
}
