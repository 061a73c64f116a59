/** jax-js on its WebAssembly backend, compiled by its own jit, with arrays that stay or that are made and read at every call. */

import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

/** Its own operations, in the stable forms that its documentation shows; each use of an array but the last is a `ref`. */
const losses = {
  mse: (p, t) => np.square(p.sub(t)).mean(),
  mae: (p, t) => np.abs(p.sub(t)).mean(),
  huber: (p, t) => {
    const d = np.abs(p.sub(t));
    const c = np.minimum(d.ref, 1);
    return c.ref.mul(d.sub(c.mul(0.5))).mean();
  },
  binaryCrossEntropyWithLogits: (p, t) => nn.softplus(p.ref).sub(p.mul(t)).mean(),
};

const crossEntropyOf = (classes) => (p, labels) => nn.logSoftmax(p).mul(nn.oneHot(labels, classes)).sum().div(labels.shape[0]).neg();

const functions = { sigmoid: nn.sigmoid, softmax: nn.softmax, logSoftmax: nn.logSoftmax };

export async function prepare({ operation, mode, precision, classes }, { prediction, target }, { resident }) {
  const loss = operation === "crossEntropy" ? crossEntropyOf(classes) : losses[operation];
  if (precision === "f64" || (loss ?? functions[operation]) === undefined) return undefined;
  await init("wasm");
  defaultDevice("wasm");
  const f = jit(mode === "forward" ? functions[operation] : mode === "value" ? loss : valueAndGrad(loss));
  const upload = (array) => {
    const held = np.array(array);
    return classes > 0 && array !== target ? held.reshape([array.length / classes, classes]) : held;
  };
  const given = target === undefined ? [prediction] : [prediction, target];
  const held = resident ? given.map(upload) : undefined;
  const run = () => f(...(held?.map((array) => array.ref) ?? given.map(upload)));
  /** Value and output, read; a resident output is waited for, as it is lazy, and let go. */
  const read = async (result, keep) => {
    if (mode === "value") return { value: result.dataSync()[0] };
    const [value, output] = mode === "forward" ? [undefined, result] : result;
    if (!keep) (await output.blockUntilReady()).dispose();
    return { value: value?.dataSync()[0], output: keep ? output.dataSync() : undefined };
  };
  return { call: () => read(run(), !resident), answer: () => read(run(), true), asynchronous: true };
}
