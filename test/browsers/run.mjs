/** `npm run test:browsers`: the conformance suite in browsers, as a matrix. See docs/testing.md. */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { printMatrix } from "../matrix/print.mjs";
import { browsers, installedVersion } from "./browsers.mjs";
import { complaintsAbout } from "./judgement.mjs";
import { serve } from "./server.mjs";
import { settings } from "./settings.mjs";

/** How long a browser may take for one setting, in ms. */
const PATIENCE = 300_000;
/** How many complaints are printed about one setting. */
const SHOWN = 20;

const names = browsers.map(({ name }) => name);
const { values: options } = parseArgs({ options: { only: { type: "string", multiple: true, default: names } } });
const unknown = options.only.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`usage: npm run test:browsers -- [--only ${names.join("|")}]…, got ${unknown.join()}`);
  process.exit(2);
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The scripts of the page and of the worker, on the built library. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [here("page.mjs"), here("worker.mjs")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    outdir: "/",
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [path.slice(1), text]));
}

/** The report of a browser that opens a page in a setting, or what went wrong. */
async function reportOf(browser, setting, server) {
  const missing = browser.packages.filter((name) => installedVersion(name) === undefined);
  if (missing.length > 0) return { error: `not installed: apt-get install ${missing.join(" ")}` };
  const id = `${browser.name}-${setting.place}-${setting.policyName}`;
  const reported = server.reported(id);
  let opened;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no report within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    opened = await browser.open(server.address(setting, id));
    return await Promise.race([reported, opened.ended, late]);
  } catch (error) {
    return { error: error.message };
  } finally {
    clearTimeout(timer);
    await opened?.close();
  }
}

/** Passed, failed and unsupported cases of a backend, or that it does not run. */
function cell(report, name) {
  const outcome = report.outcomes?.find(({ backend }) => backend === name);
  if (outcome === undefined) return "";
  const { pass, fail, unsupported } = outcome.counts;
  return outcome.refusal === undefined ? `${pass} / ${fail} / ${unsupported}` : "refused";
}

const server = await serve(await bundle(), here("../oracle"));
const rows = [];
const reasons = [];
const failures = [];
for (const browser of browsers.filter(({ name }) => options.only.includes(name))) {
  const label = `${browser.name} ${installedVersion(browser.packages[0]) ?? ""}`.trim();
  for (const setting of settings) {
    const { place, policy } = setting;
    const report = await reportOf(browser, setting, server);
    const complaints = complaintsAbout(report, browser.backends, policy);
    const where = `${browser.name}, ${place}, ${policy.header ?? "no policy"}`;
    console.error(`${where}: ${complaints.length === 0 ? "ok" : "FAILED"}`);
    rows.push([
      label,
      place,
      policy.header ?? "none",
      report.automatic?.name ?? "none",
      ...["relaxed", "simd", "js"].map((name) => cell(report, name)),
      complaints.length === 0 ? "ok" : "FAILED",
    ]);
    if (report.automatic !== undefined) reasons.push(`${where}: ${report.automatic.name}, ${report.automatic.why}`);
    failures.push(...complaints.slice(0, SHOWN).map((complaint) => `${where}: ${complaint}`));
    if (complaints.length > SHOWN) failures.push(`${where}: and ${complaints.length - SHOWN} more`);
  }
}
server.close();

console.log("Cases passed / failed / unsupported, by backend:");
printMatrix(["browser", "in", "content security policy", "backend()", "relaxed", "simd", "js", ""], rows);
console.log(`What backend() said:\n${reasons.join("\n")}`);
if (failures.length > 0) {
  console.error(`Failures:\n${failures.join("\n")}`);
  process.exitCode = 1;
}
