/** A network of one hidden layer: x -> relu(x W1 + b1) -> logits h W2 + b2, and its gradients. */

import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";

/** A layer of random weights, from -r to r with r = sqrt(6 / inputs) (He), and biases of 0. */
export function newLayer(inputs, outputs, generator) {
  const range = Math.sqrt(6 / inputs);
  const weights = Float32Array.from({ length: inputs * outputs }, () => range * (2 * uniformFloat32(generator) - 1));
  return { inputs, outputs, weights, biases: new Float32Array(outputs) };
}

/** The layer's outputs for rows of inputs. */
export function forward({ inputs, outputs, weights, biases }, x) {
  const rows = x.length / inputs;
  const y = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    const out = y.subarray(row * outputs, (row + 1) * outputs);
    out.set(biases);
    for (let i = 0; i < inputs; i++) {
      const input = x[row * inputs + i];
      if (input === 0) continue;
      for (let o = 0; o < outputs; o++) out[o] += input * weights[i * outputs + o];
    }
  }
  return y;
}

/** From the gradient of a layer's outputs, those of its weights, biases and inputs. */
export function backward({ inputs, outputs, weights }, x, outputGrad) {
  const grad = {
    weights: new Float32Array(weights.length),
    biases: new Float32Array(outputs),
    inputs: new Float32Array(x.length),
  };
  for (let row = 0; row < x.length / inputs; row++) {
    const out = outputGrad.subarray(row * outputs, (row + 1) * outputs);
    for (let o = 0; o < outputs; o++) grad.biases[o] += out[o];
    for (let i = 0; i < inputs; i++) {
      const at = row * inputs + i;
      let sum = 0;
      for (let o = 0; o < outputs; o++) {
        grad.weights[i * outputs + o] += x[at] * out[o];
        sum += weights[i * outputs + o] * out[o];
      }
      grad.inputs[at] = sum;
    }
  }
  return grad;
}

/** max(x, 0). */
export function relu(x) {
  return x.map((value) => Math.max(value, 0));
}

/** The gradient of relu's inputs, from its outputs and their gradient. */
export function reluGrad(y, outputGrad) {
  return outputGrad.map((grad, i) => (y[i] > 0 ? grad : 0));
}
