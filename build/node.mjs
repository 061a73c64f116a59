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
  // What ncc 0.45 reads files with does not parse `??=`, and then copies binaries as text.
  const { code } = await transform(doors(library, places), { ...minified, format: "esm", target: "es2020" });
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

/** What the room of a file requires: its text is read by a call that bundlers and tracers of files understand. */
const text = (file) => `"./${file}": () => readFileSync(new URL("./${file}", import.meta.url), "utf8")`;
const bytes = (file) => `"${file}": () => readFileSync(new URL("./wasm/${file}", import.meta.url))`;

/** The functions among a function's properties, by name, each as the names of its own; and what else it has. */
function propertiesOf(f) {
  const entries = Object.entries(f);
  const methods = entries.filter(([, value]) => typeof value === "function");
  return {
    methods: Object.fromEntries(methods.map(([name, method]) => [name, Object.keys(method)])),
    data: entries.filter(([, value]) => typeof value !== "function"),
  };
}

/** Names for sources of values, each of which is written once: the constants so far, and the name for one more. */
function constants(prefix) {
  const names = new Map();
  return {
    nameOf(source) {
      if (!names.has(source)) names.set(source, `${prefix}${names.size}`);
      return names.get(source);
    },
    lines: () => [...names].map(([source, name]) => `const ${name} = ${source};`).join("\n"),
  };
}

/** The source of a value made of objects, arrays and sets. JSON has no infinity. */
function sourceOf(value) {
  if (value instanceof Set) return `new Set(${sourceOf([...value])})`;
  if (Array.isArray(value)) return `[${value.map(sourceOf)}]`;
  if (Object(value) !== value) return typeof value === "string" ? JSON.stringify(value) : String(value);
  return `{${Object.entries(value).map(([name, member]) => `${name}: ${sourceOf(member)}`)}}`;
}

/**
 * The source of a module with the library's functions, of which the first to be called loads its room. Every door is a
 * function of its own in the source, so that V8 can inline what is behind it. Methods are doors too, until the loss or one
 * of them is first called: then they become the library's own, unless somebody has put another in their place. As data they can
 * be spied on, replaced, frozen and read through a proxy, which getters that look for their door in `this` can't; and V8 looks
 * properties up by hash in each function that has a getter of its own.
 *
 * Each file is read by a call of its own, with its name in it, that tracers of files (nft) and bundlers (ncc) understand.
 * What Node has is required when first used: an import of node:fs would cost 1.5 ms. Rooms are compiled without Node's own
 * loader of CommonJS, whose first file in a program of ES modules costs a millisecond; and by the `Function` of the doors' own
 * realm, whose typed arrays they are to know: under some test runners it is another one than Node's.
 */
function doors(library, places) {
  const kinds = constants("kind");
  const values = constants("value");
  const exported = Object.entries(library).map(([name, f]) => {
    const { methods, data } = propertiesOf(f);
    const kind = kinds.nameOf(JSON.stringify(methods));
    const known = data.map(
      ([property, value]) => `${property}: ${Object(value) === value ? values.nameOf(sourceOf(value)) : sourceOf(value)}`,
    );
    const [, declared] = String(f).match(/^(?:async )?(?:function \w*)?\(?(.*?)\)? (?:=>|{)/s);
    // A parameter with a default, or all in one, must be told from one that is undefined.
    const operands = /[=.]/.test(declared) ? "...operands" : declared;
    const { room, name: inside } = places[name];
    const call = `(${operands}) => (${name}_ ??= open(${name}))(${operands})`;
    return `let ${name}_; export const ${name} = door("${room}", "${inside}", ${kind}, {${known}}, ${call});`;
  });
  const rooms = [...new Set(Object.values(places).map(({ room }) => room)), FALLBACK].map((file) => file.replace("./", ""));
  return `
    import { createRequire } from "node:module";

    const readFileSync = (...operands) => createRequire(import.meta.url)("node:fs").readFileSync(...operands);
    const texts = {${rooms.map(text)}};
    const binaries = {${readdirSync("dist/wasm").map(bytes)}};
    const rooms = new Map();

    function require(file) {
      if (!rooms.has(file)) rooms.set(file, load(file));
      return rooms.get(file);
    }

    function load(file) {
      const module = {};
      compile(read(file), new URL(file, import.meta.url).href)(require, module, binaries);
      return module.exports;
    }

    function read(file) {
      try {
        return texts[file]();
      } catch (cause) {
        const advice = 'let the bundler use the condition "module" beside "node", or leave simd-loss external';
        throw new Error("simd-loss was bundled without the files it loads: " + advice, { cause });
      }
    }

    function compile(source, filename) {
      const parameters = ["require", "module", "binaries"];
      try {
        return new Function(...parameters, source + "\\n//# sourceURL=" + filename);
      } catch (error) {
        // Node may be told to make no code of strings.
        if (!(error instanceof EvalError)) throw error;
        return createRequire(import.meta.url)("node:vm").compileFunction(source, parameters, { filename });
      }
    }

    const places = new Map();

    function door(room, name, methods, data, f) {
      const stubs = {};
      for (const method in methods) f[method] = stubs[method] = methodOf(f, method, methods[method]);
      places.set(f, { room, name, stubs });
      return Object.assign(f, data);
    }

    function methodOf(f, name, own) {
      let behind;
      const method = (...operands) => (behind ??= open(f)[name])(...operands);
      for (const other of own) method[other] = (...operands) => open(f)[name][other](...operands);
      return method;
    }

    function open(f) {
      const { room, name, stubs } = places.get(f);
      const library = require(room)[name];
      // A frozen door keeps its methods.
      for (const method in stubs) if (f[method] === stubs[method]) Reflect.set(f, method, library[method]);
      return library;
    }

    ${kinds.lines()}
    ${values.lines()}
    ${exported.join("\n")}`;
}
