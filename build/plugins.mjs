/** What every bundler of this repository must know of its sources: machines, inlined wasm, specialized sweeps. */

import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { constantsOf, lower } from "./lower.mjs";

/** The order in which an import without an extension is looked up: the plain machine before the SIMD one. */
export const machineSuffixes = [".plain.ts", ".ts", ".mjs", ".js", ".json"];

/** esbuild: a `.wasm` import is the file in base64. */
export function inlineWasm() {
  return {
    name: "inline-wasm",
    setup(build) {
      build.onLoad({ filter: /\.wasm$/ }, ({ path }) => ({ contents: readFileSync(path).toString("base64"), loader: "text" }));
    },
  };
}

/** esbuild: the package's own `.wasm` files stay imports, of the files in dist/. */
export function importWasm() {
  return {
    name: "import-wasm",
    setup(build) {
      build.onResolve({ filter: /^simd-loss\/.+\.wasm$/ }, ({ path }) => ({ path: path.replace("simd-loss", "./wasm"), external: true }));
    },
  };
}

/**
 * esbuild: gives every formula a sweep of its own, as asc's generics do. One function that calls the methods of many
 * formulas is megamorphic to V8, and 8 times as slow.
 */
export function specialize() {
  return {
    name: "specialize",
    setup(build) {
      build.onResolve(
        { filter: /^\.\.\/kernels\/(pointwise|elementwise|rows|columns|labels|classes)$/ },
        ({ path, importer, resolveDir }) =>
          importer.includes("/assembly/losses/")
            ? { path: `${resolve(resolveDir, path)}.ts`, suffix: `?${basename(importer)}` }
            : undefined,
      );
    },
  };
}

/** esbuild: the plain machine's sources with the calls of its methods lowered, and in a formula's own sweep its constants. */
export function lowerMachine() {
  return {
    name: "lower-machine",
    setup(build) {
      build.onLoad({ filter: /\/assembly\/.+\.ts$/ }, ({ path, suffix }) => {
        const constants = suffix === "" ? undefined : constantsOf(resolve("assembly/losses", suffix.slice(1)));
        return { contents: lower(path, readFileSync(path, "utf8"), constants), loader: "ts" };
      });
    },
  };
}

/** The kernels that no formula is joined to: the library imports them themselves. */
export const ownKernels = ["matrices", "states", "vectors"];

/** The sources of the plain kernels that losses are made of. */
const kernelSource = new RegExp(`assembly/(losses/\\w+|kernels/(${ownKernels.join("|")}))$`);

/** esbuild: what src/ imports of the plain kernels is what {@link FALLBACK} exports, which is loaded when first used. */
export function deferKernels() {
  return {
    name: "defer-kernels",
    setup(build) {
      build.onResolve({ filter: kernelSource }, ({ path, resolveDir }) =>
        resolveDir.includes("/src") ? { path: `${resolve(resolveDir, path)}.ts`, namespace: "deferred" } : undefined,
      );
      build.onLoad({ filter: /./, namespace: "deferred" }, ({ path }) => ({ contents: deferred(readFileSync(path, "utf8")) }));
    },
  };
}

export const FALLBACK = "./fallback.cjs";

/** The classes and functions that a source exports, as functions that look them up in the fallback. */
function deferred(source) {
  const names = [...source.matchAll(/^export (class|function) (\w+)/gm)].map(([, kind, name]) =>
    kind === "class"
      ? `export function ${name}() { return new (fallback().${name})(); }`
      : `export function ${name}(f, m, call) { return fallback().${name}(f, m, call); }`,
  );
  return `let loaded; const fallback = () => (loaded ??= require("${FALLBACK}")); ${names.join("\n")}`;
}

/** esbuild: the command line imports the library that lies beside it in dist/, instead of holding a copy. */
export function besideLibrary() {
  return {
    name: "beside-library",
    setup(build) {
      build.onResolve({ filter: /^\.\.\/index$/ }, () => ({ path: "./node.js", external: true }));
    },
  };
}

/** vite: what {@link inlineWasm} is to esbuild. */
export function inlineWasmForVite() {
  return {
    name: "inline-wasm",
    enforce: "pre",
    load(id) {
      const path = id.split("?")[0];
      return path.endsWith(".wasm") ? `export default ${JSON.stringify(readFileSync(path).toString("base64"))};` : undefined;
    },
  };
}
