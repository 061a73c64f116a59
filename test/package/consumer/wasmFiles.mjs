/** A consumer that gives the build without WebAssembly the package's own `.wasm` files. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as library from "simd-loss/js";
import { check } from "./known.mjs";

const bytes = (precision) => readFileSync(createRequire(import.meta.url).resolve(`simd-loss/${precision}-simd.wasm`));
await library.init({ backend: "simd", modules: { f32: bytes("f32"), f64: bytes("f64") } });
console.log(JSON.stringify(check(library)));
