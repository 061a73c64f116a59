/** How a worker that uses the package is bundled and run in Cloudflare's workerd, as its own tools do it. */

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { run } from "../matrix/processes.mjs";
import { executable, workerd } from "./engines.mjs";

/** What the worker's test prints. */
export async function runWorker(folder) {
  const outdir = join(folder, "worker");
  await build({
    entryPoints: [join(folder, "worker.mjs")],
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    outExtension: { ".js": ".mjs" },
    outdir,
  });
  const kind = (name) => (name.endsWith(".wasm") ? "wasm" : "esModule");
  const modules = readdirSync(outdir).sort((a, b) => kind(a).localeCompare(kind(b)));
  const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [${modules.map((name) => `(name = "${name}", ${kind(name)} = embed "${name}")`).join(", ")}],
);
`;
  writeFileSync(join(outdir, "worker.capnp"), configuration);
  return run(await executable(workerd), ["test", "worker.capnp"], outdir);
}
