/** The softmax family and the sigmoid family. */

import { LogSoftmax, logSoftmaxColumns, logSoftmaxRows } from "../assembly/losses/logSoftmax";
import { LogSoftmaxGradient, logSoftmaxGradientColumns, logSoftmaxGradientRows } from "../assembly/losses/logSoftmaxGradient";
import { LogSumExp, logSumExpColumns, logSumExpRows } from "../assembly/losses/logSumExp";
import { Sigmoid, sigmoid as sigmoidSweep } from "../assembly/losses/sigmoid";
import { Softmax, softmaxColumns, softmaxRows } from "../assembly/losses/softmax";
import { SoftmaxGradient, softmaxGradientColumns, softmaxGradientRows } from "../assembly/losses/softmaxGradient";
import { Softplus, softplus as softplusSweep } from "../assembly/losses/softplus";
import { Softsign, softsign as softsignSweep } from "../assembly/losses/softsign";
import { type Activation, pointwiseActivation, rowActivation } from "./face/activation";
import { ownOptions } from "./face/options";
import type { TemperingOptions } from "./face/shaping";
import type { LayoutOptions } from "./layout";
import { kernel, softmaxKernel } from "./staging/kernels";

/**
 * Softmax: from the logits of a row to probabilities that sum to 1.
 *
 * `x` is one row, unless `classes` says how many elements a row has, or `shape` (with `axis`, default the last) what is
 * laid out how; rows are flat and row-major. The result is of x's length. Options: `temperature` T, default 1, above 0, makes
 * it the softmax of x / T; `mask`, of x's length, gives the classes where it is 0 or false the probability 0 and no gradient,
 * even if x or the upstream gradient is NaN there. `softmax.grad(x, upstream)` is y (upstream - sum of y upstream) / T, y the
 * softmax. A logit of -Infinity has probability 0. A row with NaN or +Infinity,
 * or of nothing but -Infinity, is NaN; one of nothing but masked classes is not. Defined as PyTorch's `softmax`.
 *
 * @formula e^x_c / sum over j of e^x_j
 * @use logits to class probabilities
 * @group softmax family
 * @also PyTorch F.softmax; Keras ops.softmax; TensorFlow.js softmax
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a `temperature` of 0 or less
 * @example
 * softmax([1, 2, 3]); // [0.09003057, 0.2447285, 0.6652410]
 * softmax([0, 0, 5, 5], { classes: 2 }); // [0.5, 0.5, 0.5, 0.5]
 * softmax([0, 1, 0, 1], { shape: [2, 2], axis: 0 }); // [0.5, 0.5, 0.5, 0.5]
 * softmax([1, 2, 3], { temperature: 2, mask: [1, 1, 0] }); // [0.3775407, 0.6224593, 0]
 * softmax.grad([0, 0], [1, 0]); // [0.25, -0.25]
 */
export const softmax: Activation<LayoutOptions & TemperingOptions> = rowActivation({
  name: "softmax",
  tempered: { sign: 1, logarithmic: false },
  kernel: softmaxKernel("softmax", Softmax, softmaxRows, softmaxColumns),
  gradient: softmaxKernel("softmaxGradient", SoftmaxGradient, softmaxGradientRows, softmaxGradientColumns),
});

/**
 * Logarithm of the softmax, accurate where the softmax itself is 0.
 *
 * `x` is one row, unless `classes` says how many elements a row has, or `shape` (with `axis`, default the last) what is
 * laid out how; rows are flat and row-major. The result is of x's length, in nats. Options: `temperature` T, default 1, above
 * 0, makes it that of x / T; `mask`, of x's length, gives the classes where it is 0 or false -Infinity and no gradient, and
 * leaves out their upstream gradient. `logSoftmax.grad(x, upstream)` is (upstream - softmax(x / T) times the sum of
 * upstream) / T. A logit of -Infinity gives -Infinity. A row with NaN or +Infinity, or of nothing but -Infinity, is NaN. Defined as PyTorch's `log_softmax`.
 *
 * @formula x_c - log sum over j of e^x_j
 * @use logits to log-probabilities
 * @group softmax family
 * @also PyTorch F.log_softmax; Keras ops.log_softmax; TensorFlow.js logSoftmax
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a `temperature` of 0 or less
 * @example
 * logSoftmax([1, 2, 3]); // [-2.407606, -1.407606, -0.4076060]
 * logSoftmax([0, 1000]); // [-1000, 0]
 * logSoftmax.grad([0, 0], [1, 0]); // [0.5, -0.5]
 */
