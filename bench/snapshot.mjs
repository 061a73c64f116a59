/** The build that is measured: a copy of it, so that a build during the run does not change what runs. */

import { cpSync, existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = new URL("../dist/index.js", import.meta.url);
const copy = new URL("../node_modules/.cache/simd-loss-bench/library.mjs", import.meta.url);

/** Copies the library's build to where it finds its dependencies, and returns the copy's URL. */
export function snapshot() {
  if (!existsSync(built)) throw new Error("dist/ is missing: run npm run build");
  mkdirSync(fileURLToPath(new URL(".", copy)), { recursive: true });
  cpSync(built, copy);
  return copy.href;
}
