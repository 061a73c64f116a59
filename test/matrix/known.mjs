/** Values known by hand, of several functions of the library that it is given: what every consumer computes. */

const COUNT = 64;
const CLASSES = 10;

/** Throws if a value is wrong; otherwise returns what `backend()` reports. */
export function check({ backend, binaryCrossEntropyWithLogits, crossEntropy, huber, mae, mse, softmax }) {
  for (const Reals of [Float32Array, Float64Array]) {
    const cycle = Reals.from({ length: COUNT }, (_, i) => i % 4);
    const zeros = new Reals(COUNT);
    close("mse", mse(cycle, zeros), 3.5);
    close("mae", mae(cycle, zeros), 1.5);
    close("huber", huber(cycle, zeros, { delta: 1 }), 1.125);
    close("mse.grad", mse.grad(cycle, zeros)[3], 6 / COUNT);
    close("binaryCrossEntropyWithLogits", binaryCrossEntropyWithLogits(zeros, zeros), Math.LN2);
    const logits = new Reals(COUNT * CLASSES);
    const labels = Int32Array.from({ length: COUNT }, (_, i) => i % CLASSES);
    const { value, grad } = crossEntropy.valueAndGrad(logits, labels);
    close("crossEntropy", value, Math.LN10);
    close("crossEntropy.grad of the label", grad[0], (0.1 - 1) / COUNT);
    close("crossEntropy.grad of another class", grad[1], 0.1 / COUNT);
    close("softmax", softmax(logits)[COUNT], 1 / logits.length);
  }
  return backend();
}

function close(name, got, expected) {
  if (!(Math.abs(got - expected) <= 1e-6 * Math.abs(expected))) throw new Error(`${name} gave ${got}, not ${expected}`);
}
