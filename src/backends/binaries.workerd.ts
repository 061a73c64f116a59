/** The WebAssembly binaries as imported modules: Cloudflare's workerd compiles no bytes, it has the modules ready. */

/// <reference path="../wasm.d.ts" />

import singleRelaxed from "simd-loss/f32-relaxed.wasm";
import singleSimd from "simd-loss/f32-simd.wasm";
import doubleRelaxed from "simd-loss/f64-relaxed.wasm";
import doubleSimd from "simd-loss/f64-simd.wasm";
import type { ModuleOf } from "./kinds";

const modules = {
  relaxed: { f32: singleRelaxed, f64: doubleRelaxed },
  simd: { f32: singleSimd, f64: doubleSimd },
};

export const moduleOf: ModuleOf = (backend, precision) => modules[backend][precision];
