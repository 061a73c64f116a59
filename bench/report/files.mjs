/** The files that a run writes: tried before it measures, written after. */

import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { chart } from "./chart.mjs";
import { jsonReport } from "./json.mjs";
import { markdownReport, readmeWith } from "./markdown.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readmeFile = `${root}README.md`;

/** Each file that the options ask for, with the function that makes its text of a report. */
export function outputsOf({ json, markdown, svg, readme }) {
  const chartFile = svg ?? (readme ? `${root}docs/benchmarks.svg` : undefined);
  return [
    { file: json, textOf: jsonReport },
    { file: markdown, textOf: markdownReport },
    { file: chartFile, textOf: chart },
    {
      file: readme ? readmeFile : undefined,
      textOf: (report) => readmeWith(readFileSync(readmeFile, "utf8"), report, relative(root, chartFile)),
    },
  ].filter(({ file }) => file !== undefined);
}

/** Makes the file's folder, and throws if the file cannot be written. */
export function tryToWrite({ file }) {
  mkdirSync(dirname(file), { recursive: true });
  const existed = existsSync(file);
  closeSync(openSync(file, "a"));
  if (!existed) rmSync(file);
}

export function write({ file, textOf }, report) {
  writeFileSync(file, textOf(report));
}
