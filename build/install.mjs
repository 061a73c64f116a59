/** Installs the packages of a folder that has a package.json of its own, where they are missing or older than its lock. */

import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** `npm ci` in a folder, without install scripts, which would download what is not used here. */
export function installIn(folder) {
  const installed = join(folder, "node_modules/.package-lock.json");
  const current = existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(folder, "package-lock.json")).mtimeMs;
  if (current) return;
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", process.stderr, "inherit"] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const folder of process.argv.slice(2)) installIn(folder);
