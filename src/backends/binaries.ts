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

/** What some engines have that decodes base64 in 0.1 to 0.3 ms, where a loop in a cold start takes 2 to 9. */
interface Decoders {
  readonly Uint8Array: { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
  readonly Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> };
}

/** The bytes of a binary. */
export function bytesOf(backend: WasmBackend, precision: Precision): Uint8Array<ArrayBuffer> {
  const base64 = binaries[backend][precision];
  // As a property: some bundlers add a polyfill wherever they see Buffer as a name.
  const engine = globalThis as unknown as Decoders;
  if (engine.Uint8Array.fromBase64) return engine.Uint8Array.fromBase64(base64);
  if (engine.Buffer) return engine.Buffer.from(base64, "base64");
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

export const moduleOf: ModuleOf = (backend, precision) => new WebAssembly.Module(bytesOf(backend, precision));
