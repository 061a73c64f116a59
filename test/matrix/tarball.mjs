/** The package as its users get it: packed, and installed into a folder with nothing else in it. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { npm } from "./processes.mjs";

/** The root of this repository. */
export const root = resolve(import.meta.dirname, "../..");

/** Packs the package, built afresh if it is stale, and returns the path of the tarball. */
export async function pack() {
  const folder = emptyFolder();
  await npm(["pack", "--pack-destination", folder], root);
  return join(folder, readdirSync(folder)[0]);
}

/** A new folder with the tarball installed. */
export async function installed(tarball) {
  const folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await npm(["install", tarball], folder);
  return folder;
}

/** A folder outside this repository, so that nothing is found in its node_modules. It goes when the process ends. */
function emptyFolder() {
  const folder = mkdtempSync(join(tmpdir(), "simd-loss-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
