/** The build for Node: doors to the whole library, which is loaded when one is first called, and the fallback when it first runs. */

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import * as source from "../src/index";

const built = pathToFileURL("dist/node.js").href;
const doors: Record<string, object> = await import(built);

test("has the functions of the sources, and all that they hold", () => {
  expect(shape(doors)).toEqual(shape(source));
});

/** Values that hold others by name, as data: functions too, and sets as their members. */
function shape(value: unknown): unknown {
  if (value instanceof Set) return [...value];
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return value;
  const members = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return { kind: typeof value, members: members.map(([name, member]) => [name, shape(member)]) };
}

test("loads a room at the first call of a function in it, and the fallback when it is what runs", () => {
  const program = `
    import fs from "node:fs";
    const read = fs.readFileSync;
    let files = [];
    fs.readFileSync = (path, ...options) => {
      files.push(String(path).replace(/.*[\\\\/]/, ""));
      return read(path, ...options);
    };
    const steps = [];
    const step = () => {
      steps.push(files);
      files = [];
    };
    const { init, mse, crossEntropy, dice } = await import(${JSON.stringify(built)});
    const x = Float32Array.of(1, 2);
    await init({ backend: "simd" });
    step();
    const values = [mse(x, [0, 0])];
    step();
    values.push(crossEntropy([0, 0], [1]));
    step();
    values.push(dice([1], [1]));
    step();
    await init({ backend: "js" });
    step();
    values.push(mse(x, [0, 0]));
    step();
    console.log(JSON.stringify({ steps, values }));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual({
    steps: [["pointwise.cjs", "f32-simd.wasm", "f64-simd.wasm"], [], ["classes.cjs"], ["seldom.cjs"], [], ["fallback.cjs"]],
    values: [2.5, Math.LN2, 0, 2.5],
  });
});

test.each([
  ["a spy of node:test", 'const m = mock.method(huber, "grad"); r = [huber.grad([3], [0])[0], m.mock.callCount()]'],
  ["an implementation of node:test", 'mock.method(huber, "grad", () => [7]); r = [huber.grad([3], [0])[0], huber([3], [0])]', [7, 2.5]],
  ["a proxy", "const p = new Proxy(huber, {}); r = [p.grad([3], [0])[0], p.parameters.delta.default]"],
  ["an object that inherits", "const o = Object.create(huber); r = [o.grad([3], [0])[0], o.parameters.delta.default]"],
  ["a frozen loss", "Object.freeze(huber); r = [huber.grad([3], [0])[0], huber.accumulator().update([1], [1]).count]"],
  ["a sealed loss", "Object.seal(huber); r = [huber.grad([3], [0])[0], huber.parameters.delta.default]"],
  ["an assignment", "huber.grad = () => [1]; huber([3], [0]); r = [huber.grad()[0], huber.parameters.delta.default]"],
  ["a copy of the properties", "const c = { ...huber }; r = [c.grad([3], [0])[0], c.accumulator().update([1], [1]).count]"],
  [
    "a state",
    "const s = huber.accumulator.fromJSON(JSON.parse(JSON.stringify(huber.accumulator().update([1], [1])))); r = [s.count, s.count]",
  ],
])("before anything was called, the methods of a loss serve %s", (_name, program, expected = [1, 1]) => {
  const text = `
    import { mock } from "node:test";
    import { huber } from ${JSON.stringify(built)};
    let r;
    ${program};
    console.log(JSON.stringify(r));`;
  expect(JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", text], { encoding: "utf8" }))).toEqual(expected);
});

test("a line break in the path of the package is no code", () => {
  const folder = mkdtempSync(join(tmpdir(), "simd-loss-\nthrow 1;\n"));
  try {
    cpSync("dist", folder, { recursive: true });
    const program = `console.log((await import(${JSON.stringify(pathToFileURL(join(folder, "node.js")).href)})).mse([1, 2], [1, 1]));`;
    expect(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" })).toBe("0.5\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("passes on options of functions that have many operands or none", async () => {
  const { init, backend, cosineEmbedding, gaussianNll } = (await import(built)) as typeof source;
  await init({ backend: "simd" });
  expect(backend().name).toBe("simd");
  expect(cosineEmbedding([1, 0], [0, 1], [-1], { dimensions: 2, margin: -0.5 })).toBe(0.5);
  expect(gaussianNll([1, 2], [1, 4], [1, 1], { reduction: "sum" })).toBe(2);
});

test("an error that nobody catches shows a line of the library, not all of it", () => {
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", `(await import("${built}")).mse([1, 2], [1]);`], {
    encoding: "utf8",
  });
  expect(stderr).toContain("RangeError: target must have the prediction's length, 2, got 1");
  expect(stderr.length).toBeLessThan(2000);
});

test("knows the arrays of its own realm", () => {
  const program = `
    const { readFileSync } = require("node:fs");
    const vm = require("node:vm");
    const url = ${JSON.stringify(built)};
    const context = vm.createContext({ console, URL });
    const library = new vm.SourceTextModule(readFileSync(new URL(url), "utf8"), {
      context,
      initializeImportMeta: (meta) => Object.assign(meta, { url }),
    });
    const text = \`import { mse } from "simd-loss";
      const { value, grad } = mse.valueAndGrad(new Float32Array([1, 2]), [1, 1]);
      let error;
      try { mse([1], []); } catch (thrown) { error = thrown; }
      console.log(JSON.stringify([value, grad instanceof Float32Array, error instanceof RangeError]));\`;
    const user = new vm.SourceTextModule(text, { context });
    const { createRequire } = require("node:module");
    const builtin = new vm.SyntheticModule(["createRequire"], function () { this.setExport("createRequire", createRequire); }, { context });
    user.link((specifier) => (specifier === "node:module" ? builtin : library)).then(() => user.evaluate());`;
  const flags = ["--no-warnings", "--experimental-vm-modules"];
  expect(JSON.parse(execFileSync(process.execPath, [...flags, "--eval", program], { encoding: "utf8" }))).toEqual([0.5, true, true]);
});

test("computes where no code may be made of strings", () => {
  const program = `console.log((await import("${built}")).mse([1, 2], [1, 1]));`;
  const flags = ["--disallow-code-generation-from-strings", "--input-type=module"];
  expect(execFileSync(process.execPath, [...flags, "--eval", program], { encoding: "utf8" })).toBe("0.5\n");
});

test("bundled away from its files, it says what to do", () => {
  const program = `
    const { readFileSync } = require("node:fs");
    const source = readFileSync(new URL(${JSON.stringify(built)}), "utf8");
    import("data:text/javascript," + encodeURIComponent(source)).then(({ mse }) => {
      try { mse([1], [1]); } catch (error) { console.log(error.message); }
    });`;
  expect(execFileSync(process.execPath, ["--eval", program], { encoding: "utf8" })).toBe(
    'simd-loss was bundled without the files it loads: let the bundler use the condition "module" beside "node", or leave simd-loss external\n',
  );
});
