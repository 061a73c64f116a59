/** The results in Markdown: whole, and as the performance section of README.md. */

import { readFileSync, writeFileSync } from "node:fs";
import { BASELINE } from "../contenders.mjs";
import { median } from "../statistics.mjs";
import { headlines } from "../workloads.mjs";
import { coldStartRows, contendersIn, memoryRows, overviewRows, workloadRows } from "./rows.mjs";

const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** Head and rows as a table. */
export function markdownTable({ head, rows }) {
  return [line(head), line(["---", ...head.slice(1).map(() => "--:")]), ...rows.map(line)].join("\n");
}

const legend = (report) =>
  `Measured on ${report.circumstances}. CPU time, median of ${report.settings.rounds} interleaved rounds; ` +
  `ratios are taken pair by pair in each round, their interquartile range is ${noise(report)} % of them at the median.`;

/** The median of the ratios' relative interquartile ranges, in percent. */
function noise({ measured }) {
  const spreads = measured.flatMap(({ results }) =>
    results.filter(({ ratio, contender }) => ratio && contender !== BASELINE).map(({ ratio }) => (ratio.high - ratio.low) / ratio.median),
  );
  return Math.round(100 * median(spreads));
}

/** Everything that was measured. */
export function markdownReport(report) {
  const { measured, coldStarts } = report;
  const sections = [
    `# Benchmarks\n\n${legend(report)}\n\n\`\`\`sh\n${report.command}\n\`\`\``,
    `## Times as fast as ${BASELINE}\n\n${markdownTable(overviewRows(measured))}`,
  ];
  if (coldStarts.length > 0) sections.push(`## Cold start\n\n${markdownTable(coldStartRows(coldStarts))}`);
  const memory = memoryRows(measured);
  if (memory.rows.length > 0) sections.push(`## Memory\n\n${markdownTable(memory)}`);
  sections.push(`## Times and errors\n\n${measured.map((measurement) => markdownTable(workloadRows(measurement))).join("\n\n")}`);
  return `${sections.join("\n\n")}\n`;
}

/** The performance section: the workloads that stand for the rest, and the chart at `chart`, relative to README.md. */
function readmeSection(report, chart) {
  const measured = report.measured.filter(({ workload }) => headlines.includes(workload.name));
  const names = contendersIn(measured);
  return [
    `![Bars: times as fast as a hand-written loop, on a logarithmic scale](${chart})`,
    markdownTable(overviewRows(measured, names)),
    `Numbers are times as fast as \`${BASELINE}\`, a careful hand-written loop, whose time stands beside them; ` +
      "[bench/README.md](bench/README.md) tells what the columns are, of which the two of C are a ceiling. " +
      legend(report),
    `\`\`\`sh\n${report.command}\n\`\`\``,
  ].join("\n\n");
}

const begin = "<!-- bench -->";
const end = "<!-- /bench -->";

/** Writes the performance section into a README between its markers. */
export function writeReadme(file, report, chart) {
  const text = readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end}`);
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n${readmeSection(report, chart)}\n${text.slice(to)}`);
}
