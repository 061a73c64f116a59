/** Builds dist/: the WebAssembly binaries, the bundled library and command line, and the type declarations. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { compileBinaries } from "./binaries.mjs";
import { buildLibrary } from "./library.mjs";
import { licencesOf } from "./licences.mjs";
import { buildForNode } from "./node.mjs";
import { besideLibrary } from "./plugins.mjs";

await compileBinaries();

await buildLibrary();
await buildForNode();
const { metafile } = await build({
  bundle: true,
  metafile: true,
  format: "esm",
  target: "node20",
  platform: "node",
  external: ["@duckdb/node-api"],
  plugins: [besideLibrary()],
  // What commander and the others require of Node when bundled as ES modules.
  banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  define: { VERSION: JSON.stringify(JSON.parse(readFileSync("package.json", "utf8")).version) },
  legalComments: "none",
  entryPoints: { cli: "src/cli/main.ts" },
  outdir: "dist",
});
writeFileSync("dist/cli.licences.txt", licencesOf(metafile));

execFileSync(
  "npx",
  ["--no-install", "dts-bundle-generator", "--project", "tsconfig.json", "--no-check", "-o", "dist/index.d.ts", "src/index.ts"],
  {
    stdio: ["ignore", "ignore", "inherit"],
  },
);
// Not WebAssembly.Module, which only projects with the DOM's types or Node's have; init takes any object.
writeFileSync("dist/wasm.d.ts", "declare const module: object;\nexport default module;\n");
