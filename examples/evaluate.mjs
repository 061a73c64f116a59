/** Evaluates the bundled predictions of real models with losses that suit them, beside scores of them by others. */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import CliTable from "cli-table3";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const evaluations = JSON.parse(readFileSync(at("evaluate.json"), "utf8"));
const scores = JSON.parse(readFileSync(at("data/expected.json"), "utf8"));

/** What the command line reports, as `simd-loss eval` would in a shell. */
async function evaluate({ file, loss, prediction, target, flags = [] }) {
  const words = ["--loss", loss, "--prediction", prediction, "--target", target, ...flags, "--format", "json"];
  const { stdout } = await promisify(execFile)(process.execPath, [at("../dist/cli.js"), "eval", at(`data/${file}`), ...words]);
  return JSON.parse(stdout);
}

const table = new CliTable({
  head: ["file", "loss", "value", "rows", "expected", "relative difference"],
  style: { head: [], border: [] },
});
for (const file of new Set(evaluations.map((evaluation) => evaluation.file))) {
  const own = evaluations.filter((evaluation) => evaluation.file === file);
  const reports = await Promise.all(own.map(evaluate));
  for (const [i, { loss, flags = [], score, times = 1 }] of own.entries()) {
    const { value, rows } = reports[i];
    const expected = score === undefined ? undefined : scores[file][score] * times;
    const difference = expected === undefined ? "" : (Math.abs(value - expected) / expected).toExponential(0);
    table.push([file, [loss, ...flags].join(" "), value, rows, expected ?? "", difference]);
  }
}
console.log(table.toString());
for (const { file, loss, note } of evaluations) {
  if (note !== undefined) console.log(`${file}, ${loss}: ${note}.`);
}
