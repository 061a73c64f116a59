/** The operators of ONNX that are functions of this library. Their inputs are named by position. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations, reals } from "./operation";

export const onnx: Operations = {
  SoftmaxCrossEntropyLoss: ({ crossEntropy, logSoftmax }, given) => {
    const { shape } = input(given, "0");
    const logProbabilities = { activation: logSoftmax, x: reals(given, "0"), options: { shape, axis: 1 } };
    const [second] = Object.keys(given.expected.others ?? {});
    return { ...classes(crossEntropy, given), others: second === undefined ? {} : { [second]: logProbabilities } };
  },
  NegativeLogLikelihoodLoss: ({ nll }, given) => classes(nll as Library.Loss<never, object>, given),
  Softmax: ({ softmax }, given) => alongAxis(softmax, given),
  LogSoftmax: ({ logSoftmax }, given) => alongAxis(logSoftmax, given),
  Sigmoid: ({ sigmoid }, given) => ({ activation: sigmoid, x: reals(given, "0"), options: {} }),
  Softsign: ({ softsign }, given) => ({ activation: softsign, x: reals(given, "0"), options: {} }),
  // ONNX has no threshold above which softplus is its argument.
  Softplus: ({ softplus }, given) => ({ activation: softplus, x: reals(given, "0"), options: { threshold: Infinity } }),
  ReduceLogSumExp: ({ logSumExp }, given) => {
    const merged = reducedShape(given);
    return merged && { activation: logSumExp, x: reals(given, "0"), options: merged };
  },
};

function classes(loss: Library.Loss<never, object>, given: Case): Call {
  return {
    loss,
    prediction: reals(given, "0"),
    target: input(given, "1").data,
    options: {
      reduction: given.params.reduction ?? "mean",
      shape: input(given, "0").shape,
      classWeights: given.inputs["2"]?.data,
      ignoreIndex: given.params.ignore_index,
    },
  };
}

/** Before opset 13 the default axis was the second, and the data were taken for a matrix whose rows begin there. */
function alongAxis(activation: Library.Activation<object>, given: Case): Call {
  const { shape } = input(given, "0");
  if ((given.params.opset as number) >= 13) return { activation, x: reals(given, "0"), options: { shape, axis: given.params.axis ?? -1 } };
  const axis = (given.params.axis as number | undefined) ?? 1;
  const size = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  const from = axis < 0 ? axis + shape.length : axis;
  return { activation, x: reals(given, "0"), options: { shape: [size(shape.slice(0, from)), size(shape.slice(from))] } };
}

/** The shape in which the axes to reduce are a single one, or undefined where they do not lie side by side. */
function reducedShape(given: Case): { shape: number[]; axis: number } | undefined {
  const { shape } = input(given, "0");
  const named = Array.from(given.inputs["1"]?.data ?? (given.params.axes as number[] | undefined) ?? []);
  if (named.length === 0 && given.params.noop_with_empty_axes === 1) return undefined;
  const axes = (named.length === 0 ? shape.map((_, axis) => axis) : named.map((axis) => (axis < 0 ? axis + shape.length : axis))).sort(
    (a, b) => a - b,
  );
  if (axes.some((axis, i) => axis !== axes[0]! + i)) return undefined;
  const first = axes[0] ?? 0;
  const reduced = shape.slice(first, first + axes.length).reduce((a, b) => a * b, 1);
  return { shape: [...shape.slice(0, first), reduced, ...shape.slice(first + axes.length)], axis: first };
}
