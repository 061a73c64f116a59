/** Builds dist/ if it is missing, or older than what it is made of. */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const sources = ["assembly", "src", "build", "asconfig.json"];

function times(path) {
  const stats = statSync(path);
  return stats.isDirectory() ? readdirSync(path).flatMap((name) => times(join(path, name))) : [stats.mtimeMs];
}

const newest = Math.max(...sources.flatMap(times));
const fresh = existsSync("dist/index.js") && existsSync("dist/index.d.ts") && newest < Math.min(...times("dist"));
if (!fresh) execFileSync(process.execPath, ["build/build.mjs"], { stdio: ["ignore", process.stderr, "inherit"] });
