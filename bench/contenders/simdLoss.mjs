/** This library through its public API: on ordinary typed arrays, or on arrays of an arena. */

import { newArray, variable } from "../inputs.mjs";
import { joined, sampleFormulas } from "../samples.mjs";

/** Bytes that each array of an arena may take for its alignment. */
const ALIGNMENT = 64;

/** Arrays of an arena with the inputs' content, and room for an output. */
function inArena(library, workload, { prediction, target }, outputLength) {
  const element = prediction.BYTES_PER_ELEMENT;
  const bytes = prediction.byteLength + (target?.byteLength ?? 0) + outputLength * element + 3 * ALIGNMENT;
  const memory = library.arena(bytes);
  const real = (length) => (workload.precision === "f32" ? memory.float32(length) : memory.float64(length));
  const copy = (array) => {
    const held = array instanceof Int32Array ? memory.int32(array.length) : real(array.length);
    held.set(array);
    return held;
  };
  return { prediction: copy(prediction), target: target && copy(target), output: outputLength === 0 ? undefined : real(outputLength) };
}

/** A loss with several inputs, of vectors, regions or sequences. */
function prepareSamples(library, f, { inputs, options = () => ({}), graded }, workload, made, arena) {
  const arrays = inputs(made, workload);
  const named = Object.entries(graded);
  const element = made.prediction.BYTES_PER_ELEMENT;
  const size = [...arrays, ...named.map(([, i]) => arrays[i])].reduce((sum, { length }) => sum + length * element + ALIGNMENT, 0);
  const memory = arena ? library.arena(size) : undefined;
  const place = (length) => {
    if (memory === undefined) return newArray(workload, length);
    return workload.precision === "f32" ? memory.float32(length) : memory.float64(length);
  };
  const given = arrays.map((array) => {
    if (memory === undefined || array instanceof Int32Array) return array;
    const held = place(array.length);
    held.set(array);
    return held;
  });
  const outs = Object.fromEntries(named.map(([name, i]) => [name, place(given[i].length)]));
  const gradients = Object.values(outs);
  const all = { ...options(workload), out: gradients.length === 1 ? gradients[0] : outs };
  const call = () => f.valueAndGrad(...given, all).value;
  return { call, answer: () => ({ value: call(), output: joined(gradients) }) };
}

export async function prepare(workload, inputs, { library, backend, arena }) {
  return prepareOn(await import(/* @vite-ignore */ library), workload, inputs, { backend, arena });
}

/** The same with the library's module itself, which a page has loaded already. */
export async function prepareOn(library, workload, inputs, { backend, arena }) {
  const { operation, mode, count, classes } = workload;
  const f = library[operation];
  if (f === undefined) return undefined;
  await library.init({ backend });
  if (operation in sampleFormulas) return prepareSamples(library, f, sampleFormulas[operation], workload, inputs, arena);
  const outputLength = mode === "value" ? 0 : count;
  const { prediction, target, output } = arena
    ? inArena(library, workload, inputs, outputLength)
    : { ...inputs, output: outputLength === 0 ? undefined : newArray(workload, outputLength) };
  const given = variable({ prediction, target });
  if (mode === "value") {
    const call = () => f(given.prediction, given.target);
    return { call, answer: () => ({ value: call() }) };
  }
  const options = { out: output };
  if (classes > 0 && target?.length === count) options.classes = classes;
  if (mode === "valueAndGrad") {
    const call = () => f.valueAndGrad(given.prediction, given.target, options).value;
    return { call, answer: () => ({ value: call(), output }) };
  }
  if (classes > 0) options.classes = classes;
  const call = () => f(given.prediction, options);
  return { call, answer: () => ({ output: call() }) };
}
