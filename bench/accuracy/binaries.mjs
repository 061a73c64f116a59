/** Compiles the elementary functions alone, with the flags of the shipped binaries. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { main as asc } from "assemblyscript/asc";

const ROOT = new URL("../../", import.meta.url);
const ENTRY = "assembly/elementary/exports.ts";

/**
 * The binary of one of asconfig.json's targets ("f32-simd", ...) with the exports of assembly/elementary/exports.ts.
 *
 * @returns {Promise<Uint8Array>}
 */
export async function compileElementary(target) {
  const { options, targets } = JSON.parse(readFileSync(new URL("asconfig.json", ROOT), "utf8"));
  const chosen = { ...options, ...targets[target], enable: [...options.enable, ...(targets[target].enable ?? [])] };
  const flags = Object.entries({ ...chosen, outFile: "elementary.wasm" })
    .filter(([, value]) => value !== false)
    .flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, [value].flat().join(",")]));
  let binary;
  const { error, stderr } = await asc([ENTRY, "--config", "none", "--baseDir", fileURLToPath(ROOT), ...flags], {
    writeFile: (_name, contents) => {
      binary = contents;
    },
  });
  if (error) throw new Error(`asc ${target}: ${error.message}\n${stderr.toString()}`);
  return binary;
}

/** Whether this engine runs `binary`; lets V8 11 (Node 20) have relaxed SIMD, which it hides behind a flag. */
export function runs(binary) {
  if (Number.parseInt(process.versions.v8, 10) < 12) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return WebAssembly.validate(binary);
}
