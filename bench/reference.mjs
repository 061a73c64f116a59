/** The true answers, in f64 from textbook formulas, and how far an answer is from them. */

import { formulas } from "./formulas.mjs";
import { rowFormulas } from "./rows.mjs";
import { joined, sampleFormulas } from "./samples.mjs";

/**
 * The answer to a workload: `value` of a loss, `output` of a gradient or function, or of all gradients one after the other,
 * whose lengths are `parts`; and the workload's `precision`. Undefined if no formula is known.
 */
export function referenceFor(workload, inputs) {
  const truth = truthOf(workload, inputs);
  return truth && { parts: [truth.output?.length ?? 0], ...truth, precision: workload.precision };
}

function truthOf(workload, inputs) {
  const { operation } = workload;
  if (operation in formulas) return ofElements(formulas[operation], workload, inputs);
  if (operation in rowFormulas) return ofRows(rowFormulas[operation], workload, inputs);
  if (operation in sampleFormulas) return ofSamples(sampleFormulas[operation], workload, inputs);
  return undefined;
}

function ofSamples({ inputs, graded, run }, workload, made) {
  const given = inputs(made, workload);
  const outputs = Object.values(graded).map((i) => new Float64Array(given[i].length));
  const value = run(given, outputs, workload);
  return { value, output: joined(outputs), parts: outputs.map(({ length }) => length) };
}

function ofElements({ value, slope }, { mode, count }, { prediction, target }) {
  if (mode === "forward") return { output: Float64Array.from(prediction, (x) => value(x)) };
  const answer = { value: meanOf(count, (i) => value(prediction[i], target[i])) };
  if (mode === "valueAndGrad") answer.output = Float64Array.from(prediction, (p, i) => slope(p, target[i]) / count);
  return answer;
}

function ofRows(formula, { mode, rows, classes }, { prediction, target }) {
  const output = mode === "value" ? undefined : new Float64Array(prediction.length);
  const bounds = (row) => [row * classes, (row + 1) * classes];
  if (mode === "forward") {
    for (let row = 0; row < rows; row++) formula.output(prediction, ...bounds(row), output);
    return { output };
  }
  const value = meanOf(rows, (row) =>
    formula.value(prediction, ...bounds(row), formula.whole ? target : row * classes + target[row], output),
  );
  return { value, output: output?.map((g) => g / rows) };
}

/** The mean, with the rounding errors of the sum added back (Neumaier). */
function meanOf(count, term) {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const x = term(i);
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return (sum + lost) / count;
}

/**
 * What an answer may be off, or it is none. `value`: relatively. `sum`: the sum of an output's deviations, against the sum of
 * the sizes of what is true. `element`: relatively, but for a `share` of the elements: where a gradient cancels, as a certain
 * class's does and, in TensorFlow.js, the Huber loss's at small errors, single elements have few digits. `normal`: below it,
 * relative errors mean nothing.
 */
const limits = {
  f32: { value: 1e-4, sum: 1e-4, element: 1e-3, share: 1e-3, normal: 2 ** -126 },
  f64: { value: 1e-10, sum: 1e-10, element: 1e-9, share: 1e-3, normal: 2 ** -1022 },
};

/**
 * How far an answer is off: `value`, relatively; `output`, the largest relative error of an element; `wrong`, whether it is
 * no answer at all.
 */
export function errorsOf(answer, truth) {
  const limit = limits[truth.precision];
  const errors = { wrong: false };
  if (truth.value !== undefined) {
    errors.value = Math.abs(answer.value - truth.value) / Math.abs(truth.value);
    errors.wrong ||= !(errors.value < limit.value);
  }
  if (truth.output !== undefined) {
    const parts = compareParts(answer.output, truth, limit);
    errors.output = Math.max(...parts.map(({ largest }) => largest));
    errors.wrong ||= !parts.every(({ sum, share }) => sum <= limit.sum && share <= limit.share);
  }
  return errors;
}

/** Each part by itself: a gradient of small numbers would not show in a sum with one of large numbers. */
function compareParts(given, { output, parts }, limit) {
  if (given?.length !== output.length) return [{ largest: NaN, sum: NaN, share: NaN }];
  let end = 0;
  return parts.map((length) => {
    const start = end;
    end += length;
    return compare(given.subarray(start, end), output.subarray(start, end), limit);
  });
}

/** The largest relative error of an element, the sum of deviations against that of sizes, and the share of elements off by more than the limit. */
function compare(given, truth, { element, normal }) {
  let [largest, off, size, beyond] = [0, 0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    const distance = Math.abs(given[i] - truth[i]);
    if (!(distance < Infinity)) return { largest: NaN, sum: NaN, share: NaN };
    off += distance;
    size += Math.abs(truth[i]);
    if (Math.abs(truth[i]) < normal) continue;
    const relative = distance / Math.abs(truth[i]);
    if (relative > largest) largest = relative;
    if (relative > element) beyond++;
  }
  return { largest, sum: off === 0 ? 0 : off / size, share: beyond / truth.length };
}