export const logSoftmax: Activation<LayoutOptions & TemperingOptions> = rowActivation({
  name: "logSoftmax",
  tempered: { sign: 1, logarithmic: true },
  kernel: softmaxKernel("logSoftmax", LogSoftmax, logSoftmaxRows, logSoftmaxColumns),
  gradient: softmaxKernel("logSoftmaxGradient", LogSoftmaxGradient, logSoftmaxGradientRows, logSoftmaxGradientColumns),
});

/**
 * Softmin: the softmax of the opposites, so that the smallest is the most probable.
 *
 * `x` is one row, unless `classes` says how many elements a row has, or `shape` (with `axis`, default the last) what is
 * laid out how; rows are flat and row-major. The result is of x's length. Options `temperature` and `mask` are those of
 * {@link softmax}. `softmin.grad(x, upstream)` is -y (upstream - sum of y upstream) / temperature, y the softmin. Infinity
 * has probability 0. A row with NaN or -Infinity, or of nothing but Infinity, is NaN; one of nothing but masked classes is not.
 * Defined as PyTorch's `softmin`.
 *
 * @formula e^-x_c / sum over j of e^-x_j
 * @use distances or costs to probabilities
 * @group softmax family
 * @also PyTorch F.softmin
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a `temperature` of 0 or less
 * @example
 * softmin([1, 2, 3]); // [0.6652410, 0.2447285, 0.09003057]
 * softmin.grad([0, 0], [1, 0]); // [-0.25, 0.25]
 */
export const softmin: Activation<LayoutOptions & TemperingOptions> = rowActivation({
  name: "softmin",
  tempered: { sign: -1, logarithmic: false },
  kernel: softmaxKernel("softmax", Softmax, softmaxRows, softmaxColumns),
  gradient: softmaxKernel("softmaxGradient", SoftmaxGradient, softmaxGradientRows, softmaxGradientColumns),
});

/**
 * Logarithm of the sum of exponentials of a row, without overflow.
 *
 * `x` is one row, unless `classes` says how many elements a row has, or `shape` (with `axis`, default the last) what is
 * laid out how; rows are flat and row-major. The result has one number for each row. `logSumExp.grad(x, upstream)` takes one
 * number for each row and is upstream times the softmax. A row of nothing, or of nothing but -Infinity, gives -Infinity, one with
 * +Infinity gives Infinity, and the gradient of either has NaN; with NaN, NaN. Defined as PyTorch's `logsumexp`.
 *
 * @formula log sum over j of e^x_j
 * @use a smooth maximum; the normaliser of log-probabilities
 * @group softmax family
 * @also PyTorch torch.logsumexp; Keras ops.logsumexp; TensorFlow.js logSumExp
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match
 * @example
 * logSumExp([1000, 1000]); // [1000.693]
 * logSumExp([1, 2, 3, 4], { classes: 2 }); // [2.313262, 4.313262]
 * logSumExp.grad([1, 2, 3, 4], [1, 10], { classes: 2 }); // [0.2689414, 0.7310586, 2.689414, 7.310586]
 */
export const logSumExp: Activation<LayoutOptions> = /* @__PURE__ */ (() => {
  const both = softmaxKernel("logSumExp", LogSumExp, logSumExpRows, logSumExpColumns);
  return rowActivation({ name: "logSumExp", kernel: both, gradient: both, reduces: { empty: -Infinity } });
})();

/**
 * Logistic sigmoid: from a logit to a probability.
 *
 * Works element by element; the result is of x's length. `sigmoid.grad(x, upstream)` is upstream y (1 - y), y the
 * sigmoid. At -Infinity and Infinity it is 0 and 1, with gradient 0. NaN in gives NaN out.
 * Defined as PyTorch's `sigmoid`.
 *
 * @formula 1 / (1 + e^-x)
 * @use logits to probabilities of a yes
 * @group sigmoid family
 * @also PyTorch torch.sigmoid; Keras ops.sigmoid; TensorFlow.js sigmoid
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match
 * @example
 * sigmoid([-1, 0, 1]); // [0.2689414, 0.5, 0.7310586]
 * sigmoid.grad([-1, 0, 1], [1, 1, 1]); // [0.1966119, 0.25, 0.1966119]
 */
