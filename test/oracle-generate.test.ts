/** The generator of long inputs, against the elements that the oracle gives of each. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCases } from "./conformance/read";

const directory = fileURLToPath(new URL("./oracle", import.meta.url));
const checks: { id: string; gen_check: Record<string, number[]> }[] = JSON.parse(readFileSync(`${directory}/bigsum.json`, "utf8"));
const cases = readCases(directory, "bigsum.json");

test.each(checks)("$id", ({ id, gen_check }) => {
  const { inputs } = cases.find((given) => given.id === id)!;
  for (const [name, elements] of Object.entries(gen_check)) {
    const { data } = inputs[name]!;
    expect([data[0], data[1], data[2], data.at(-1)]).toEqual(elements.map((element) => data.slice(0, 1).fill(element)[0]));
  }
});
