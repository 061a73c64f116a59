/** The training of a network: initialise, then forward, loss, backpropagation, update, and again. */

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { crossEntropy, l2Penalty } from "simd-loss";
import { PIXELS, shuffled, splitDigits, takeRows } from "./digits.mjs";
import { backward, forward, newLayer, relu, reluGrad } from "./network.mjs";

export const CLASSES = 10;
const HIDDEN = 64;
/** Strength of the weight decay, the regularisation term of the cost. */
const LAMBDA = 5e-5;

/** `loss` is of logits and labels: a number when called, and `valueAndGrad(logits, labels, { out })`. */
export const defaults = { seed: 1, loss: crossEntropy, rate: 0.2, batchSize: 32 };

/** A network of random weights, trained batch by batch on four fifths of the digits and tested on the rest. */
export class Training {
  /** `digits` are flat `pixels` from 0 to 16, a row to an image, and `labels`; for the options see {@link defaults}. */
  constructor(digits, options) {
    const { seed, loss, rate, batchSize } = { ...defaults, ...options };
    this.loss = loss;
    this.rate = rate;
    this.batchSize = batchSize;
    this.generator = xoroshiro128plus(seed);
    this.digits = splitDigits(digits, this.generator);
    this.hidden = newLayer(PIXELS, HIDDEN, this.generator);
    this.last = newLayer(HIDDEN, CLASSES, this.generator);
    this.order = [];
    this.at = 0;
    this.sum = 0;
    this.epochs = 0;
  }

  /**
   * One update of both layers from the next batch. Returns the `loss` of the batch before it, and `epochLoss`, the mean of
   * those of an epoch weighted by their images, after the last batch of one.
   */
  step() {
    if (this.at >= this.order.length) {
      this.order = shuffled(this.digits.train.labels.length, this.generator);
      this.at = 0;
      this.sum = 0;
    }
    const { pixels, labels } = takeRows(this.digits.train, this.order.slice(this.at, this.at + this.batchSize));
    this.at += labels.length;
    const h = relu(forward(this.hidden, pixels));
    const logits = forward(this.last, h);
    const { value, grad } = this.loss.valueAndGrad(logits, labels, { out: logits });
    const lastGrad = backward(this.last, h, grad);
    const hiddenGrad = backward(this.hidden, pixels, reluGrad(h, lastGrad.inputs));
    update(this.last, lastGrad, this.rate);
    update(this.hidden, hiddenGrad, this.rate);
    this.sum += value * labels.length;
    if (this.at < this.order.length) return { loss: value };
    this.epochs++;
    return { loss: value, epochLoss: this.sum / this.order.length };
  }

  /** Batches until the end of the epoch; returns its loss. */
  epoch() {
    for (;;) {
      const { epochLoss } = this.step();
      if (epochLoss !== undefined) return epochLoss;
    }
  }

  /** How the network does on the digits held out: `loss`, `correct`, and by image its `logits` and the `predicted` digit. */
  test() {
    const { pixels, labels } = this.digits.test;
    const logits = forward(this.last, relu(forward(this.hidden, pixels)));
    const predicted = Uint8Array.from(labels, (_, row) => argmax(logits, row));
    const correct = labels.reduce((count, label, row) => count + (predicted[row] === label ? 1 : 0), 0);
    return { loss: this.loss(logits, labels), correct, logits, predicted };
  }
}

/** Steps down the gradient of the cost: that of the loss, plus that of the penalty on the weights. */
function update(layer, grad, rate) {
  const decay = l2Penalty.grad(layer.weights, { lambda: LAMBDA });
  for (let i = 0; i < layer.weights.length; i++) layer.weights[i] -= rate * (grad.weights[i] + decay[i]);
  for (let i = 0; i < layer.biases.length; i++) layer.biases[i] -= rate * grad.biases[i];
}

function argmax(logits, row) {
  const scores = logits.subarray(row * CLASSES, (row + 1) * CLASSES);
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}
