/** A consumer in TypeScript that uses the library as it is typed. */

import { type BackendReport, backend, crossEntropy, init, mse } from "simd-loss";
import module from "simd-loss/f32-simd.wasm";
import { mse as mseOfJs } from "simd-loss/js";

const value: number = mse([1, 2], [1, 4]);
const grad: Float32Array = mse.grad(new Float32Array(2), new Float32Array(2));
const both: { value: number; grad: Float64Array } = crossEntropy.valueAndGrad(new Float64Array(4), [0, 1], { labelSmoothing: 0.1 });
const report: Promise<BackendReport> = init({ modules: { f32: module } });
const same: typeof mse = mseOfJs;
const name: "relaxed" | "simd" | "js" = backend().name;

export { both, grad, name, report, same, value };
