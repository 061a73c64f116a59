export interface Instance {
  x: Float32Array | Float64Array;
  y: Float32Array | Float64Array;
  /** The second argument, of functions that have one. */
  k: Float32Array | Float64Array;
  apply(name: string, n: number): void;
}

export function instantiate(module: WebAssembly.Module | Uint8Array, precision: "f32" | "f64", capacity: number): Instance;
