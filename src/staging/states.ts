/** The states of a labelled sequence: the probability of all alignments, and its gradient, in f64. */

import * as Call from "../../assembly/kernels/call";
import { States, stateGradient, statePaths } from "../../assembly/kernels/states";
import { kernel } from "./kernels";
import { roundedUp, Workspace } from "./workspace";

const pathsKernel = kernel("statePaths", States, statePaths);
const gradientKernel = kernel("stateGradient", States, stateGradient);

/** One sequence: its log-probabilities, a time at every `stride` numbers from `start` on, and its labels. */
export interface Sequence {
  readonly logProbabilities: Float64Array;
  readonly start: number;
  readonly stride: number;
  readonly times: number;
  readonly classes: number;
  readonly blank: number;
  readonly labels: ArrayLike<number>;
}

/**
 * The negative logarithm of the probability of all alignments; if there is none Infinity, or 0 if that is to be silent.
 * `write` is given the gradient at each time, times the factor.
 */
export function alignmentLoss(
  { logProbabilities, start, stride, times, classes, blank, labels }: Sequence,
  silent: boolean,
  graded?: { readonly factor: number; readonly write: (time: number, gradient: Float64Array) => void },
): number {
  const count = 2 * labels.length + 1;
  if (times === 0) return count === 1 || silent ? 0 : Infinity;
  const width = roundedUp(classes, 2);
  const states = roundedUp(count, 2);
  // Two states of no probability at either end, and a time before the first and after the last.
  const row = states + 4;
  const graph = (times + 1) * row;
  const space = new Workspace(2 * times * width + 2 * graph + 3 * row);
  const { doubles, integers } = space;
  const x = space.filled(times * width, -Infinity);
  for (let time = 0; time < times; time++) {
    const from = start + time * stride;
    doubles.set(logProbabilities.subarray(from, from + classes), x / 8 + time * width);
  }
  const come = space.filled(graph, -Infinity);
  const go = space.filled(graph, -Infinity);
  const skips = space.filled(2 * row, -Infinity);
  const labelled = space.take(row);
  const at = labelled / 4;
  for (let state = 0; state < states; state++) {
    const label = state % 2 === 0 ? blank : labels[state >> 1];
    // What fills the last register has another label than the blank beside it.
    integers[at + state] = label ?? (blank === 0 ? 1 : 0);
    // A path may pass over the blank between two labels that differ.
    if (state % 2 === 1 && state > 1 && state < count && label !== labels[(state >> 1) - 1]) doubles[skips / 8 + state] = 0;
  }
  const shared = {
    [Call.COUNT]: times,
    [Call.CLASSES]: states,
    [Call.CLASS_STRIDE]: 8,
    [Call.LABELS]: labelled,
  };
  const first = come + 2 * 8;
  doubles[first / 8] = 0;
  space.run(pathsKernel, {
    ...shared,
    [Call.X]: x,
    [Call.STRIDE]: width * 8,
    [Call.TARGET]: skips,
    [Call.TARGET_STRIDE]: -8,
    [Call.VALUES]: first + row * 8,
    [Call.GROUP_STRIDE]: row * 8,
  });
  const last = first / 8 + times * row + count - 1;
  const loss = -logOfSum(doubles[last]!, count > 1 ? doubles[last - 1]! : -Infinity);
  if (loss === Infinity && silent) return 0;
  if (graded === undefined) return loss;

  const { factor, write } = graded;
  const g = space.take(times * width);
  const size = g / 8;
  if (Number.isFinite(loss)) {
    const end = go + (times * row + 2) * 8;
    doubles[end / 8 + count - 1] = 0;
    space.run(pathsKernel, {
      [Call.X]: x + (times - 1) * width * 8,
      [Call.STRIDE]: -width * 8,
      [Call.TARGET]: skips + 2 * 8,
      [Call.TARGET_STRIDE]: 8,
      [Call.VALUES]: end - row * 8,
      [Call.GROUP_STRIDE]: -row * 8,
    });
    space.stage.setDouble(Call.SCALE, factor);
    space.stage.setDouble(Call.A, -loss);
    space.run(gradientKernel, {
      [Call.POSITIONS]: width,
      [Call.X]: x,
      [Call.STRIDE]: width * 8,
      [Call.GRADIENT]: g,
      [Call.VALUES]: first + row * 8,
      [Call.HESSIAN]: go + 2 * 8,
      [Call.GROUP_STRIDE]: row * 8,
    });
  } else doubles.fill(NaN, size, size + times * width);
  for (let time = 0; time < times; time++) write(time, doubles.subarray(size + time * width, size + time * width + classes));
  return loss;
}

/** log(e^a + e^b). */
function logOfSum(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}
