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
    import { createRequire } from "node:module";
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).map((path) => path.replace(/.*[\\\\/]/, "")).sort();
    const { init, mse, dice } = await import(${JSON.stringify(built)});
    const steps = [loaded()];
    const x = Float32Array.of(1, 2);
    const values = [mse(x, [0, 0])];
    steps.push(loaded());
    values.push(dice([1], [1]));
    steps.push(loaded());
    await init({ backend: "js" });
    values.push(mse(x, [0, 0]));
    steps.push(loaded());
    console.log(JSON.stringify({ steps, values }));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual({
    steps: [
      [],
      ["library.cjs", "shared.cjs"],
      ["library.cjs", "seldom.cjs", "shared.cjs"],
      ["fallback.cjs", "library.cjs", "seldom.cjs", "shared.cjs"],
    ],
    values: [2.5, 0, 2.5],
  });
});

test("passes on options of functions that have many operands or none", async () => {
  const { init, backend, cosineEmbedding, gaussianNll } = (await import(built)) as typeof source;
  await init({ backend: "simd" });
  expect(backend().name).toBe("simd");
  expect(cosineEmbedding([1, 0], [0, 1], [-1], { dimensions: 2, margin: -0.5 })).toBe(0.5);
  expect(gaussianNll([1, 2], [1, 4], [1, 1], { reduction: "sum" })).toBe(2);
});
