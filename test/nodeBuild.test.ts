/** The build for Node: doors to the whole library, which is loaded when one is first called, and the fallback when it first runs. */

import { execFileSync } from "node:child_process";
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

test("passes on options of functions that have many operands or none", async () => {
  const { init, backend, cosineEmbedding, gaussianNll } = (await import(built)) as typeof source;
  await init({ backend: "simd" });
  expect(backend().name).toBe("simd");
  expect(cosineEmbedding([1, 0], [0, 1], [-1], { dimensions: 2, margin: -0.5 })).toBe(0.5);
  expect(gaussianNll([1, 2], [1, 4], [1, 1], { reduction: "sum" })).toBe(2);
});
