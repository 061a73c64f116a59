/** The kinds of WebAssembly binary there are. */

/** Precision of the elements. */
export type Precision = "f32" | "f64";
export const precisions: readonly Precision[] = ["f32", "f64"];

/** The bytes of an element. */
export const elementBytes: Readonly<Record<Precision, number>> = { f32: 4, f64: 8 };

/** The kinds of WebAssembly binary, fastest first. */
export const wasmBackends = ["relaxed", "simd"] as const;
export type WasmBackend = (typeof wasmBackends)[number];

/** What every build's `binaries` gives: the module of a backend and precision. It throws where there is none. */
export type ModuleOf = (backend: WasmBackend, precision: Precision) => WebAssembly.Module;
