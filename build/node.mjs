/** The build for Node: a module of doors, behind which the library's rooms and its fallback are loaded when first used. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { buildTwice, common, sources } from "./library.mjs";
import { deferKernels, FALLBACK, ownKernels } from "./plugins.mjs";

/** What a program seldom needs, by source file: a third of the library, which has a room of its own. */
const seldom =
  /defineLoss|losses\/(distributions|divergence|focal|hinges|likelihood|margin|multilabel|penalties|ranking|regions|sequences|vectors)"/;

/** The rooms, by file: lines of src/index.ts. */
const lines = readFileSync("src/index.ts", "utf8").match(/^export (?!type).+;$/gm);
const rooms = { library: lines.filter((line) => !seldom.test(line)), seldom: lines.filter((line) => seldom.test(line)) };

export async function buildForNode() {
  const minified = { platform: "node", format: "cjs", minify: true, legalComments: "none" };
  const { resolveExtensions, plugins } = sources([".node.ts"]);
  const { outputFiles, metafile } = await build({
    ...common,
    resolveExtensions,
    platform: "node",
    splitting: true,
    entryPoints: Object.keys(rooms),
    outExtension: { ".js": ".cjs" },
    chunkNames: "shared",
    plugins: [asEntries(), deferKernels(), ...plugins],
    metafile: true,
    write: false,
  });
  for (const { path, text } of outputFiles) writeFileSync(path, (await transform(text, minified)).code);

  const files = [...readdirSync("assembly/losses").map((file) => `losses/${file}`), ...ownKernels.map((name) => `kernels/${name}.ts`)];
  const contents = files.map((file) => `export * from "./assembly/${file}";`).join("\n");
  await buildTwice({ ...minified, ...sources([]), stdin: { contents, resolveDir: "." } }, FALLBACK.replace("./", "dist/"));

  const roomOf = Object.entries(metafile.outputs).flatMap(([path, { entryPoint, exports }]) =>
    entryPoint === undefined ? [] : exports.map((name) => [name, `./${basename(path)}`]),
  );
  const library = await import(pathToFileURL("dist/js.js").href);
  const { code } = await transform(doors(library, Object.fromEntries(roomOf)), { format: "esm", minify: true, legalComments: "none" });
  writeFileSync("dist/node.js", code);
}

/** esbuild: an entry is a room. */
function asEntries() {
  return {
    name: "rooms",
    setup(build) {
      build.onResolve({ filter: /./ }, ({ kind, path }) => (kind === "entry-point" ? { path, namespace: "room" } : undefined));
      build.onLoad({ filter: /./, namespace: "room" }, ({ path }) => ({
        contents: rooms[path].join("\n"),
        resolveDir: "src",
        loader: "ts",
      }));
    },
  };
}

/**
 * The source of a module with the library's functions, of which the first to be called, or asked for a property, loads its
 * room. Every door is a function of its own in the source, so that V8 can inline what is behind it; properties become
 * the library's own when one is first read.
 */
function doors(library, roomOf) {
  const kinds = new Map();
  const exported = Object.entries(library).map(([name, f]) => {
    const properties = JSON.stringify(Object.keys(f));
    if (!kinds.has(properties)) kinds.set(properties, `kind${kinds.size}`);
    const [, declared] = String(f).match(/^(?:async )?(?:function \w*)?\(?(.*?)\)? (?:=>|{)/s);
    // A parameter with a default, or all in one, must be told from one that is undefined.
    const operands = /[=.]/.test(declared) ? "...operands" : declared;
    const call = `(${operands}) => (${name}_ ??= room("${roomOf[name]}").${name})(${operands})`;
    return `let ${name}_; export const ${name} = door("${roomOf[name]}", "${name}", ${kinds.get(properties)}, ${call});`;
  });
  return `
    let require;
    const room = (file) => (require ??= process.getBuiltinModule("module").createRequire(import.meta.url))(file);
    const behind = new Map();

    function getters(properties) {
      const getter = (property) => ({ configurable: true, enumerable: true, get() { return adopt(this)[property]; } });
      return Object.fromEntries(properties.map((property) => [property, getter(property)]));
    }

    function adopt(f) {
      for (const [property, value] of Object.entries(behind.get(f)())) {
        Object.defineProperty(f, property, { configurable: true, enumerable: true, writable: true, value });
      }
      return f;
    }

    function door(file, name, properties, f) {
      behind.set(f, () => room(file)[name]);
      return Object.defineProperties(f, properties);
    }

    ${[...kinds].map(([properties, kind]) => `const ${kind} = getters(${properties});`).join("\n")}
    ${exported.join("\n")}`;
}
