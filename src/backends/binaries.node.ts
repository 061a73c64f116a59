/** The WebAssembly binaries as files beside the library, for Node: read when they are first needed. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ModuleOf } from "./kinds";

/** Where the library lies when bundled. */
declare const __dirname: string;

export const moduleOf: ModuleOf = (backend, precision) =>
  new WebAssembly.Module(readFileSync(join(__dirname, "wasm", `${precision}-${backend}.wasm`)));
