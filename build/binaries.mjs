/** The WebAssembly binaries: each target of asconfig.json that is older than its sources, compiled in a process of its own. */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { times } from "./fresh.mjs";

const sources = ["assembly", "asconfig.json", "build/asc.mjs", "build/inline.mjs"];
const run = promisify(execFile);

/** Compiles what is stale, as many targets at a time as there are processors. */
export async function compileBinaries() {
  const newest = Math.max(...sources.flatMap(times));
  const { targets } = JSON.parse(readFileSync("asconfig.json", "utf8"));
  const stale = Object.entries(targets).filter(([, { outFile }]) => !existsSync(outFile) || times(outFile)[0] < newest);
  for (const [, { outFile }] of stale) mkdirSync(dirname(outFile), { recursive: true });
  const names = stale.map(([name]) => name);
  const work = async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) await run(process.execPath, ["build/asc.mjs", name]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}
