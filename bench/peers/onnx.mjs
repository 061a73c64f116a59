/** ONNX Runtime, WebAssembly or native, on one thread: the losses as graphs of its operators, value and gradient. */

import { encodeModel, FLOAT, INT64 } from "./onnxModel.mjs";

const scalar = (x) => [FLOAT, [], [x]];

/** Nodes from `p` and `t` to `loss` (by element) and `slope` (before the division by their number). */
const losses = {
  mse: {
    constants: { two: scalar(2) },
    nodes: [
      ["Sub", ["p", "t"], "d"],
      ["Mul", ["d", "d"], "loss"],
    ],
    slope: [["Mul", ["d", "two"], "slope"]],
  },
  mae: {
    nodes: [
      ["Sub", ["p", "t"], "d"],
      ["Abs", ["d"], "loss"],
    ],
    slope: [["Sign", ["d"], "slope"]],
  },
  huber: {
    constants: { low: scalar(-1), high: scalar(1), half: scalar(0.5) },
    nodes: [
      ["Sub", ["p", "t"], "d"],
      ["Clip", ["d", "low", "high"], "slope"],
      ["Mul", ["slope", "half"], "halved"],
      ["Sub", ["d", "halved"], "rest"],
      ["Mul", ["slope", "rest"], "loss"],
    ],
    slope: [],
  },
  binaryCrossEntropyWithLogits: {
    nodes: [
      ["Softplus", ["p"], "plus"],
      ["Mul", ["p", "t"], "product"],
      ["Sub", ["plus", "product"], "loss"],
    ],
    slope: [
      ["Sigmoid", ["p"], "q"],
      ["Sub", ["q", "t"], "slope"],
    ],
  },
};

/** The labels' one-hot rows stand in for a gather: the gradient needs them. */
const crossEntropyOf = (classes) => ({
  constants: { depth: [INT64, [1], [classes]], offOn: [FLOAT, [2], [0, 1]], last: [INT64, [1], [1]] },
  nodes: [
    ["LogSoftmax", ["p"], "logs", { axis: 1 }],
    ["OneHot", ["t", "depth", "offOn"], "hot", { axis: 1 }],
    ["Mul", ["logs", "hot"], "chosen"],
    ["ReduceSum", ["chosen", "last"], "sums", { keepdims: 0 }],
    ["Neg", ["sums"], "loss"],
  ],
  slope: [
    ["Softmax", ["p"], "q", { axis: 1 }],
    ["Sub", ["q", "hot"], "slope"],
  ],
});

const functions = {
  sigmoid: ["Sigmoid", ["p"], "y"],
  softmax: ["Softmax", ["p"], "y", { axis: 1 }],
  logSoftmax: ["LogSoftmax", ["p"], "y", { axis: 1 }],
};

function modelOf({ operation, mode, count, rows, classes }) {
  const shape = classes > 0 ? [rows, classes] : [count];
  const p = ["p", FLOAT, shape];
  if (operation in functions) return encodeModel({ inputs: [p], outputs: [["y", FLOAT, shape]], nodes: [functions[operation]] });
  const loss = operation === "crossEntropy" ? crossEntropyOf(classes) : losses[operation];
  if (loss === undefined) return undefined;
  const graded = mode === "valueAndGrad";
  return encodeModel({
    inputs: [p, classes > 0 ? ["t", INT64, [rows]] : ["t", FLOAT, shape]],
    outputs: [["value", FLOAT, []], ...(graded ? [["y", FLOAT, shape]] : [])],
    constants: { ...loss.constants, n: scalar(classes > 0 ? rows : count) },
    nodes: [
      ...loss.nodes,
      ["ReduceMean", ["loss"], "value", { keepdims: 0 }],
      ...(graded ? [...loss.slope, ["Div", ["slope", "n"], "y"]] : []),
    ],
  });
}

export async function prepare(workload, { prediction, target }, { runtime }) {
  const { precision, rows, classes } = workload;
  const model = precision === "f32" ? modelOf(workload) : undefined;
  if (model === undefined) return undefined;
  const { default: imported, ...named } = await import(runtime);
  const ort = imported ?? named;
  if (ort.env.wasm !== undefined) ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionProviders: [runtime === "onnxruntime-web" ? "wasm" : "cpu"],
  });
  const feeds = { p: new ort.Tensor("float32", prediction, classes > 0 ? [rows, classes] : [prediction.length]) };
  if (target instanceof Int32Array) feeds.t = new ort.Tensor("int64", BigInt64Array.from(target, BigInt), [rows]);
  else if (target !== undefined) feeds.t = new ort.Tensor("float32", target, [target.length]);
  const call = () => session.run(feeds);
  const answer = async () => {
    const { value, y } = await call();
    return { value: value?.data[0], output: y?.data };
  };
  return { call, answer, asynchronous: true };
}
