/** The softmax family and the sigmoid family. */

import { LogSigmoid, logSigmoid as logSigmoidSweep } from "../assembly/losses/logSigmoid";
import { LogSoftmax, logSoftmaxColumns, logSoftmaxRows } from "../assembly/losses/logSoftmax";
import { LogSoftmaxGradient, logSoftmaxGradientColumns, logSoftmaxGradientRows } from "../assembly/losses/logSoftmaxGradient";
import { LogSumExp, logSumExpColumns, logSumExpRows } from "../assembly/losses/logSumExp";
import { Sigmoid, sigmoid as sigmoidSweep } from "../assembly/losses/sigmoid";
import { Softmax, softmaxColumns, softmaxRows } from "../assembly/losses/softmax";
import { SoftmaxGradient, softmaxGradientColumns, softmaxGradientRows } from "../assembly/losses/softmaxGradient";
import { Softplus, softplus as softplusSweep } from "../assembly/losses/softplus";
import { type Activation, pointwiseActivation, rowActivation } from "./face/activation";
import type { LayoutOptions } from "./layout";
import { kernel, softmaxKernel } from "./staging/kernels";

export const softmax: Activation<LayoutOptions> = /* @__PURE__ */ rowActivation({
  name: "softmax",
  kernel: softmaxKernel("softmax", new Softmax(), softmaxRows, softmaxColumns),
  gradient: softmaxKernel("softmaxGradient", new SoftmaxGradient(), softmaxGradientRows, softmaxGradientColumns),
  reduces: false,
});

export const logSoftmax: Activation<LayoutOptions> = /* @__PURE__ */ rowActivation({
  name: "logSoftmax",
  kernel: softmaxKernel("logSoftmax", new LogSoftmax(), logSoftmaxRows, logSoftmaxColumns),
  gradient: softmaxKernel("logSoftmaxGradient", new LogSoftmaxGradient(), logSoftmaxGradientRows, logSoftmaxGradientColumns),
  reduces: false,
});

export const logSumExp: Activation<LayoutOptions> = /* @__PURE__ */ (() => {
  const both = softmaxKernel("logSumExp", new LogSumExp(), logSumExpRows, logSumExpColumns);
  return rowActivation({ name: "logSumExp", kernel: both, gradient: both, reduces: true });
})();

export const sigmoid: Activation<object> = /* @__PURE__ */ pointwiseActivation({
  name: "sigmoid",
  kernel: kernel("sigmoid", new Sigmoid(), sigmoidSweep),
});

export const logSigmoid: Activation<object> = /* @__PURE__ */ pointwiseActivation({
  name: "logSigmoid",
  kernel: kernel("logSigmoid", new LogSigmoid(), logSigmoidSweep),
});

export const softplus: Activation<{ beta?: number; threshold?: number }> = /* @__PURE__ */ pointwiseActivation({
  name: "softplus",
  kernel: kernel("softplus", new Softplus(), softplusSweep),
  parameters: { beta: { default: 1, above: 0 }, threshold: { default: 20 } },
  a: ({ beta }) => beta,
  b: ({ threshold }) => threshold,
});
