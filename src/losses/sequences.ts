/** Losses of sequences whose labels are not aligned with their times. */

import { logSoftmax } from "../activations";
import { checkCount, checkLabelKind, checkLabels, checkLength, checkLengths, checkParameter } from "../checks";
import { ownOptions } from "../face/options";
import { type CheckedCall, sampleLoss } from "../face/samples";
import { alignmentLoss } from "../staging/states";
import type { Labels, Reals, SampleLoss } from "../types";

/** The options of connectionist temporal classification. */
export interface SequenceOptions {
  /** Number of classes, the blank included: the last axis of the data. */
  classes: number;
  /** How many times of each sequence count. */
  inputLengths: Labels;
  /** How many labels each sequence has. */
  targetLengths: Labels;
  /** The class that stands for no label. Default 0. */
  blank?: number | undefined;
  /** Whether a sequence that has no alignment costs nothing, rather than Infinity. Default false. */
  zeroInfinity?: boolean | undefined;
}

const sequenceOptions = ["classes", "inputLengths", "targetLengths"];
const own = /* @__PURE__ */ ownOptions({ blank: { default: 0, atLeast: 0 }, zeroInfinity: { default: false } });

/** A call of log-probabilities [T, N, C], or of `logits` of which they are to be made. */
function sequenceCall(
  name: string,
  x: Reals,
  labels: Labels,
  options: Readonly<Record<string, unknown>>,
  { blank, zeroInfinity }: ReturnType<typeof own.of>,
  logits: boolean,
): CheckedCall {
  const { inputLengths, targetLengths } = options as unknown as SequenceOptions;
  const classes = checkCount("classes", options.classes);
  checkCount("blank", blank, 0);
  checkParameter("blank", blank, { default: 0, atMost: classes - 1 });
  const samples = (inputLengths as Labels | undefined)?.length ?? 0;
  const row = samples * classes;
  const times = row === 0 ? 0 : x.length / row;
  if (!Number.isInteger(times)) {
    throw new RangeError(
      `${name} must have a multiple of ${row} elements, ${classes} classes for each of ${samples} sequences, got ${x.length}`,
    );
  }
  checkLengths("inputLengths", inputLengths, samples, times, "the number of times");
  checkLength(name, x.length, times * row, "an element for each class of each sequence");
  checkLabelKind(labels);
  checkLengths("targetLengths", targetLengths, samples, labels.length, "the number of labels");
  const total = Array.from(targetLengths).reduce((sum, length) => sum + length, 0);
  const concatenated = labels.length === total;
  if (!concatenated && (samples === 0 || labels.length % samples !== 0 || Math.max(...targetLengths) > labels.length / samples)) {
    throw new RangeError(
      `labels must be concatenated, ${total} in all, or padded, the same number for each of ${samples} sequences, got ${labels.length}`,
    );
  }
  let start = 0;
  const targets = Array.from(targetLengths, (length, i) => {
    const from = concatenated ? start : (i * labels.length) / samples;
    start += length;
    return Array.from({ length }, (_, k) => labels[from + k]!);
  });
  for (const target of targets) {
    checkLabels(target, classes, NaN);
    if (target.includes(blank)) throw new RangeError(`labels must not hold the blank, ${blank}, which stands between them`);
  }

  // A copy, as the labels are: the gradient may be written over them.
  const lengths = Array.from(inputLengths);
  return {
    samples,
    sizes: Float64Array.from(targetLengths, (length) => Math.max(1, length)),
    run(_, factors, [grad]) {
      const doubles = new Float64Array(x);
      const logProbabilities = logits ? logSoftmax(doubles, { classes, out: doubles }) : doubles;
      if (factors !== undefined) grad!.fill(0);
      return Float64Array.from({ length: samples }, (_, i) => {
        const sequence = {
          logProbabilities,
          start: i * classes,
          stride: row,
          times: lengths[i]!,
          classes,
          blank,
          labels: targets[i]!,
        };
        const factor = factors?.[i] ?? 0;
        const write = (time: number, numbers: Float64Array) => grad!.set(numbers, i * classes + time * row);
        return alignmentLoss(sequence, zeroInfinity, factor === 0 ? undefined : { factor, write });
      });
    },
  };
}

/**
 * Connectionist temporal classification of log-probabilities: labels in order, at times that are not known.
 *
 * Log-probabilities are [T, N, C]: T times of N sequences of C = `classes` classes. Of each sequence the first
 * `inputLengths[i]` times count, and `targetLengths[i]` labels, which are concatenated or padded to [N, S]. The class
 * `blank`, default 0, stands for no label. The loss of a sequence, in nats, is that of all alignments; the mean divides it
 * by the number of labels (at least 1) and then averages over sequences, weighted by `weights`, one number for each. A
 * sequence without an alignment costs Infinity, and its gradient is NaN; with `zeroInfinity: true` both are 0.
 *
 * The gradient is e^x less the share of the alignments that pass through the class: as in PyTorch, it is already that
 * with respect to the logits of which {@link logSoftmax} made x. From logits, {@link ctcWithLogits} is the simpler way. All
 * is computed in f64. NaN in gives NaN out. Defined as PyTorch's `ctc_loss`.
 *
 * @formula -log of the sum over alignments of the product over times of the probabilities
 * @use speech and handwriting: a sequence of labels, shorter than the input, without their times
 * @group sequence
 * @also PyTorch F.ctc_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a label that is no class or the blank
 * @example
 * const uniform = new Array(12).fill(Math.log(1 / 3)); // four times of one sequence, three classes
 * ctc(uniform, [1, 2], { classes: 3, inputLengths: [4], targetLengths: [2], reduction: "sum" }); // 1.686399
 * ctc(uniform, [1, 2], { classes: 3, inputLengths: [1], targetLengths: [2], zeroInfinity: true }); // 0
 */
export const ctc: SampleLoss<Labels, SequenceOptions> = sampleLoss({
  name: "ctc",
  inputs: ["logProbabilities", "labels"],
  own,
  options: sequenceOptions,
  check: ([x, labels], options, own) => sequenceCall("logProbabilities", x as never, labels as never, options, own, false),
});

/**
 * Connectionist temporal classification of logits, of which it takes the log-softmax itself.
 *
 * Everything is as with {@link ctc}. The gradient is that with respect to the logits: their softmax less the share of the
 * alignments that pass through the class. Keras and optax divide no loss by the number of labels: `reduction: "none"`.
 *
 * @formula ctc(logSoftmax(x))
 * @use speech and handwriting, straight from the last layer
 * @group sequence
 * @also optax ctc_loss; Keras CTC
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a label that is no class or the blank
 * @example
 * const logits = [1, 2, 0, 1, 0, 2]; // two times of one sequence, three classes
 * ctcWithLogits(logits, [1], { classes: 3, inputLengths: [2], targetLengths: [1] }); // 1.407606
 * ctcWithLogits.grad(logits, [1, 2], { classes: 3, inputLengths: [2], targetLengths: [2], reduction: "sum" }); // [0.2447285, -0.3347590, 0.09003057, 0.2447285, 0.09003057, -0.3347590]
 */
export const ctcWithLogits: SampleLoss<Labels, SequenceOptions> = sampleLoss({
  name: "ctcWithLogits",
  inputs: ["logits", "labels"],
  own,
  options: sequenceOptions,
  check: ([x, labels], options, own) => sequenceCall("logits", x as never, labels as never, options, own, true),
});
