/** TensorFlow.js on its cpu or wasm backend, with tensors that stay or that are made and read at every call. */

import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";

const losses = {
  mse: (p, t) => tf.losses.meanSquaredError(t, p),
  mae: (p, t) => tf.losses.absoluteDifference(t, p),
  huber: (p, t) => tf.losses.huberLoss(t, p),
  binaryCrossEntropy: (p, t) => tf.losses.logLoss(t, p),
  binaryCrossEntropyWithLogits: (p, t) => tf.losses.sigmoidCrossEntropy(t, p),
  crossEntropy: (p, t) => tf.losses.softmaxCrossEntropy(t, p),
};

const functions = { sigmoid: tf.sigmoid, softmax: tf.softmax, logSoftmax: tf.logSoftmax };

/** Labels become one-hot rows: TensorFlow.js has no loss of integer labels. */
const upload = (array, classes) => {
  if (array instanceof Int32Array) return tf.tidy(() => tf.oneHot(tf.tensor1d(array, "int32"), classes));
  return classes > 0 ? tf.tensor2d(array, [array.length / classes, classes]) : tf.tensor1d(array);
};

/** What the mode asks of a loss: the value as a number, and the gradient as a tensor. */
function evaluate(loss, mode, p, t) {
  if (mode === "value") return { value: loss(p, t).dataSync()[0] };
  const { value, grad } = tf.valueAndGrad((x) => loss(x, t))(p);
  return { value: value.dataSync()[0], output: grad };
}

export async function prepare({ operation, mode, precision, classes }, { prediction, target }, { backend, resident }) {
  const loss = losses[operation];
  if (precision === "f64" || (loss ?? functions[operation]) === undefined) return undefined;
  const directory = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"));
  setWasmPaths(directory + sep);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} backend here`);
  const run = mode === "forward" ? (p) => ({ output: functions[operation](p) }) : (p, t) => evaluate(loss, mode, p, t);
  const p = resident ? upload(prediction, classes) : undefined;
  const t = resident && target !== undefined ? upload(target, classes) : undefined;
  /** Read within the tidy, handed out around it: tidy searches what it returns for tensors, element by element. */
  const read = () => {
    const answer = {};
    tf.tidy(() => {
      const { value, output } = run(p ?? upload(prediction, classes), t ?? (target && upload(target, classes)));
      answer.value = value;
      answer.output = output?.dataSync();
    });
    return answer;
  };
  return { call: resident ? () => tf.tidy(() => void run(p, t)) : read, answer: read };
}
