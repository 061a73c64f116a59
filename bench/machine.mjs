/** Where the numbers were taken: the machine, the engine, the commit, and the versions of all that took part. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";
import { fileURLToPath } from "node:url";
import { canPin } from "./contestant.mjs";
import { compilerVersion } from "./native.mjs";
import { peerVersion } from "./peers.mjs";

const quietly = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };

/** A Node binary and its versions; throws if it is none. */
export function engineAt(node) {
  const [version, v8] = execFileSync(node, ["-p", "process.version + ' ' + process.versions.v8"], quietly).trim().split(" ");
  if (v8 === undefined) throw new Error(`${node} is no Node`);
  return { node, version, v8 };
}

/** The last core if contenders can be pinned to it: the system's own work prefers the first. */
export function lastCore() {
  const core = availableParallelism() - 1;
  return canPin(core) ? core : undefined;
}

export const machine = { cpu: cpus()[0]?.model ?? arch(), platform: platform(), cores: cpus().length };

/** The commit of the work tree, "-dirty" if files differ from it; undefined outside of one. */
export function commit() {
  try {
    const words = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"];
    return execFileSync("git", words, { ...quietly, cwd: fileURLToPath(new URL("..", import.meta.url)) }).trim();
  } catch {
    return undefined;
  }
}

const packageVersion = () => JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

/** The versions of what the contenders are made of, by name. */
export function versionsOf(engine, contenders) {
  const packages = new Set(contenders.flatMap((contender) => contender.packages ?? []));
  return {
    Node: engine.version.slice(1),
    ...(contenders.some(({ executable }) => executable !== undefined) && { gcc: compilerVersion() }),
    ...(contenders.some(({ own }) => own) && { "simd-loss": packageVersion() }),
    ...Object.fromEntries([...packages].map((name) => [name, peerVersion(name)])),
  };
}

/** One sentence for reports. */
export function circumstances(engine, versions) {
  const pinned = engine.core === undefined ? "not pinned to a core" : "each contender on one core";
  const named = Object.entries(versions).flatMap(([name, version]) => (version === undefined ? [] : `${name} ${version}`));
  return `${machine.cpu}, ${machine.platform}, ${pinned}; ${named.join(", ")}`;
}
