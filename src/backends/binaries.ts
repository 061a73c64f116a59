/** The WebAssembly binaries, inlined as base64: the one loading scheme that every bundler and runtime supports. */

/// <reference path="../wasm.d.ts" />

import singleRelaxed from "../../dist/wasm/f32-relaxed.wasm";
import singleSimd from "../../dist/wasm/f32-simd.wasm";
import doubleRelaxed from "../../dist/wasm/f64-relaxed.wasm";
import doubleSimd from "../../dist/wasm/f64-simd.wasm";
import type { ModuleOf, Precision, WasmBackend } from "./kinds";

const binaries: Record<WasmBackend, Record<Precision, string>> = {
  relaxed: { f32: singleRelaxed, f64: doubleRelaxed },
  simd: { f32: singleSimd, f64: doubleSimd },
};

/** The bytes of a binary. */
export function bytesOf(backend: WasmBackend, precision: Precision): Uint8Array<ArrayBuffer> {
  const text = atob(binaries[backend][precision]);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

export const moduleOf: ModuleOf = (backend, precision) => new WebAssembly.Module(bytesOf(backend, precision));
