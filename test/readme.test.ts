/** The documents: their examples run and say the truth, the table of losses is current, and every public name is documented. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { documentation } from "../build/documentation.mjs";
import { backends } from "./available";
import { complaints, fencedBlocks, holds, run, type Snippet } from "./snippets";

/** The package as its users have it. */
const library = (await import(/* @vite-ignore */ new URL("../dist/index.js", import.meta.url).href)) as typeof import("../src/index");

const documented = documentation();
const readme = readFileSync("README.md", "utf8");
const documents = ["README.md", ...readdirSync("docs").flatMap((name) => (name.endsWith(".md") ? [join("docs", name)] : []))];
const inReadme = fencedBlocks(readme, "README.md", ["ts", "js"]);
const inComments: Snippet[] = documented.flatMap(({ name, tags }) =>
  (tags.example ?? []).map((code) => ({ where: `@example of ${name}`, code })),
);

afterEach(() => library.init());

describe.each(backends)("examples on %s", (backend) => {
  test.each([...inReadme, ...inComments])("$where", async (snippet) => {
    await library.init({ backend });
    const claims = await run(snippet, library);
    expect(claims.length, "an example shows at least one value").toBeGreaterThan(0);
    for (const claim of claims) expect(holds(claim), `${claim.statement} gave ${show(claim.got)}, not ${claim.comment}`).toBe(true);
  });
});

function show(got: unknown): string {
  return ArrayBuffer.isView(got) ? `${got.constructor.name} [${got}]` : String(got);
}

test("examples type-check", () => {
  expect(complaints([...inReadme, ...inComments], Object.keys(library))).toEqual([]);
});

describe("commands in the README", () => {
  const lines = fencedBlocks(readme, "README.md", ["sh"]).flatMap(({ code }) => code.trim().split("\n"));
  const evaluations = lines.flatMap((line, i) => (line.startsWith("npx simd-loss") ? [[line, lines[i + 1] ?? ""] as const] : []));

  test.each(evaluations)("%s", (command, comment) => {
    const shell = command.replaceAll("npx simd-loss", `${process.execPath} dist/cli.js`);
    const { value, rows } = JSON.parse(execFileSync("sh", ["-c", `${shell} --format json`], { encoding: "utf8" }));
    const [, expected, expectedRows] = /^# mean (\S+) over (\d+) rows$/.exec(comment)!;
    expect(value / Number(expected)).toBeCloseTo(1, 6);
    expect(rows).toBe(Number(expectedRows));
  });

  const named = documents
    .map((document) => [document, [...readFileSync(document, "utf8").matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)]] as const)
    .filter(([, names]) => names.length > 0);
  test.each(named)("every npm script that %s names exists", (_, names) => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    for (const [, name] of names) expect(Object.keys(scripts)).toContain(name);
  });
});

test.each(documents)("every link within the repository that %s makes leads somewhere", (document) => {
  const links = [...readFileSync(document, "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(join(dirname(document), link)))).toEqual([]);
});

test("the table of losses is current", () => {
  const { status, stderr } = spawnSync(process.execPath, ["build/table.mjs", "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("the API reference has the groups of the table, in its order", () => {
  const table = readme.slice(readme.indexOf("<!-- losses"), readme.indexOf("<!-- /losses"));
  const groups = [...table.matchAll(/^### (.+)$/gm)].map(([, group]) => group!.toLowerCase());
  expect(JSON.parse(readFileSync("typedoc.json", "utf8")).groupOrder).toEqual([...groups, "*"]);
});

test("the diffs of docs/adding-a-loss.md are those of the files they name", () => {
  const diffs = fencedBlocks(readFileSync("docs/adding-a-loss.md", "utf8"), "docs/adding-a-loss.md", ["diff"]).map(({ code }) => code);
  const files = diffs.flatMap((code) => [...code.matchAll(/^\+\+\+ b\/(.*)\n((?:(?!--- ).*\n)*)/gm)]);
  expect(files.length).toBe(7);
  for (const [, file, diff] of files) {
    const hunks = diff!.split("@@\n").map((hunk) => hunk.replaceAll(/^[+ ]/gm, ""));
    for (const hunk of hunks) expect(readFileSync(file!, "utf8")).toContain(hunk);
  }
});

describe("doc comments", () => {
  test.each(documented)("$name has one", ({ summary }) => {
    expect(summary).not.toBe("");
  });

  const functions = Object.entries(library).filter(([, value]) => typeof value === "function");
  const onData = functions.filter(([, value]) => ["lossName", "activationName", "penaltyName"].some((name) => name in value));

  test.each(functions)("%s has an example", (name) => {
    expect(Object.keys(tagsOf(name))).toContain("example");
  });

  test.each(onData)("%s has every tag, and a row in the README's table", (name) => {
    for (const tag of ["formula", "use", "group", "also", "throws"]) expect(Object.keys(tagsOf(name))).toContain(tag);
    expect(readme).toContain(`\n| \`${name}\` |`);
  });

  function tagsOf(name: string): Readonly<Record<string, readonly string[]>> {
    return documented.find((entry) => entry.name === name)!.tags;
  }
});
