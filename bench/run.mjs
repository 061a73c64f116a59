/** The benchmark's command line: which workloads and contenders, how long, and where the results go. See bench/README.md. */

import { coldStarts } from "./coldStart.mjs";
import { BASELINE, contendersOf } from "./contenders.mjs";
import { circumstances, commit, lastCore, machine, versionsOf } from "./machine.mjs";
import { nativeContenders, nativeNames } from "./native.mjs";
import { commandLine, commandOf } from "./options.mjs";
import { installPeers, peerContenders } from "./peers.mjs";
import { contest } from "./referee.mjs";
import { outputsOf, tryToWrite, write } from "./report/files.mjs";
import { coldStartRows, isSound, memoryRows, overviewRows, resultOf, workloadRows } from "./report/rows.mjs";
import { terminalTable } from "./report/terminal.mjs";
import { isBuilt, snapshot } from "./snapshot.mjs";
import { coldStartWorkload, isHeadline, workloadsOf } from "./workloads.mjs";

const options = commandLine.parse().opts();
const { only, contender: named } = options;

/** In ms: `time` of a round, `warmup` before the first, `batch` of a round's parts; `patience` with a slow contender's rounds. */
const settings = {
  seed: 1,
  ...(options.quick
    ? { rounds: 7, time: 20, warmup: 150, batch: 1, patience: 3000 }
    : { rounds: 15, time: 50, warmup: 300, batch: 2, patience: 10000 }),
  timeout: options.timeout * 1000,
};

if (!isBuilt()) commandLine.error("error: dist/ is missing: npm run build makes it");
const library = snapshot();
const losses = Object.values(await import(library)).flatMap(({ lossName }) => lossName ?? []);

const workloads = workloadsOf(losses).filter(({ name, groups }) => [name, ...groups].some((text) => only.test(text)));
const startsCold = only.test("cold start");
if (workloads.length === 0 && !startsCold) commandLine.error(`error: --only ${only.source} matches no workload`);
if (options.readme && !workloads.some(isHeadline)) commandLine.error("error: --readme needs a workload that README.md shows");
if (options.svg !== undefined && workloads.length === 0) commandLine.error("error: --svg needs a workload");

const isNamed = (name) => named.test(name);
const javascript = contendersOf(library, options.backend);
const peers = options.peers ? peerContenders : [];
if (![...[...javascript, ...peers].map(({ name }) => name), ...nativeNames].some(isNamed)) {
  commandLine.error(`error: --contender ${named.source} matches none${options.peers ? "" : "; other libraries need --peers"}`);
}

const outputs = outputsOf(options);
try {
  outputs.forEach(tryToWrite);
} catch (error) {
  commandLine.error(`error: ${error.message}`);
}

const engine = { ...options.node, core: options.core ?? lastCore() };
const contenders = [
  ...javascript.filter(({ name }) => name === BASELINE || isNamed(name)),
  ...nativeContenders(nativeNames.filter(isNamed), workloads),
  ...installed(peers.filter(({ name }) => isNamed(name))),
];

/** The peers, or none where they cannot be installed. */
function installed(chosen) {
  try {
    if (chosen.length > 0) installPeers();
    return chosen;
  } catch (error) {
    complain(`other libraries are left out: ${error.message}`);
    return [];
  }
}

/** Says what is amiss in one line, and in the exit status. */
function complain(text) {
  console.error(text);
  process.exitCode = 1;
}

const began = { command: commandOf(process.argv.slice(2)), date: new Date().toISOString(), commit: commit(), machine };
const show = (rows) => console.log(`${terminalTable(rows)}\n`);
const measured = [];
for (const workload of workloads) {
  measured.push({ workload, results: await contest(workload, contenders, engine, settings) });
  show(workloadRows(measured.at(-1)));
}
const cold = startsCold ? await coldStarts(coldStartWorkload, contenders, engine, settings) : [];
if (measured.length > 0) show(overviewRows(measured));
if (memoryRows(measured).rows.length > 0) show(memoryRows(measured));
if (cold.length > 0) show(coldStartRows(cold));

const all = [...measured, { workload: { name: "cold start" }, results: cold }];
const tookPart = contenders.filter(({ name }) => all.some((measurement) => resultOf(measurement, name)));
const versions = versionsOf(engine, tookPart);
const report = { ...began, versions, circumstances: circumstances(engine, versions), engine, settings, measured, coldStarts: cold };
console.log(report.circumstances);
for (const output of outputs) {
  try {
    write(output, report);
  } catch (error) {
    complain(`${output.file} is not written: ${error.message}`);
  }
}

const accountable = tookPart.filter(({ name, own }) => name === BASELINE || own);
const bad = all.flatMap((measurement) =>
  accountable.filter(({ name }) => !isSound(resultOf(measurement, name))).map(({ name }) => `${name} (${measurement.workload.name})`),
);
if (bad.length > 0) complain(`wrong or failed: ${bad.join("; ")}`);
