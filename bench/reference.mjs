/** The true answers, in f64 from textbook formulas, and how far an answer is from them. */

import { formulas } from "./formulas.mjs";
import { rowFormulas } from "./rows.mjs";
import { sampleFormulas } from "./samples.mjs";

/** The answer to a workload: `value` of a loss, `output` of a gradient or function; undefined if no formula is known. */
export function referenceFor(workload, inputs) {
  const { operation } = workload;
  if (operation in formulas) return ofElements(formulas[operation], workload, inputs);
  if (operation in rowFormulas) return ofRows(rowFormulas[operation], workload, inputs);
  if (operation in sampleFormulas) return ofSamples(sampleFormulas[operation], workload, inputs);
  return undefined;
}

/** Of several gradients, the answer is the first. */
function ofSamples({ inputs, graded, run }, workload, made) {
  const given = inputs(made, workload);
  const outputs = Object.values(graded).map((i) => new Float64Array(given[i].length));
  const value = run(given, outputs, workload);
  return { value, output: outputs[0] };
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

/** Results below are denormal in f32, where relative errors mean nothing. */
const SMALLEST_NORMAL = 2 ** -126;

/** A contender that is further off than this, measured against the largest true number, has not done the work. */
const WRONG = 1e-3;

/**
 * How far an answer is off: `value`, relatively; `output`, the largest relative error of an element; `wrong`, whether it is
 * no answer at all.
 */
export function errorsOf(answer, truth) {
  const errors = { wrong: false };
  if (truth.value !== undefined) {
    errors.value = Math.abs(answer.value - truth.value) / Math.abs(truth.value);
    errors.wrong ||= !(errors.value < WRONG);
  }
  if (truth.output !== undefined) {
    const { relative, normwise } = compare(answer.output, truth.output);
    errors.output = relative;
    errors.wrong ||= !(normwise < WRONG);
  }
  return errors;
}

function compare(given, truth) {
  if (given?.length !== truth.length) return { relative: NaN, normwise: NaN };
  let relative = 0;
  let off = 0;
  let largest = 0;
  for (let i = 0; i < truth.length; i++) {
    const distance = Math.abs(given[i] - truth[i]);
    const size = Math.abs(truth[i]);
    if (!(distance >= 0)) return { relative: NaN, normwise: NaN };
    if (size >= SMALLEST_NORMAL) relative = Math.max(relative, distance / size);
    off = Math.max(off, distance);
    largest = Math.max(largest, size);
  }
  return { relative, normwise: off / largest };
}
