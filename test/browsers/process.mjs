/** Programs that run beside the test: started in a process group of their own, ended with all that they started. */

import { spawn } from "node:child_process";

const running = new Set();

function end(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group has ended by itself.
  }
}

process.on("exit", () => {
  for (const child of running) end(child);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** Starts a program. `ended` rejects, with what the program last complained of, when it ends before `close` is called. */
export function start(command, args, env = {}) {
  const child = spawn(command, args, { detached: true, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let complaint = "";
  child.stderr.on("data", (data) => {
    complaint = (complaint + data).slice(-1000);
  });
  const ended = new Promise((_, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => reject(new Error(`${command} ended (${signal ?? code}): ${complaint.trim()}`)));
  });
  ended.catch(() => {});
  return { stdout: child.stdout.setEncoding("utf8"), ended, close: () => end(child) };
}
