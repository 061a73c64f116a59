/** A small app with the package from its tarball, built by every bundler and opened in Chromium. */

import { cpSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { chosenRows, runMatrix } from "../matrix/cells.mjs";
import { launchChromium } from "../matrix/chromium.mjs";
import { npm } from "../matrix/processes.mjs";
import { installed, pack } from "../matrix/tarball.mjs";
import { bundlers, viteServer } from "./bundlers.mjs";

const ORIGIN = "http://app.test/";

const rows = chosenRows(Object.keys(bundlers));
await installBundlers();
const app = await installed(await pack());
cpSync(join(import.meta.dirname, "app"), app, { recursive: true });
cpSync(join(import.meta.dirname, "../matrix/known.mjs"), join(app, "known.mjs"));
const browser = await launchChromium();

/** The bundlers, of the versions in this folder's lock file. `npm ci` would refuse a lock without the binaries of other systems. */
async function installBundlers() {
  const [lock, done] = ["package-lock.json", "node_modules/.package-lock.json"].map((name) => join(import.meta.dirname, name));
  if (!existsSync(done) || statSync(done).mtimeMs < statSync(lock).mtimeMs) await npm(["install", "--no-save"], import.meta.dirname);
}

/** The backend that a page reports. Rejects if an error occurs on the page, or if WebAssembly does not run. */
async function backendOn(url, folder) {
  const page = await browser.newPage();
  try {
    if (folder) await page.route(`${ORIGIN}**`, (route) => route.fulfill(answer(folder, route.request().url())));
    const failure = new Promise((_, reject) => page.on("pageerror", reject));
    const report = page.waitForFunction(() => globalThis.report).then((handle) => handle.jsonValue());
    const [{ name, why }] = await Promise.all([Promise.race([report, failure]), page.goto(url)]);
    if (name === "js") throw new Error(`the backend is js: ${why}`);
    return name;
  } finally {
    await page.close();
  }
}

/** What a server of a folder would answer. */
function answer(folder, url) {
  const path = join(folder, new URL(url).pathname);
  return existsSync(path) ? { path } : { status: 404 };
}

async function built(row) {
  const out = join(app, "built", row);
  await bundlers[row](app, out);
  return backendOn(`${ORIGIN}index.html`, out);
}

async function served() {
  const server = await viteServer(app);
  try {
    return await backendOn(server.url);
  } finally {
    await server.close();
  }
}

/** The cells of a row. */
function cellsOf(row) {
  const cells = [{ row, column: "build", run: () => built(row) }];
  return row === "vite" ? [...cells, { row, column: "development server", run: served }] : cells;
}

try {
  await runMatrix(rows.flatMap(cellsOf), "backend");
} finally {
  await browser.close();
}
