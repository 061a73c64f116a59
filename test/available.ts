/** The backends that run on this engine, and the precisions, over which every test enumerates. */

import { type Backend, init } from "../src/index";

const all: readonly Backend[] = ["js", "simd", "relaxed"];

async function runs(backend: Backend): Promise<boolean> {
  return init({ backend }).then(
    () => true,
    () => false,
  );
}

const running = await Promise.all(all.map(runs));

/** The backends that `init` accepts here. */
export const backends: readonly Backend[] = all.filter((_, i) => running[i]);

export type Precision = "f32" | "f64";
export const precisions: readonly Precision[] = ["f32", "f64"];

/** The array type of a precision. */
export const arrayOf = { f32: Float32Array, f64: Float64Array } as const;

/** The numbers as an array of the precision. */
export function typed(precision: Precision, numbers: ArrayLike<number>): Float32Array | Float64Array {
  return arrayOf[precision].from(numbers);
}
