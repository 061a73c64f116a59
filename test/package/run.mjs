/** The package installed from its tarball: compiled by TypeScript, and run by every engine that is no browser. */

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chosenRows, runMatrix } from "../matrix/cells.mjs";
import { run } from "../matrix/processes.mjs";
import { installed, pack, root } from "../matrix/tarball.mjs";
import { deployments } from "./deployments.mjs";
import { engines, executable } from "./engines.mjs";
import { runWorker } from "./workerd.mjs";

const resolutions = {
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

/** The lines of consumer/mistaken.ts that hold a mistake, each with the error that its comment names. */
const mistakes = readFileSync(join(import.meta.dirname, "consumer/mistaken.ts"), "utf8")
  .split("\n")
  .flatMap((text, i) => text.match(/TS\d+$/)?.map((code) => ({ line: i + 1, code })) ?? []);

/** By column: the consumer, and whether WebAssembly must run it. */
const consumers = {
  import: { file: "import.mjs", wasm: true },
  require: { file: "require.cjs", wasm: true },
  "simd-loss/js": { file: "importJs.mjs", wasm: false },
  "simd-loss/*.wasm": { file: "wasmFiles.mjs", wasm: true },
};

const rows = chosenRows([...Object.keys(resolutions), ...Object.keys(engines), "workerd", ...Object.keys(deployments)]);
const folder = await installed(await pack());
cpSync(join(import.meta.dirname, "consumer"), folder, { recursive: true });
cpSync(join(import.meta.dirname, "../matrix/known.mjs"), join(folder, "known.mjs"));

/** Compiles a consumer: undefined, or what the compiler found wrong. */
async function complaints(resolution, file) {
  const compilerOptions = { ...resolutions[resolution], target: "es2022", strict: true, noEmit: true, types: [] };
  const project = join(folder, `tsconfig.${resolution}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
  return run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project], folder).then(
    () => undefined,
    (error) => error.message,
  );
}

async function compiles(resolution) {
  const found = await complaints(resolution, "typed.ts");
  if (found !== undefined) throw new Error(found);
  return "compiles";
}

async function rejectsMistakes(resolution) {
  const found = await complaints(resolution, "mistaken.ts");
  for (const { line, code } of mistakes) {
    const error = new RegExp(`mistaken\\.ts\\(${line},\\d+\\): error ${code}`);
    if (!error.test(found ?? "")) throw new Error(`line ${line} is not rejected with ${code}: ${found}`);
  }
  return `${mistakes.length} rejected`;
}

/** The backend in a consumer's output, if it is of the kind that must run. */
function backendIn(output, wasm) {
  const { name, why } = JSON.parse(output);
  if ((name !== "js") !== wasm) throw new Error(`the backend is ${name}: ${why}`);
  return name;
}

async function runs(engine, { file, wasm }) {
  return backendIn(await run(await executable(engines[engine]), [...engines[engine].args, file], folder), wasm);
}

/** The cells of a row. */
function cellsOf(row) {
  if (row in resolutions) {
    return [
      { row, column: "types", run: () => compiles(row) },
      { row, column: "mistakes", run: () => rejectsMistakes(row) },
    ];
  }
  if (row === "workerd") return [{ row, column: "import", run: async () => backendIn(await runWorker(folder), true) }];
  if (row in deployments) {
    return ["import", "require"].map((column) => ({
      row,
      column,
      run: async () => backendIn(await deployments[row](folder, consumers[column].file), true),
    }));
  }
  return Object.entries(consumers).map(([column, consumer]) => ({ row, column, run: () => runs(row, consumer) }));
}

await runMatrix(rows.flatMap(cellsOf), "");
