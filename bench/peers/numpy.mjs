/** numpy-ts: the formulas as a NumPy user writes them, on arrays that are made once. */

import * as np from "numpy-ts";

/** Its default of 256 MiB does not hold the temporaries of 10^7 elements until they are collected. */
np.configureWasm({ maxMemory: 2 ** 31 });

const softmaxOf = (x) => {
  const e = np.exp(np.subtract(x, np.max(x, 1, true)));
  return np.divide(e, np.sum(e, 1, true));
};

const logSoftmaxOf = (x) => {
  const z = np.subtract(x, np.max(x, 1, true));
  return np.subtract(z, np.log(np.sum(np.exp(z), 1, true)));
};

const functions = {
  sigmoid: (x) => np.reciprocal(np.add(np.exp(np.negative(x)), 1)),
  softmax: softmaxOf,
  logSoftmax: logSoftmaxOf,
};

/** Value, and slope before it is divided by the number of elements or rows. */
const losses = {
  mse: (p, t) => {
    const d = np.subtract(p, t);
    return [() => np.mean(np.square(d)), () => np.multiply(d, 2)];
  },
  mae: (p, t) => {
    const d = np.subtract(p, t);
    return [() => np.mean(np.absolute(d)), () => np.sign(d)];
  },
  huber: (p, t) => {
    const d = np.subtract(p, t);
    const c = np.clip(d, -1, 1);
    return [() => np.mean(np.multiply(c, np.subtract(d, np.multiply(c, 0.5)))), () => c];
  },
  binaryCrossEntropyWithLogits: (p, t) => {
    const tail = () => np.log1p(np.exp(np.negative(np.absolute(p))));
    return [() => np.mean(np.add(np.subtract(np.maximum(p, 0), np.multiply(p, t)), tail())), () => np.subtract(functions.sigmoid(p), t)];
  },
  crossEntropy: (p, labels) => {
    const slope = () => {
      const q = softmaxOf(p);
      np.put_along_axis(q, labels, np.subtract(np.take_along_axis(q, labels, 1), 1), 1);
      return q;
    };
    return [() => -np.mean(np.take_along_axis(logSoftmaxOf(p), labels, 1)), slope];
  },
};

export function prepare({ operation, mode, precision, count, rows, classes }, { prediction, target }) {
  const loss = losses[operation];
  const dtype = precision === "f32" ? "float32" : "float64";
  if ((loss ?? functions[operation]) === undefined) return undefined;
  const hold = (array) => np.array(array, dtype);
  const p = classes > 0 ? hold(prediction).reshape([prediction.length / classes, classes]) : hold(prediction);
  if (mode === "forward") {
    const run = () => functions[operation](p);
    return { call: () => run().dispose(), answer: () => ({ output: run().data.slice() }) };
  }
  const t = classes > 0 ? np.array(target, "int32").reshape([rows, 1]) : hold(target);
  const run = () => {
    const [value, slope] = loss(p, t);
    return { value: value(), grad: mode === "valueAndGrad" ? np.divide(slope(), classes > 0 ? rows : count) : undefined };
  };
  return {
    call: () => {
      const { value, grad } = run();
      grad?.dispose();
      return value;
    },
    answer: () => {
      const { value, grad } = run();
      return { value, output: grad?.data.slice() };
    },
  };
}
