/** The benchmark's command line: which workloads and contenders, how long, and where the results go. See bench/README.md. */

import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { coldStarts } from "./coldStart.mjs";
import { BASELINE, backends, contendersOf } from "./contenders.mjs";
import { circumstances, engineOf, lastCore } from "./machine.mjs";
import { installPeers, peerContenders } from "./peers.mjs";
import { contest } from "./referee.mjs";
import { chart } from "./report/chart.mjs";
import { markdownReport, writeReadme } from "./report/markdown.mjs";
import { coldStartRows, memoryRows, overviewRows, workloadRows } from "./report/rows.mjs";
import { terminalTable } from "./report/terminal.mjs";
import { snapshot } from "./snapshot.mjs";
import { coldStartWorkload, workloadsOf } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    contender: { type: "string", default: "" },
    backend: { type: "string", default: backends.join() },
    peers: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    node: { type: "string", default: process.execPath },
    core: { type: "string", default: String(lastCore()) },
    json: { type: "string" },
    markdown: { type: "string" },
    svg: { type: "string" },
    readme: { type: "boolean", default: false },
  },
});

/** In ms: `time` of a round, `warmup` before the first, `batch` of a round's parts; `patience` with a slow contender's rounds. */
const settings = options.quick
  ? { seed: 1, rounds: 7, time: 20, warmup: 150, batch: 1, patience: 3000 }
  : { seed: 1, rounds: 15, time: 50, warmup: 300, batch: 2, patience: 10000 };

const library = snapshot();
const losses = Object.values(await import(library)).flatMap(({ lossName }) => lossName ?? []);

const peers = options.peers ? installPeers() : [];
const engine = engineOf(options.node, options.core);
const only = new RegExp(options.only, "i");
const chosen = new RegExp(options.contender, "i");
const workloads = workloadsOf(losses).filter(({ name, group }) => only.test(name) || only.test(group));
const contenders = [...contendersOf(library, options.backend.split(",")), ...(options.peers ? peerContenders : [])].filter(
  ({ name }) => name === BASELINE || chosen.test(name),
);

const show = (rows) => console.log(`${terminalTable(rows)}\n`);
const measured = [];
for (const workload of workloads) {
  measured.push({ workload, results: await contest(workload, contenders, engine, settings) });
  show(workloadRows(measured.at(-1)));
}
const cold = only.test("cold start") ? await coldStarts(coldStartWorkload, contenders, engine, settings) : [];
if (measured.length > 0) show(overviewRows(measured));
if (memoryRows(measured).rows.length > 0) show(memoryRows(measured));
if (cold.length > 0) show(coldStartRows(cold));

/** A word as a shell takes it. */
const quoted = (word) => (/^[\w./=,-]+$/.test(word) ? word : `'${word}'`);
const command = ["npm run bench", ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2).map(quoted)] : [])].join(" ");
const report = { command, circumstances: circumstances(engine, peers), engine, settings, measured, coldStarts: cold };
console.log(report.circumstances);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
if (options.markdown !== undefined) writeFileSync(options.markdown, markdownReport(report));

const root = fileURLToPath(new URL("..", import.meta.url));
const svg = options.svg ?? (options.readme ? `${root}docs/benchmarks.svg` : undefined);
if (svg !== undefined) writeFileSync(svg, chart(report));
if (options.readme) writeReadme(`${root}README.md`, report, relative(root, svg));
