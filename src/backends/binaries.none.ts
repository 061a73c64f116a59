/** No WebAssembly binaries, for `simd-loss/js`: only modules of the caller's own can be WebAssembly there. */

import type { ModuleOf } from "./kinds";

export const moduleOf: ModuleOf = (_backend, precision) => {
  throw new Error(`simd-loss/js holds no WebAssembly, and was given no ${precision} module: both precisions are needed`);
};
