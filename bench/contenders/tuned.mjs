/** The best plain JavaScript known to us: what an expert gets out of V8 without WebAssembly, at the accuracy of the precision. */

import { newArray, variable } from "../inputs.mjs";
import { exp, expOfDouble } from "./tuned/exponential.mjs";
import { binaryCrossEntropyWithLogitsBy, sigmoidBy } from "./tuned/logits.mjs";
import * as pointwise from "./tuned/pointwise.mjs";
import { rowsBy } from "./tuned/rows.mjs";

/** Made when called: V8 inlines an exponential of which it knows no other. */
const loopsBy = (exponential) => ({
  ...pointwise,
  binaryCrossEntropyWithLogits: binaryCrossEntropyWithLogitsBy(exponential),
  sigmoid: sigmoidBy(exponential),
  ...rowsBy(exponential),
});

export function prepare(workload, { prediction, target }) {
  const { operation, mode, precision, count, classes } = workload;
  const loop = loopsBy(precision === "f32" ? exp : expOfDouble)[operation]?.[mode];
  if (loop === undefined) return undefined;
  const output = mode === "value" ? undefined : newArray(workload, count);
  const given = variable({ prediction, target, output });
  const call = () => loop(given.prediction, given.target, given.output, classes);
  return { call, answer: () => ({ value: call(), output }) };
}
