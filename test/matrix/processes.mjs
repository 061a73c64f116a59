/** How the matrices run other programs: to their end, within a time, with all they said in the error if they fail. */

import { execFile } from "node:child_process";

/** The standard output of a program. Rejects with its output if it fails or takes more than five minutes. */
export function run(file, args, cwd, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { cwd, env, timeout: 300_000, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${[file, ...args].join(" ")}: ${error.killed ? "timed out" : `status ${error.code}`}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
    child.stdin.end();
  });
}

/** npm in a folder. */
export function npm(args, cwd) {
  return run(process.platform === "win32" ? "npm.cmd" : "npm", [...args, "--no-audit", "--no-fund"], cwd);
}
