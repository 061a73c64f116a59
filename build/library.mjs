/** The builds of the library that are one module each: for bundlers and browsers, for workerd, and without WebAssembly. */

import { build } from "esbuild";
import { importWasm, inlineWasm, lowerMachine, machineSuffixes, specialize } from "./plugins.mjs";

/** The builds, by entry: where the file src/backends/binaries exists with the suffix, it takes its place. */
const suffixes = { index: [], workerd: [".workerd.ts"], js: [".none.ts"] };

/** What all builds of the library have in common. */
export const common = {
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  external: ["./wasm/*", "./*.cjs"],
  // Leaves out what the plain machine's constants rule out.
  minifySyntax: true,
  legalComments: "none",
  outdir: "dist",
};

/** How the sources are resolved and read, with `suffixes` of their own for files that have several versions. */
export function sources(suffixes) {
  return { resolveExtensions: [...suffixes, ...machineSuffixes], plugins: [inlineWasm(), importWasm(), specialize(), lowerMachine()] };
}

/** Bundles twice: constants of other files come too late in the first pass for what they rule out to be left out with it. */
export async function buildTwice(options, outfile) {
  const { outputFiles } = await build({ ...common, ...options, outdir: undefined, outfile, write: false });
  const { plugins, entryPoints, stdin, ...rest } = { ...common, ...options };
  await build({ ...rest, outdir: undefined, outfile, stdin: { contents: outputFiles[0].text } });
}

export async function buildLibrary() {
  for (const [entry, suffix] of Object.entries(suffixes)) {
    await buildTwice({ ...sources(suffix), entryPoints: ["src/index.ts"] }, `dist/${entry}.js`);
  }
}
