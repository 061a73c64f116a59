/** The exported `.wasm` files for those who do without the library: AssemblyScript's own loader loads them, and their kernels run. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type ASUtil, instantiateSync } from "@assemblyscript/loader";
import { expect, test } from "vitest";
import * as Call from "../assembly/kernels/call";

interface Exports extends Record<string, unknown> {
  mse(formula: number, machine: number, call: number): number;
}

/** Addresses above the binaries' tables. */
const CALL = 65536;
const PREDICTION = CALL + Call.CALL_BYTES;
const TARGET = PREDICTION + 256;
const GRADIENT = TARGET + 256;

test.each([
  ["f32-simd", Float32Array],
  ["f64-simd", Float64Array],
  ["f32-relaxed", Float32Array],
  ["f64-relaxed", Float64Array],
] as const)("simd-loss/%s.wasm", (file, Reals) => {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const bytes = readFileSync(createRequire(import.meta.url).resolve(`simd-loss/${file}.wasm`));
  const { exports } = instantiateSync<Exports & ASUtil>(bytes, { env: { memory } });
  const reals = (address: number) => new Reals(memory.buffer, address, 5);
  reals(PREDICTION).set([1, 2, 3, 4, 5]);
  reals(TARGET).set([1, 4, 0, 4, 6]);
  const record = new DataView(memory.buffer, CALL);
  for (const [field, value] of [
    [Call.X, PREDICTION],
    [Call.TARGET, TARGET],
    [Call.GRADIENT, GRADIENT],
    [Call.SUMMED, 1],
    [Call.COUNT, 5],
  ] as const) {
    record.setInt32(field, value, true);
  }
  record.setFloat64(Call.SCALE, 0.5, true);
  expect(exports.mse(0, 0, CALL)).toBe(14);
  expect(Array.from(reals(GRADIENT))).toEqual([0, -2, 3, 0, -1]);
});
