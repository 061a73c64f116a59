/** From nothing to the first answer: import and one short call, in a new process each time. */

import { start } from "./contestant.mjs";
import { summary } from "./statistics.mjs";

/** CPU time in ms of import and first call, for each contender that runs in JavaScript; contenders take turns. */
export async function coldStarts(workload, contenders, engine, settings) {
  const times = new Map(contenders.filter(({ executable }) => executable === undefined).map((contender) => [contender, []]));
  for (let round = 0; round < settings.rounds; round++) {
    for (const [contender, own] of times) {
      const running = await start(contender, workload, engine, { ...settings, warmup: 0 }).catch(() => undefined);
      if (running === undefined) continue;
      own.push(running.first.cold);
      running.end();
    }
  }
  return [...times].filter(([, own]) => own.length > 0).map(([{ name }, own]) => ({ contender: name, ms: summary(own) }));
}
