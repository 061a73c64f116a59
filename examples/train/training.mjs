/** The training of a network: initialise, then forward, loss, backpropagation, update, and again. */

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { crossEntropy, init, l2Penalty } from "simd-loss";
import { readDigits, shuffled } from "./digits.mjs";
import { backward, forward, newLayer, relu, reluGrad } from "./network.mjs";

const PIXELS = 64;
const HIDDEN = 64;
const CLASSES = 10;
const BATCH = 32;
const RATE = 0.2;
/** Strength of the weight decay, the regularisation term of the cost. */
const LAMBDA = 5e-5;

/**
 * Trains on the digits and tests on the fifth held out: `{ losses, testLoss, correct, tested }`, where `losses` are the
 * mean cross-entropies of the training images in each epoch. Calls `onEpoch(epoch, loss)` after each.
 */
export async function train({ epochs, seed, onEpoch }) {
  // Baseline SIMD gives the same bits on every machine, so the numbers of two runs can be compared.
  await init({ backend: "simd" });
  const generator = xoroshiro128plus(seed);
  const digits = await readDigits(generator);
  const hidden = newLayer(PIXELS, HIDDEN, generator);
  const last = newLayer(HIDDEN, CLASSES, generator);

  const losses = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = shuffled(digits.train.labels.length, generator);
    let sum = 0;
    for (let start = 0; start < order.length; start += BATCH) {
      const { pixels, labels } = batch(digits.train, order.slice(start, start + BATCH));
      sum += step(hidden, last, pixels, labels) * labels.length;
    }
    losses.push(sum / order.length);
    onEpoch(epoch, losses.at(-1));
  }

  const { pixels, labels } = digits.test;
  const logits = forward(last, relu(forward(hidden, pixels)));
  const correct = labels.reduce((count, label, row) => count + (argmax(logits, row) === label ? 1 : 0), 0);
  return { losses, testLoss: crossEntropy(logits, labels), correct, tested: labels.length };
}

/** One update of both layers from a batch; returns the batch's loss before it. */
function step(hidden, last, pixels, labels) {
  const h = relu(forward(hidden, pixels));
  const logits = forward(last, h);
  const { value, grad } = crossEntropy.valueAndGrad(logits, labels, { out: logits });
  const lastGrad = backward(last, h, grad);
  const hiddenGrad = backward(hidden, pixels, reluGrad(h, lastGrad.inputs));
  update(last, lastGrad);
  update(hidden, hiddenGrad);
  return value;
}

/** Steps down the gradient of the cost: that of the loss, plus that of the penalty on the weights. */
function update(layer, grad) {
  const decay = l2Penalty.grad(layer.weights, { lambda: LAMBDA });
  for (let i = 0; i < layer.weights.length; i++) layer.weights[i] -= RATE * (grad.weights[i] + decay[i]);
  for (let i = 0; i < layer.biases.length; i++) layer.biases[i] -= RATE * grad.biases[i];
}

function batch({ pixels, labels }, rows) {
  const batchPixels = new Float32Array(rows.length * PIXELS);
  rows.forEach((row, i) => {
    batchPixels.set(pixels.subarray(row * PIXELS, (row + 1) * PIXELS), i * PIXELS);
  });
  return { pixels: batchPixels, labels: Int32Array.from(rows, (row) => labels[row]) };
}

function argmax(logits, row) {
  const scores = logits.subarray(row * CLASSES, (row + 1) * CLASSES);
  return scores.indexOf(Math.max(...scores));
}
