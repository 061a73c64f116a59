/** The results as rows of text, which the terminal and Markdown lay out. */

import { BASELINE } from "../contenders.mjs";
import { median } from "../statistics.mjs";
import { digits, duration, errorText, multiple } from "./numbers.mjs";

/** The C kernels with the same instructions: the ceiling of a contender. */
const ceilings = { simd: "C", "simd, arena": "C", relaxed: "C, FMA", "relaxed, arena": "C, FMA" };

/** The share of the ceiling's speed that a result reaches, paired by round; undefined without a right ceiling. */
function shareOfCeiling(result, results) {
  const ceiling = results.find(({ contender }) => contender === ceilings[result.contender]);
  if (ceiling?.rounds === undefined || ceiling.errors?.wrong || result.rounds === undefined) return undefined;
  return median(result.rounds.slice(0, ceiling.rounds.length).map((ms, round) => ceiling.rounds[round] / ms));
}

/** Characters of a failure that a table has room for. */
const LONGEST_FAILURE = 60;

/** The names of all contenders that took part, in their order. */
export const contendersIn = (measured) => [...new Set(measured.flatMap(({ results }) => results.map(({ contender }) => contender)))];

/** A contender's result on a workload, or undefined. */
export const resultOf = ({ results }, name) => results.find(({ contender }) => contender === name);

/** Whether a result, if there is one, is of a contender that did the work. */
export const isSound = (result) => result?.failure === undefined && !result?.errors?.wrong;

const isShort = ({ groups }) => groups.includes("short calls");

/** One workload in detail: head and rows. */
export function workloadRows({ workload, results }) {
  const short = isShort(workload);
  const head = [workload.name, "time", "elements", short ? `over ${BASELINE}` : `× ${BASELINE}`, "quartiles of ×", "of C", "error"];
  const rows = results.map((result) => {
    const { contender, failure, ms, ratio, over, errors } = result;
    if (failure !== undefined) return [contender, "failed", "", "", "", "", failure.slice(0, LONGEST_FAILURE)];
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
    const compared = isShort(measurement.workload) ? ({ over }) => signed(over) : ({ ratio }) => digits(ratio.median);
    return [
      measurement.workload.name,
      verdict(resultOf(measurement, BASELINE), ({ ms }) => duration(ms.median)),
      ...others.map((name) => verdict(resultOf(measurement, name), (result) => (result.ratio === undefined ? "" : compared(result)))),
    ];
  });
  return { head, rows };
}

/** What a cell says of a result: that it failed, or `speed` of it, and whether its answer is wrong. */
function verdict(result, speed) {
  if (result === undefined) return "";
  if (result.failure !== undefined) return "failed";
  return result.errors?.wrong ? `${speed(result)} (wrong)`.trim() : speed(result);
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
    head: ["import + first call", "CPU time", "quartiles", "error"],
    rows: coldStarts.map(({ contender, failure, ms, errors }) =>
      failure !== undefined
        ? [contender, "failed", "", failure.slice(0, LONGEST_FAILURE)]
        : [contender, duration(ms.median), `${digits(ms.low)}–${digits(ms.high)} ms`, errorText(errors)],
    ),
  };
}
