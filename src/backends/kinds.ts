/** The kinds of WebAssembly binary there are. */

/** Precisions of the elements. */
export const precisions = ["f32", "f64"] as const;
export type Precision = (typeof precisions)[number];

/** The kinds of WebAssembly binary, fastest first. */
export const wasmBackends = ["relaxed", "simd"] as const;
export type WasmBackend = (typeof wasmBackends)[number];

/** What every build's `binaries` gives: the module of a backend and precision. It throws where there is none. */
export type ModuleOf = (backend: WasmBackend, precision: Precision) => WebAssembly.Module;
