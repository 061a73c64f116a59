/** The build for Node: a module of doors, behind which the library's rooms and its fallback are loaded when first used. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { buildTwice, common, sources } from "./library.mjs";
import { deferKernels, FALLBACK, ownKernels } from "./plugins.mjs";

/** The rooms in which the library's functions are, by source file: unlisted files belong to the first. A room may import earlier ones. */
const rooms = {
  pointwise: /./,
  classes: /activations|losses\/(categorical|crossEntropy)"/,
  seldom:
    /defineLoss|losses\/(distributions|divergence|focal|hinges|likelihood|margin|multilabel|penalties|ranking|regions|sequences|vectors)"/,
};

/** Lines of src/index.ts by room, with those of the rooms before it: so what rooms share falls to the first of them. */
const entries = (() => {
  const names = Object.keys(rooms);
  const lines = readFileSync("src/index.ts", "utf8").match(/^export (?!type).+;$/gm);
  const roomOf = (line) => names.findLastIndex((name) => rooms[name].test(line));
  return Object.fromEntries(names.map((name, i) => [name, lines.filter((line) => roomOf(line) <= i)]));
})();

/** Writes the rooms, and returns by exported name the file that has it, and what it is called there. */
async function buildRooms(minified) {
  const { resolveExtensions, plugins } = sources([".node.ts"]);
  const { outputFiles } = await build({
    ...common,
    resolveExtensions,
    platform: "node",
    splitting: true,
    entryPoints: Object.keys(entries),
    plugins: [asEntries(), deferKernels(), ...plugins],
    write: false,
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [`./${basename(path)}`, text]));
  const files = new Map();
  const places = {};
  for (const room of Object.keys(entries)) {
    const entry = `./${room}.js`;
    const { imported, exported } = namesOf(texts.get(entry));
    // An entry that only hands on what it imports is the chunk that no room before it is.
    const own = exported.some(({ name }) => !imported.has(name));
    files.set(own ? entry : [...imported.values()].find(({ file }) => !files.has(file)).file, `./${room}.cjs`);
    for (const { name, alias } of exported) places[alias] ??= imported.get(name) ?? { file: entry, name: alias };
  }
  for (const [file, room] of files) {
    writeFileSync(`dist/${room}`, (await transform(requiring(file, texts, files), minified)).code);
  }
  return Object.fromEntries(Object.entries(places).map(([alias, { file, name }]) => [alias, { room: files.get(file), name }]));
}

/**
 * The text of a room that keeps what it imports of others as constants: looked up at each use, short calls of class losses
 * took 1.6 times as long. What another room sets more than once can't be kept.
 */
function requiring(file, texts, files) {
  return texts.get(file).replace(importLine, (_, list, from) => {
    const names = specifiersOf(list).map(([name, alias = name]) => {
      const set = texts.get(from).match(new RegExp(`(?<![.\\w])${name} [^ =]*= `, "g")) ?? [];
      if (set.length > 1) throw new Error(`${file} would keep the first value of ${name}`);
      return `${name}: ${alias}`;
    });
    return `const { ${names.join(", ")} } = require("${files.get(from)}");`;
  });
}

/** esbuild's imports of one room by another. */
const importLine = /^import {([^}]+)} from "(\..+)";$/gm;

/** Names in braces, each with its alias if it has one. */
function specifiersOf(list) {
  return list.split(",").map((specifier) => specifier.trim().split(" as "));
}

/** What a module of esbuild's imports, by what it is called there: file and name; and its exports, each with its alias. */
function namesOf(text) {
  const imported = [...text.matchAll(importLine)].flatMap(([, list, file]) =>
    specifiersOf(list).map(([name, alias = name]) => [alias, { file, name }]),
  );
  const [, list] = /^export {([^}]+)};$/m.exec(text);
  return { imported: new Map(imported), exported: specifiersOf(list).map(([name, alias = name]) => ({ name, alias })) };
}

export async function buildForNode() {
  // Node prints the line of an error that nobody catches.
  const minified = { platform: "node", format: "cjs", minify: true, lineLimit: 120, legalComments: "none" };
  const places = await buildRooms(minified);

  const files = [...readdirSync("assembly/losses").map((file) => `losses/${file}`), ...ownKernels.map((name) => `kernels/${name}.ts`)];
  const contents = files.map((file) => `export * from "./assembly/${file}";`).join("\n");
  await buildTwice({ ...minified, ...sources([]), stdin: { contents, resolveDir: "." } }, FALLBACK.replace("./", "dist/"));

  const library = await import(pathToFileURL("dist/js.js").href);
  const { code } = await transform(doors(library, places), { format: "esm", minify: true, legalComments: "none" });
  writeFileSync("dist/node.js", code);
}

