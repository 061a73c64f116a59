/** Seeded inputs, the same bits in every contender and language: drawn with exact arithmetic only. */

/** Uniform numbers in [0, 1): the high 24 bits of a linear congruential generator with Numerical Recipes' constants. */
function uniformNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 16777216;
  };
}

/** The sum of four uniform numbers, scaled: near a normal distribution of mean 0. */
const normal = (sigma) => (uniform) => (uniform() + uniform() + uniform() + uniform() - 2) * (sigma * 1.7320508075688772);

/** By name, one draw from uniform numbers. */
const draws = {
  number: normal(1),
  logit: normal(3),
  either: (uniform) => (uniform() < 0.5 ? 0 : 1),
  probability: (uniform) => 0.001 + 0.998 * uniform(),
  logProbability: (uniform) => -9 * uniform(),
  sign: (uniform) => (uniform() < 0.5 ? -1 : 1),
  count: (uniform) => Math.floor(6 * uniform()),
  positive: (uniform) => 0.1 + 4 * uniform(),
};

const arrays = { f32: Float32Array, f64: Float64Array };

/** An array of the workload's precision, of a length or over a buffer. */
export function newArray(workload, lengthOrBuffer) {
  return new arrays[workload.precision](lengthOrBuffer);
}

/**
 * The arrays of a workload: `prediction`, and `target` where the operation has one: integer labels by row, or numbers; `third` likewise.
 * The prediction is drawn first, the target goes on with the same generator.
 */
export function makeInputs(workload, seed) {
  const { count, rows, classes } = workload;
  const { prediction, target, third, thirdByRow } = workload.draws;
  const uniform = uniformNumbers(seed);
  const fill = (array, draw) => {
    for (let i = 0; i < array.length; i++) array[i] = draw(uniform);
    return array;
  };
  const inputs = { prediction: fill(newArray(workload, count), draws[prediction]) };
  if (target === "label") inputs.target = fill(new Int32Array(rows), () => Math.floor(uniform() * classes));
  else if (target === "labelList")
    inputs.target = newArray(workload, count).map((_, i) =>
      i % classes < 3 ? Math.floor(((i % classes) + uniform()) * (classes / 3)) : -1,
    );
  else if (target !== undefined) inputs.target = fill(newArray(workload, count), draws[target]);
  if (third !== undefined) inputs.third = fill(newArray(workload, thirdByRow ? rows : count), draws[third]);
  return inputs;
}

/**
 * What a call is given, in fields that are written twice. What a closure captures once, or a field written once holds, is a
 * constant to V8, which then folds arrays' addresses and lengths into the loops, as it can for nobody whose data change.
 */
export function variable(values) {
  const held = Object.fromEntries(Object.keys(values).map((name) => [name, undefined]));
  return Object.assign(held, values);
}

/** FNV-1a over the inputs' 32-bit words: equal for equal inputs. */
export function hashOf(inputs) {
  let hash = 2166136261;
  for (const array of Object.values(inputs).filter(ArrayBuffer.isView)) {
    const words = new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4);
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 16777619);
  }
  return hash >>> 0;
}
