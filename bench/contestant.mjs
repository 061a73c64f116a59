/** A contender's process seen from outside: started, pinned to a core, asked line by line. */

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onExit } from "signal-exit";
import { flagsFor } from "./contenders.mjs";

const child = fileURLToPath(new URL("child.mjs", import.meta.url));

/** Whether a program that starts another one with some property can do so here. */
function canStart(...launcher) {
  const [program, ...parameters] = launcher;
  try {
    execFileSync(program, [...parameters, "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Whether `taskset` can pin a process to the core. */
export const canPin = (core) => canStart("taskset", "-c", String(core));

/** Linux kills the process when its parent is gone; elsewhere it ends when it next reads a line. */
const leash = ["setpriv", "--pdeathsig", "KILL"];
const bound = canStart(...leash) ? leash : [];

/** The program and arguments of a contender's process. `engine` is { node, v8, core }; `core` undefined: not pinned. */
function commandFor(contender, workload, engine, { seed, warmup, batch }) {
  const { operation, mode, precision, count, rows, classes } = workload;
  const command =
    contender.executable !== undefined
      ? [contender.executable, operation, mode, precision, count, rows, classes, seed, warmup, batch]
      : [engine.node, ...flagsFor(contender, engine.v8), child, JSON.stringify({ ...contender, workload, seed, warmup, batch })];
  return [...bound, ...(engine.core === undefined ? [] : ["taskset", "-c", engine.core]), ...command].map(String);
}

const running = new Set();
onExit(() => {
  for (const process of running) process.kill("SIGKILL");
});

/** Resolves when the process has ended and all it has written has arrived: to what is known of the reason. */
function endOf(process) {
  let complaints = "";
  process.stderr.on("data", (text) => {
    complaints += text;
  });
  return new Promise((resolve) => {
    process.once("error", ({ message }) => resolve(message));
    process.once("close", (status, signal) => {
      running.delete(process);
      const said = /^\w*Error.*$/m.exec(complaints)?.[0] ?? /\S.*/.exec(complaints)?.[0];
      resolve(said ?? (signal === null ? `ended with status ${status}` : `ended by ${signal}`));
    });
  });
}

/** The promise's result, or undefined after so many ms. */
async function within(limit, promise) {
  let timer;
  const elapsed = new Promise((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  try {
    return await Promise.race([promise, elapsed]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts a contender on a workload. Resolves when it is warm: to its first reply, and `ask` and `end`; to undefined if
 * it has no such workload. Lines that are not replies (a peer's banner) are passed over. A process that does not reply
 * for `settings.timeout` ms is killed.
 */
export async function start(contender, workload, engine, settings) {
  const [program, ...parameters] = commandFor(contender, workload, engine, settings);
  const process = spawn(program, parameters, { stdio: ["pipe", "pipe", "pipe"] });
  running.add(process);
  const ended = endOf(process);
  process.stdin.on("error", () => {});
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const nextReply = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(await ended);
      if (value.startsWith("{")) return JSON.parse(value);
    }
  };
  const reply = async () => {
    try {
      const answer = await within(settings.timeout, nextReply());
      if (answer === undefined) throw new Error(`no answer in ${settings.timeout / 1000} s`);
      return answer;
    } catch (error) {
      process.kill("SIGKILL");
      throw error;
    }
  };
  const ask = (line) => {
    process.stdin.write(`${line}\n`);
    return reply();
  };
  const end = async () => {
    process.stdin.end();
    if ((await within(settings.timeout, ended)) === undefined) process.kill("SIGKILL");
  };
  const first = await reply();
  if (!first.absent) return { contender, first, ask, end };
  await end();
  return undefined;
}
