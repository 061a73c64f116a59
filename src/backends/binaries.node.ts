/** The WebAssembly binaries as files beside the library, for Node: read when they are first needed. */

import type { ModuleOf } from "./kinds";

/** What reads each file, as the doors to the library give it (build/node.mjs). */
declare const binaries: Readonly<Record<string, () => Uint8Array<ArrayBuffer>>>;

export const moduleOf: ModuleOf = (backend, precision) => new WebAssembly.Module(binaries[`${precision}-${backend}.wasm`]!());
