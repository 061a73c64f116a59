/** The best plain JavaScript known to us: what an expert gets out of V8 without WebAssembly, at f32 accuracy. */

import { newArray, variable } from "../inputs.mjs";
import * as pointwise from "./tuned/pointwise.mjs";
import * as rows from "./tuned/rows.mjs";

const loops = { ...pointwise, ...rows };

/** The loops that serve f64 as they are; the others have f32 accuracy, or work on f32's bits. */
const exact = [pointwise.mse.value, pointwise.mse.valueAndGrad, pointwise.mae.value, pointwise.huber.value, pointwise.huber.valueAndGrad];

export function prepare(workload, { prediction, target }) {
  const { operation, mode, precision, count, classes } = workload;
  const loop = loops[operation]?.[mode];
  if (loop === undefined || (precision === "f64" && !exact.includes(loop))) return undefined;
  const output = mode === "value" ? undefined : newArray(workload, count);
  const given = variable({ prediction, target, output });
  const call = () => loop(given.prediction, given.target, given.output, classes);
  return { call, answer: () => ({ value: call(), output }) };
}
