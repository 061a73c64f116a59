/** The results as rows of text, which the terminal and Markdown lay out. */

import { BASELINE } from "../contenders.mjs";
import { median } from "../statistics.mjs";
import { digits, duration, errorText, multiple } from "./numbers.mjs";

/** The C kernels with the same instructions: the ceiling of a contender. */
const ceilings = { simd: "C", "simd, arena": "C", relaxed: "C, FMA", "relaxed, arena": "C, FMA" };

/** The share of the ceiling's speed that a result reaches, paired by round; undefined without a ceiling. */
export function shareOfCeiling(result, results) {
  const ceiling = results.find(({ contender }) => contender === ceilings[result.contender]);
  if (ceiling?.rounds === undefined || result.rounds === undefined) return undefined;
  return median(result.rounds.slice(0, ceiling.rounds.length).map((ms, round) => ceiling.rounds[round] / ms));
}

/** The names of all contenders that took part, in their order. */
export const contendersIn = (measured) => [...new Set(measured.flatMap(({ results }) => results.map(({ contender }) => contender)))];

/** A contender's result on a workload, or undefined. */
export const resultOf = ({ results }, name) => results.find(({ contender }) => contender === name);

/** One workload in detail: head and rows. */
export function workloadRows({ workload, results }) {
  const short = workload.group === "short calls";
  const head = [workload.name, "time", "elements", short ? `over ${BASELINE}` : `× ${BASELINE}`, "quartiles of ×", "of C", "error"];
  const rows = results.map((result) => {
    const { contender, failure, ms, ratio, over, errors } = result;
    if (failure !== undefined) return [contender, "failed", "", "", "", "", failure.slice(0, 60)];
    const share = shareOfCeiling(result, results);
    return [
      contender,
      duration(ms.median),
      `${digits(workload.count / ms.median / 1e6)} G/s`,
      ratio === undefined ? "" : short ? duration(over) : multiple(ratio.median),
      ratio === undefined ? "" : `${digits(ratio.low)}–${digits(ratio.high)}`,
      share === undefined ? "" : digits(share),
      errorText(errors),
    ];
  });
  return { head, rows };
}

/** All workloads: the baseline's time, and the ratio of each contender to it. Short calls: time over the baseline. */
export function overviewRows(measured, names = contendersIn(measured)) {
  const others = names.filter((name) => name !== BASELINE);
  const head = [`× ${BASELINE}`, BASELINE, ...others];
  const rows = measured.map((measurement) => {
    const baseline = resultOf(measurement, BASELINE);
    const cell = (result) => {
      if (result?.failure !== undefined) return "failed";
      if (result?.ratio === undefined) return "";
      const speed = measurement.workload.group === "short calls" ? signed(result.over) : digits(result.ratio.median);
      return result.errors?.wrong ? `${speed} (wrong)` : speed;
    };
    return [
      measurement.workload.name,
      baseline?.ms === undefined ? "" : duration(baseline.ms.median),
      ...others.map((name) => cell(resultOf(measurement, name))),
    ];
  });
  return { head, rows };
}

const signed = (ms) => `${ms > 0 ? "+" : "−"}${duration(Math.abs(ms))}`;

/** The workloads with the most data: what each contender's process held at its peak, in MiB. */
export function memoryRows(measured) {
  const large = measured.filter(({ workload }) => workload.count >= 1e6);
  const names = contendersIn(large);
  const rows = large.map((measurement) => [
    measurement.workload.name,
    ...names.map((name) => {
      const { memory } = resultOf(measurement, name) ?? {};
      return memory === undefined ? "" : String(Math.round(memory / 1024));
    }),
  ]);
  return { head: ["peak memory, MiB", ...names], rows };
}

/** Import and first call. */
export function coldStartRows(coldStarts) {
  return {
    head: ["import + first call", "CPU time", "quartiles"],
    rows: coldStarts.map(({ contender, ms }) => [contender, duration(ms.median), `${digits(ms.low)}–${digits(ms.high)} ms`]),
  };
}
