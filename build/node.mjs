/** The build for Node: a module of doors, behind which the library and its fallback are loaded when first used. */

import { readdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { buildTwice, sources } from "./library.mjs";
import { deferKernels, FALLBACK } from "./plugins.mjs";

export async function buildForNode() {
  const cjs = { format: "cjs", platform: "node", minify: true };
  const { resolveExtensions, plugins } = sources([".node.ts"]);
  await buildTwice({ ...cjs, resolveExtensions, plugins: [deferKernels(), ...plugins], entryPoints: ["src/index.ts"] }, "dist/library.cjs");
  const kernels = readdirSync("assembly/losses").map((file) => `losses/${file}`);
  const files = [...kernels, "kernels/matrices.ts", "kernels/states.ts", "kernels/vectors.ts"];
  const contents = files.map((file) => `export * from "./assembly/${file}";`).join("\n");
  await buildTwice({ ...cjs, ...sources([]), stdin: { contents, resolveDir: "." } }, FALLBACK.replace("./", "dist/"));
  const library = await import(pathToFileURL("dist/js.js").href);
  const { code } = await transform(doors(library), { format: "esm", minify: true, legalComments: "none" });
  writeFileSync("dist/node.js", code);
}

/**
 * The source of a module with the library's functions, of which the first to be called, or asked for a property, loads the
 * library. Every door is a function of its own in the source, so that V8 can inline what is behind it; properties become
 * the library's own when one is first read.
 */
function doors(library) {
  const kinds = new Map();
  const exported = Object.entries(library).map(([name, f]) => {
    const properties = JSON.stringify(Object.keys(f));
    if (!kinds.has(properties)) kinds.set(properties, `kind${kinds.size}`);
    const [, declared] = String(f).match(/^(?:async )?(?:function \w*)?\(?(.*?)\)? (?:=>|{)/s);
    // A parameter with a default, or all in one, must be told from one that is undefined.
    const operands = /[=.]/.test(declared) ? "...operands" : declared;
    const call = `(${operands}) => (${name}_ ??= library().${name})(${operands})`;
    return `let ${name}_; export const ${name} = door("${name}", ${kinds.get(properties)}, ${call});`;
  });
  return `
    let loaded;
    const library = () => (loaded ??= process.getBuiltinModule("module").createRequire(import.meta.url)("./library.cjs"));
    const names = new Map();

    function getters(properties) {
      const getter = (property) => ({ configurable: true, enumerable: true, get() { return adopt(this)[property]; } });
      return Object.fromEntries(properties.map((property) => [property, getter(property)]));
    }

    function adopt(f) {
      for (const [property, value] of Object.entries(library()[names.get(f)])) {
        Object.defineProperty(f, property, { configurable: true, enumerable: true, writable: true, value });
      }
      return f;
    }

    function door(name, properties, f) {
      names.set(f, name);
      return Object.defineProperties(f, properties);
    }

    ${[...kinds].map(([properties, kind]) => `const ${kind} = getters(${properties});`).join("\n")}
    ${exported.join("\n")}`;
}