export const sigmoid: Activation<object> = pointwiseActivation({
  name: "sigmoid",
  kernel: kernel("sigmoid", Sigmoid, sigmoidSweep),
});

/**
 * Logarithm of the sigmoid, accurate where the sigmoid itself is 0 or 1.
 *
 * Works element by element; the result is of x's length, in nats. `logSigmoid.grad(x, upstream)` is
 * upstream sigmoid(-x). At -Infinity and Infinity it is -Infinity and 0. NaN in gives NaN out.
 * Defined as PyTorch's `logsigmoid`.
 *
 * @formula -log(1 + e^-x)
 * @use logits to log-probabilities of a yes
 * @group sigmoid family
 * @also PyTorch F.logsigmoid; Keras ops.log_sigmoid; TensorFlow.js logSigmoid
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match
 * @example
 * logSigmoid([-100, 0, 100]); // [-100, -0.6931472, -3.720076e-44]
 * logSigmoid.grad([-100, 0, 100], [1, 1, 1]); // [1, 0.5, 3.720076e-44]
 */
export const logSigmoid: Activation<object> = pointwiseActivation({
  name: "logSigmoid",
  // The softplus of -x, over -1.
  kernel: kernel("softplus", Softplus, softplusSweep),
  a: () => -1,
  b: () => Infinity,
});

/**
 * Softplus: a smooth version of max(x, 0).
 *
 * Works element by element; the result is of x's length. `softplus.grad(x, upstream)` is upstream sigmoid(beta x).
 * Options: `beta`, default 1, above 0, is the steepness; where beta x exceeds `threshold`, default 20, the result is x
 * itself and the gradient upstream itself. At -Infinity and Infinity it is 0 and Infinity. NaN in gives NaN out.
 * Defined as PyTorch's `softplus`.
 *
 * @formula log(1 + e^(beta x)) / beta
 * @use any number to a positive one: a scale, a rate, a variance
 * @group sigmoid family
 * @also PyTorch F.softplus; Keras ops.softplus; TensorFlow.js softplus
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths or shapes that do not match, a `beta` of 0 or less, or NaN
 * @example
 * softplus([-1, 0, 1]); // [0.3132617, 0.6931472, 1.313262]
 * softplus([30]); // [30]
 * softplus.grad([-1, 0, 1], [1, 1, 1], { beta: 2 }); // [0.1192029, 0.5, 0.8807971]
 */
export const softplus: Activation<{
  /** The steepness, above 0. Default 1. */
  beta?: number | undefined;
  /** The beta x above which the result is x itself. Default 20. */
  threshold?: number | undefined;
}> = pointwiseActivation({
  name: "softplus",
  kernel: kernel("softplus", Softplus, softplusSweep),
  own: ownOptions({ beta: { default: 1, above: 0 }, threshold: { default: 20 } }),
  a: ({ beta }) => beta,
  b: ({ threshold }) => threshold,
});

/**
 * Softsign: a sigmoid curve from -1 to 1 that is reached slowly.
 *
 * Works element by element; the result is of x's length. `softsign.grad(x, upstream)` is upstream / (1 + |x|)^2. At -Infinity
 * and Infinity it is -1 and 1, with gradient 0, where PyTorch's `softsign`, otherwise the same, gives NaN. NaN in gives NaN out.
 *
 * @formula x / (1 + |x|)
 * @use instead of tanh, without an exponential
 * @group sigmoid family
 * @also PyTorch F.softsign; Keras ops.softsign
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * softsign([-1, 0, 3]); // [-0.5, 0, 0.75]
 * softsign.grad([-1, 0, 3], [1, 1, 1]); // [0.25, 1, 0.0625]
 */
export const softsign: Activation<object> = pointwiseActivation({
  name: "softsign",
  kernel: kernel("softsign", Softsign, softsignSweep),
});