/** esbuild: an entry is a room. */
function asEntries() {
  return {
    name: "rooms",
    setup(build) {
      build.onResolve({ filter: /./ }, ({ kind, path }) => (kind === "entry-point" ? { path, namespace: "room" } : undefined));
      build.onLoad({ filter: /./, namespace: "room" }, ({ path }) => ({
        contents: entries[path].join("\n"),
        resolveDir: "src",
        loader: "ts",
      }));
    },
  };
}

/**
 * The source of a module with the library's functions, of which the first to be called, or asked for a property, loads its
 * room. Every door is a function of its own in the source, so that V8 can inline what is behind it; properties become
 * the library's own when one is first read. Doors share a getter for each name: V8 looks the properties up by hash in each
 * function that has another getter of a name than the first to have one. Rooms are compiled without Node's own loader of
 * CommonJS, whose first file in a program of ES modules costs a millisecond; and by the `Function` of the doors' own realm,
 * whose typed arrays they are to know: under some test runners it is another one than Node's.
 */
function doors(library, places) {
  const kinds = new Map();
  const exported = Object.entries(library).map(([name, f]) => {
    const properties = JSON.stringify(Object.keys(f));
    if (!kinds.has(properties)) kinds.set(properties, `kind${kinds.size}`);
    const [, declared] = String(f).match(/^(?:async )?(?:function \w*)?\(?(.*?)\)? (?:=>|{)/s);
    // A parameter with a default, or all in one, must be told from one that is undefined.
    const operands = /[=.]/.test(declared) ? "...operands" : declared;
    const place = `"${places[name].room}", "${places[name].name}"`;
    const call = `(${operands}) => (${name}_ ??= behind(${place}))(${operands})`;
    return `let ${name}_; export const ${name} = door(${place}, ${kinds.get(properties)}, ${call});`;
  });
  return `
    const rooms = new Map();

    function require(file) {
      const [, builtin] = /^node:(.+)/.exec(file) ?? [];
      if (builtin !== undefined) return process.getBuiltinModule(builtin);
      if (!rooms.has(file)) rooms.set(file, load(file));
      return rooms.get(file);
    }

    function load(file) {
      const { folder, filename, source } = read(file);
      const module = {};
      compile(source, filename)(require, module, folder);
      return module.exports;
    }

    function read(file) {
      try {
        const { dirname, join } = require("node:path");
        const folder = dirname(require("node:url").fileURLToPath(import.meta.url));
        const filename = join(folder, file);
        return { folder, filename, source: require("node:fs").readFileSync(filename, "utf8") };
      } catch (cause) {
        const advice = 'let the bundler use the condition "module" beside "node", or leave simd-loss external';
        throw new Error("simd-loss was bundled without the files it loads: " + advice, { cause });
      }
    }

    function compile(source, filename) {
      const parameters = ["require", "module", "__dirname"];
      try {
        return new Function(...parameters, source + "\\n//# sourceURL=" + filename);
      } catch (error) {
        // Node may be told to make no code of strings.
        if (!(error instanceof EvalError)) throw error;
        return require("node:vm").compileFunction(source, parameters, { filename });
      }
    }

    const behind = (room, name) => require(room)[name];
    const places = new Map();

    const getters = new Map();

    function getter(property) {
      if (!getters.has(property)) {
        getters.set(property, { configurable: true, enumerable: true, get() { return adopt(this)[property]; } });
      }
      return getters.get(property);
    }

    const gettersOf = (properties) => Object.fromEntries(properties.map((property) => [property, getter(property)]));

    function adopt(f) {
      for (const [property, value] of Object.entries(behind(...places.get(f)))) {
        Object.defineProperty(f, property, { configurable: true, enumerable: true, writable: true, value });
      }
      return f;
    }

    function door(room, name, properties, f) {
      places.set(f, [room, name]);
      return Object.defineProperties(f, properties);
    }

    ${[...kinds].map(([properties, kind]) => `const ${kind} = gettersOf(${properties});`).join("\n")}
    ${exported.join("\n")}`;
}
