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
  const entry = [...kernels, "kernels/matrices.ts", "kernels/states.ts", "kernels/vectors.ts"];
  const contents = entry.map((file) => `export * from "./assembly/${file}";`).join("\n");
  await buildTwice({ ...cjs, ...sources([]), stdin: { contents, resolveDir: "." } }, FALLBACK.replace("./", "dist/"));
  const library = await import(pathToFileURL("dist/js.js").href);
  const { code } = await transform(doors(library), { format: "esm", minify: true, legalComments: "none" });
  writeFileSync("dist/node.js", code);
}

/**
 * The source of a module with the library's functions, and their properties, of which none is loaded before one is called:
 * V8 reads 45 MB of source a second, which makes the whole library 14 ms and its doors 1. Every door is a function
 * of its own in the source, so that V8 can inline what is behind it.
 */
function doors(library) {
  const lines = Object.entries(library).flatMap(([name, value]) => [
    ...functionDoor(`export const ${name}`, value, name),
    ...Object.entries(value).flatMap(([property, member]) => memberDoor(name, property, member)),
  ]);
  return `import { createRequire } from "node:module";
    let loaded;
    const library = () => (loaded ??= createRequire(import.meta.url)("./library.cjs"));
    ${lines.join("\n")}`;
}

/** `target` becomes a function that calls the library's function at `path`. */
function functionDoor(target, behind, path) {
  const [, declared] = String(behind).match(/^(?:async )?(?:function \w*)?\(?(.*?)\)? (?:=>|{)/s);
  // A parameter with a default, or all in one, must be told from one that is undefined.
  const operands = /[=.]/.test(declared) ? "...operands" : declared;
  const variable = `${path.replace(".", "_")}_`;
  return [`let ${variable};`, `${target} = (${operands}) => (${variable} ??= library().${path})(${operands});`];
}

function memberDoor(name, property, member) {
  if (typeof member === "function") return functionDoor(`${name}.${property}`, member, `${name}.${property}`);
  if (typeof member === "string") return [`${name}.${property} = ${JSON.stringify(member)};`];
  return [`Object.defineProperty(${name}, "${property}", { enumerable: true, get: () => library().${name}.${property} });`];
}
