/** The licences of the packages that the command line is bundled with go with it. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const text = readFileSync("dist/cli.licences.txt", "utf8");
const sources = readdirSync("src/cli").map((file) => readFileSync(`src/cli/${file}`, "utf8"));
const imported = sources.flatMap((source) => [...source.matchAll(/ from "([a-z][^":]*)"/g)].map(([, name]) => name!));

test.each([...new Set(imported)])("that of %s", (name) => {
  const folder = `node_modules/${name}`;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))!;
  expect(text).toContain(`${name} ${JSON.parse(readFileSync(`${folder}/package.json`, "utf8")).version}\n`);
  expect(text).toContain(readFileSync(`${folder}/${file}`, "utf8").trim());
});

test("that of what those import", () => {
  expect(imported).toContain("commander");
  expect(text).toMatch(/^string-width \d/m);
});
