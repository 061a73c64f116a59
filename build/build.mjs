/** Builds dist/: the WebAssembly binaries, the bundled library and command line, and the type declarations. */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { build } from "esbuild";
import { compileBinaries } from "./binaries.mjs";
import { besideLibrary, importWasm, inlineWasm, machineSuffixes, specialize } from "./plugins.mjs";

await compileBinaries();

/** The library's builds, by entry: where the file src/backends/binaries exists with the suffix, it takes its place. */
const suffixes = { index: [], workerd: [".workerd.ts"], js: [".none.ts"] };
const library = {
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  external: ["./wasm/*"],
  // Leaves out what the plain machine's constants rule out.
  minifySyntax: true,
  legalComments: "none",
  outdir: "dist",
};
for (const [entry, suffix] of Object.entries(suffixes)) {
  const { outputFiles } = await build({
    ...library,
    resolveExtensions: [...suffix, ...machineSuffixes],
    plugins: [inlineWasm(), importWasm(), specialize()],
    entryPoints: { [entry]: "src/index.ts" },
    write: false,
  });
  // Once more: constants of other files come too late in the first pass for what they rule out to be left out with it.
  await build({ ...library, stdin: { contents: outputFiles[0].text }, entryNames: entry });
}
await build({
  bundle: true,
  format: "esm",
  target: "node20",
  platform: "node",
  external: ["@duckdb/node-api"],
  plugins: [besideLibrary()],
  // What commander and the others require of Node when bundled as ES modules.
  banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  legalComments: "none",
  entryPoints: { cli: "src/cli/main.ts" },
  outdir: "dist",
});

execFileSync(
  "npx",
  ["--no-install", "dts-bundle-generator", "--project", "tsconfig.json", "--no-check", "-o", "dist/index.d.ts", "src/index.ts"],
  {
    stdio: ["ignore", "ignore", "inherit"],
  },
);
writeFileSync("dist/wasm.d.ts", "declare const module: WebAssembly.Module;\nexport default module;\n");
