/** Programs that run beside the test: each in a process group of its own, ended with all that it started. */

import { spawn } from "node:child_process";
import { once } from "node:events";

const running = new Set();

process.on("exit", () => {
  for (const child of running) signalGroup(child, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Starts a program. `ended` rejects, with what the program last complained of, when the program ends. */
export function start(command, args, env = {}) {
  const child = spawn(command, args, { detached: true, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.stdout.setEncoding("utf8").resume();
  let complaint = "";
  child.stderr.on("data", (data) => {
    complaint = (complaint + data).slice(-1000);
  });
  const ended = new Promise((_, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => reject(new Error(`${command} ended (${signal ?? code}): ${complaint.trim()}`)));
  });
  ended.catch(() => {});

  /** Asks it to end, so that it removes its locks, then makes sure. */
  async function close() {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, "exit", { signal: AbortSignal.timeout(5000) });
      signalGroup(child, "SIGTERM");
      await exit.catch(() => {});
    }
    signalGroup(child, "SIGKILL");
    running.delete(child);
  }

  return { stdout: child.stdout, ended, close };
}
