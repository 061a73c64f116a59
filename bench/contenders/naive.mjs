/** What a careful user writes by hand: a plain loop for each loss, with stable formulas, its arrays allocated once. */

import { newArray, variable } from "../inputs.mjs";
import { joined, sampleFormulas } from "../samples.mjs";
import * as binary from "./naive/binary.mjs";
import * as classes from "./naive/classes.mjs";
import * as regions from "./naive/regions.mjs";
import * as regression from "./naive/regression.mjs";
import * as sequences from "./naive/sequences.mjs";
import * as vectors from "./naive/vectors.mjs";

/** By operation: its modes, as functions of prediction, target, output, row length and scratch. */
const loops = { ...regression, ...binary, ...classes };

/** By operation: `valueAndGrad` as a function of the inputs, their gradients, the workload and scratch. */
const sampleLoops = { ...vectors, ...regions, ...sequences };

function prepareSamples({ scratch, valueAndGrad }, workload, made) {
  const { inputs, graded } = sampleFormulas[workload.operation];
  const arrays = inputs(made, workload);
  const gradients = Object.values(graded).map((i) => newArray(workload, arrays[i].length));
  const given = variable({ arrays, gradients, scratch: scratch?.(workload) });
  const call = () => valueAndGrad(given.arrays, given.gradients, workload, given.scratch);
  return { call, answer: () => ({ value: call(), output: joined(gradients) }) };
}

export function prepare(workload, made) {
  const { operation, mode, count, classes } = workload;
  if (operation in sampleLoops) return prepareSamples(sampleLoops[operation], workload, made);
  const { [mode]: loop, scratch } = loops[operation] ?? {};
  if (loop === undefined) return undefined;
  const { prediction, target } = made;
  const output = mode === "value" ? undefined : newArray(workload, count);
  const given = variable({ prediction, target, output, scratch: scratch?.(workload) });
  const call = () => loop(given.prediction, given.target, given.output, classes, given.scratch);
  return { call, answer: () => ({ value: call(), output }) };
}
