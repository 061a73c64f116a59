/** Where the numbers were taken: the machine, the engine, and the versions of all that took part. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, platform } from "node:os";
import { canPin } from "./contestant.mjs";
import { compiler } from "./native.mjs";

/** The engine in which contenders run, and the core to which they are pinned, if the system can. */
export function engineOf(node, core) {
  const [version, v8] = execFileSync(node, ["-p", "process.version + ' ' + process.versions.v8"], { encoding: "utf8" }).trim().split(" ");
  return { node, version, v8, core: canPin(core) ? Number(core) : undefined };
}

/** The last core: the system's own work prefers the first. */
export const lastCore = () => availableParallelism() - 1;

const packageVersion = () => JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

/** One sentence for reports. */
export function circumstances(engine, peers) {
  const versions = [`Node ${engine.version.slice(1)}`, compiler(), `simd-loss ${packageVersion()}`, ...peers];
  const pinned = engine.core === undefined ? "not pinned to a core" : "each contender on one core";
  return `${cpus()[0].model}, ${platform()}, ${pinned}; ${versions.filter(Boolean).join(", ")}`;
}
