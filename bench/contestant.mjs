/** A contender's process seen from outside: started, pinned to a core, asked line by line. */

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { flagsFor } from "./contenders.mjs";

const child = fileURLToPath(new URL("child.mjs", import.meta.url));

/** Whether `taskset` can pin a process to the core. */
export function canPin(core) {
  try {
    execFileSync("taskset", ["-c", String(core), "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The program and arguments of a contender's process. `engine` is { node, v8, core }; `core` undefined: not pinned. */
function commandFor(contender, workload, engine, { seed, warmup, batch }) {
  const { operation, mode, precision, count, rows, classes } = workload;
  const command =
    contender.executable !== undefined
      ? [contender.executable, operation, mode, precision, count, rows, classes, seed, warmup, batch]
      : [engine.node, ...flagsFor(contender, engine.v8), child, JSON.stringify({ ...contender, workload, seed, warmup, batch })];
  return [...(engine.core === undefined ? [] : ["taskset", "-c", engine.core]), ...command].map(String);
}

/**
 * Starts a contender on a workload. Resolves when it is warm: to its first reply, and `ask` and `end`; to undefined if
 * it has no such workload. Lines that are not replies (a peer's banner) are passed over.
 */
export async function start(contender, workload, engine, settings) {
  const [program, ...parameters] = commandFor(contender, workload, engine, settings);
  const process = spawn(program, parameters, { stdio: ["pipe", "pipe", "pipe"] });
  let complaints = "";
  process.stderr.on("data", (text) => {
    complaints += text;
  });
  process.stdin.on("error", () => {});
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const reply = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(/^\w*Error.*$/m.exec(complaints)?.[0] ?? complaints);
      if (value.startsWith("{")) return JSON.parse(value);
    }
  };
  const ask = (line) => {
    process.stdin.write(`${line}\n`);
    return reply();
  };
  const first = await reply();
  if (first.absent) return undefined;
  return { contender, first, ask, end: () => process.stdin.end() };
}
