/** The build that is measured, the one for Node: a copy of it, so that a build during the run does not change what runs. */

import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { temporary } from "./temporary.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));

/** Whether there is a build. */
export const isBuilt = () => existsSync(join(project, "dist/node.js"));

/** Copies the package's files, and returns the URL of the module that Node imports. */
export function snapshot() {
  const copy = temporary("package");
  for (const path of ["package.json", "dist"]) cpSync(join(project, path), join(copy, path), { recursive: true });
  return pathToFileURL(join(copy, "dist/node.js")).href;
}
