/** The results in Markdown: whole, and as the performance section of README.md. */

import { BASELINE } from "../contenders.mjs";
import { median } from "../statistics.mjs";
import { isHeadline } from "../workloads.mjs";
import { coldStartRows, contendersIn, memoryRows, overviewRows, workloadRows } from "./rows.mjs";

const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** Head and rows as a table. */
function markdownTable({ head, rows }) {
  return [line(head), line(["---", ...head.slice(1).map(() => "--:")]), ...rows.map(line)].join("\n");
}

const legend = (report) =>
  `Measured on ${report.circumstances}. CPU time, median of ${report.settings.rounds} interleaved rounds; ` +
  `ratios are taken pair by pair in each round${noise(report)}.`;

/** The median of the ratios' relative interquartile ranges, as a clause, if there are ratios. */
function noise({ measured }) {
  const spreads = measured.flatMap(({ results }) =>
    results.filter(({ ratio, contender }) => ratio && contender !== BASELINE).map(({ ratio }) => (ratio.high - ratio.low) / ratio.median),
  );
  return spreads.length === 0 ? "" : `, their interquartile range is ${Math.round(100 * median(spreads))} % of them at the median`;
}

/** Everything that was measured. */
export function markdownReport(report) {
  const { measured, coldStarts } = report;
  const sections = [`# Benchmarks\n\n${legend(report)}\n\n\`\`\`sh\n${report.command}\n\`\`\``];
  if (measured.length > 0) sections.push(`## Times as fast as ${BASELINE}\n\n${markdownTable(overviewRows(measured))}`);
  if (coldStarts.length > 0) sections.push(`## Cold start\n\n${markdownTable(coldStartRows(coldStarts))}`);
  const memory = memoryRows(measured);
  if (memory.rows.length > 0) sections.push(`## Memory\n\n${markdownTable(memory)}`);
  const details = measured.map((measurement) => markdownTable(workloadRows(measurement)));
  if (details.length > 0) sections.push(`## Times and errors\n\n${details.join("\n\n")}`);
  return `${sections.join("\n\n")}\n`;
}

/** The performance section: the workloads that stand for the rest, and the chart at `chart`, relative to README.md. */
function readmeSection(report, chart) {
  const measured = report.measured.filter(({ workload }) => isHeadline(workload));
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

/** README.md's text with another performance section between its markers. */
export function readmeWith(text, report, chart) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n${readmeSection(report, chart)}\n${text.slice(to)}`;
}
