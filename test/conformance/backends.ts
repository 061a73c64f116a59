/** The backends that can run here. */

import v8 from "node:v8";
import type { Library } from "./call";

/** The backends that the library can run on. Where V8 has relaxed SIMD behind a flag, as in Node 20, the flag is set. */
export async function availableBackends({ init }: typeof Library): Promise<Library.Backend[]> {
  const runs = (backend: Library.Backend) =>
    init({ backend }).then(
      () => true,
      () => false,
    );
  if (!(await runs("relaxed"))) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
  const available: Library.Backend[] = [];
  for (const backend of ["relaxed", "simd", "js"] as const) if (await runs(backend)) available.push(backend);
  return available;
}
