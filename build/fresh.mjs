/** When files were last changed, and whether dist/ is newer than what it is made of; run as a script, builds it if not. */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const sources = ["assembly", "src", "build", "asconfig.json"];

/** The times of change of a file, or of all files of a folder. */
export function times(path) {
  const stats = statSync(path);
  return stats.isDirectory() ? readdirSync(path).flatMap((name) => times(join(path, name))) : [stats.mtimeMs];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = ["dist/index.js", "dist/node.js", "dist/index.d.ts", "dist/cli.js"];
  const newest = Math.max(...sources.flatMap(times));
  const fresh = built.every(existsSync) && newest < Math.min(...built.flatMap(times));
  if (!fresh) execFileSync(process.execPath, ["build/build.mjs"], { stdio: ["ignore", process.stderr, "inherit"] });
}
