/** What importing the package costs, and the first call after it: `node bench/importCost.mjs [--node PATH] [--rounds N]`. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { terminalTable } from "./report/terminal.mjs";
import { summary } from "./statistics.mjs";

const { values: options } = parseArgs({
  options: { node: { type: "string", default: process.execPath }, rounds: { type: "string", default: "25" } },
});

const child = fileURLToPath(new URL("importChild.mjs", import.meta.url));
const dist = (file) => new URL(`../dist/${file}`, import.meta.url).href;
/** What is imported; the empty module is what the loader itself costs. */
const modules = {
  "an empty module": "data:text/javascript,export const mse = () => 0",
  "simd-loss in Node": dist("node.js"),
  "simd-loss elsewhere": dist("index.js"),
  "simd-loss/js": dist("js.js"),
};

const measured = Object.entries(modules).map(([name, module]) => ({ name, module, times: [] }));
for (let round = 0; round < Number(options.rounds); round++) {
  for (const { module, times } of measured) {
    times.push(JSON.parse(execFileSync(options.node, [child, module], { encoding: "utf8" })));
  }
}

const cell = (times) => `${Math.min(...times).toFixed(2)} / ${summary(times).median.toFixed(2)}`;
const rows = measured.map(({ name, times }) => [
  name,
  cell(times.map((time) => time.import)),
  cell(times.map((time) => time.call)),
  cell(times.map((time) => time.import + time.call)),
]);
console.log(terminalTable({ head: ["least / median ms", "import", "first call", "both"], rows }));
