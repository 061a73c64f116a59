/** The engines that are no browsers, each of a pinned version from npm, installed when it is first asked for. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../matrix/processes.mjs";
import { root } from "../matrix/tarball.mjs";

/** By row of the matrix: the package, its version, and the arguments that run a file. */
export const engines = {
  node20: { name: "node", version: "20.20.2", args: [] },
  node22: { name: "node", version: "22.23.3", args: [] },
  node24: { name: "node", version: "24.21.0", args: [] },
  node26: { name: "node", version: "26.10.0", args: [] },
  deno: { name: "deno", version: "2.9.6", args: ["run", "--quiet", "--allow-read", "--node-modules-dir=manual"] },
  bun: { name: "bun", version: "1.4.5", args: [] },
};

/** Runs Cloudflare's workerd, which takes no file but a configuration. */
export const workerd = { name: "workerd", version: "1.20261117.1" };

/** The path of an engine's executable. Each of these packages but for tools fetches its executable in an install script. */
export async function executable({ name, version, bin = name }) {
  const folder = join(root, "node_modules/.cache/engines", `${name.replace("/", "-")}-${version}`);
  const path = join(folder, "node_modules/.bin", bin);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, allowScripts: { [name]: true } }));
    await npm(["install", `${name}@${version}`], folder);
  }
  return path;
}
