/** A visit of one browser to one page, which runs the suite and reports to the server. */

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ensureInstalled } from "../matrix/debian.mjs";
import { serve } from "./server.mjs";

/** How long a visit may take, in ms. */
const PATIENCE = 300_000;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The server of the pages, on the built library. */
export async function startServer() {
  const { outputFiles } = await build({
    entryPoints: [here("page.mjs"), here("worker.mjs")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    outdir: "/",
  });
  const scripts = Object.fromEntries(outputFiles.map(({ path, text }) => [path.slice(1), text]));
  return serve(scripts, here("../oracle"));
}

/** The report of the page at `place` under a policy. Rejects where the browser ends or is late. */
export async function visit(server, browser, place, policyName) {
  ensureInstalled(...browser.packages);
  const { address, report } = server.expect(place, policyName);
  const { ended, close } = await browser.open(address);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no report within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([report, ended, late]);
  } finally {
    clearTimeout(timer);
    await close();
  }
}
