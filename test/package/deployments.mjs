/** Deployments that take along only the files they find named in the source: what they take is run where nothing else is. */

import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../matrix/processes.mjs";
import { executable } from "./engines.mjs";

const nft = { name: "@vercel/nft", version: "1.11.5", bin: "nft" };
const ncc = { name: "@vercel/ncc", version: "0.45.0", bin: "ncc" };

/** By row of the matrix: what deploys a consumer from a folder and runs it, and returns what it prints. */
export const deployments = {
  nft: (folder, file) =>
    elsewhere(async (target) => {
      const traced = await run(await executable(nft), ["print", file], folder);
      // The first line is a heading, others are paths.
      const paths = traced.split("\n").filter((path) => /\.\w+$/.test(path));
      for (const path of ["package.json", ...paths]) cpSync(join(folder, path), join(target, path));
      return file;
    }),
  ncc: (folder, file) =>
    elsewhere(async (target) => {
      await run(await executable(ncc), ["build", file, "--out", target], folder);
      return readdirSync(target).find((name) => name.startsWith("index."));
    }),
};

/** Runs in Node what a deployment writes to a folder outside this repository. */
async function elsewhere(deploy) {
  const target = mkdtempSync(join(tmpdir(), "simd-loss-deployed-"));
  try {
    return await run(process.execPath, [await deploy(target)], target);
  } finally {
    rmSync(target, { recursive: true });
  }
}
