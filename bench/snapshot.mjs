/** The build that is measured, the one for Node: a copy of it, so that a build during the run does not change what runs. */

import { cpSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const project = new URL("../", import.meta.url);
const copy = new URL("node_modules/.cache/simd-loss-bench/", project);

/** Copies the package's files, and returns the URL of the module that Node imports. */
export function snapshot() {
  if (!existsSync(new URL("dist/node.js", project))) throw new Error("dist/ is missing: run npm run build");
  for (const path of ["package.json", "dist"]) {
    cpSync(fileURLToPath(new URL(path, project)), fileURLToPath(new URL(path, copy)), { recursive: true });
  }
  return new URL("dist/node.js", copy).href;
}
