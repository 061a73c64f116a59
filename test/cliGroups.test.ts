/** The command line on groups of rows and on states to merge: the values are the library's on the rows of each. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { crossEntropy, mae, type Numbers } from "../src/index";
import { cli, evaluated, simdLoss, sql, temporaryFolder } from "./commandLine";
import { between, draws, pick, random } from "./random";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const next = random(12);
/** More than two of DuckDB's chunks, the last one short. */
const count = 4500;
const sites = ["site10", "site9", 'Zürich, "CH"', null];
const classes = 3;
const site = draws(next, count, () => 0).map(() => pick(next, sites));
const p = draws(next, count, () => between(next, -4, 4));
const t = draws(next, count, () => between(next, -4, 4));
const weights = draws(next, count, () => between(next, 0, 3));
const logits = draws(next, count * classes, () => between(next, -8, 8));
const labels = draws(next, count, () => pick(next, [-100, 0, 1, 2]));

/** A row as JSON, whose numbers stand beside the name of its site. */
function row(i: number): string {
  const scores = Object.fromEntries(Array.from({ length: classes }, (_, c) => [`logit${c}`, logits[i * classes + c]]));
  return JSON.stringify({ site: site[i], p: p[i], t: t[i], w: weights[i], label: labels[i], ...scores });
}

beforeAll(async () => {
  const rows = Array.from({ length: count }, (_, i) => row(i));
  writeFileSync(at("whole.ndjson"), `${rows.join("\n")}\n`);
  writeFileSync(at("first.ndjson"), `${rows.slice(0, 2500).join("\n")}\n`);
  writeFileSync(at("second.ndjson"), `${rows.slice(2500).join("\n")}\n`);
  const columns =
    "{site: 'VARCHAR', p: 'DOUBLE', t: 'DOUBLE', w: 'DOUBLE', label: 'INTEGER', logit0: 'DOUBLE', logit1: 'DOUBLE', logit2: 'DOUBLE'}";
  const source = `FROM read_json('${at("whole.ndjson")}', columns = ${columns})`;
  await sql(
    `COPY (${source}) TO '${at("whole.parquet")}'`,
    `COPY (${source}) TO '${at("whole.csv")}'`,
    `COPY (SELECT i::DOUBLE AS p, 0 AS t, i % 3 AS part, i > 2 AS late FROM range(7) r(i)) TO '${at("typed.parquet")}'`,
  );
});

const pointwise = ["--loss", "mae", "--prediction", "p", "--target", "t", "--weights", "w"];
const overClasses = ["--loss", "crossEntropy", "--prediction", "logit*", "--target", "label"];
const only = <T>(of: readonly T[], name: string | null, width = 1) => of.filter((_, i) => site[Math.floor(i / width)] === name);

interface Group {
  group: string | null;
  value: number;
  rows: number;
}

/** The groups in the order that reports have them, each with its value by the library. */
function expectGroups(got: readonly Group[], value: (name: string | null) => number) {
  expect(got.map(({ group }) => group)).toEqual(["site9", "site10", 'Zürich, "CH"', null]);
  for (const { group, value: is, rows } of got) {
    expect(rows).toBe(only(site, group).length);
    expect(Math.abs(is / value(group) - 1), `${group}: ${is} against ${value(group)}`).toBeLessThan(1e-12);
  }
}

const maeOf = (name: string | null) => mae(only(p, name), only(t, name), { weights: only(weights, name) });
const crossEntropyOf = (name: string | null) => crossEntropy(only(logits, name, classes), only(labels, name) as Numbers as number[]);

/** Lines of states that an evaluation prints, in a file. */
function states(name: string, ...words: string[]): string {
  const { status, stdout, stderr } = simdLoss(folder, "eval", ...words, "--partial");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  writeFileSync(at(name), stdout);
  return name;
}

/** States of huber on seven rows. */
const huber = (name: string, ...words: string[]) =>
  states(name, "typed.parquet", "--loss", "huber", "--prediction", "p", "--target", "t", ...words);

function merged(...words: string[]) {
  const { status, stdout, stderr } = simdLoss(folder, "merge", ...words, "--format", "json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** A report without what differs from run to run. */
function lasting({ seconds, rowsPerSecond, ...report }: Record<string, unknown>) {
  expect(seconds).toBeGreaterThan(0);
  expect(rowsPerSecond).toBeGreaterThan(0);
  return report;
}

describe("--by", () => {
  test.each(["whole.csv", "whole.parquet", "whole.ndjson"])("%s", (file) => {
    const regression = evaluated(folder, file, ...pointwise, "--by", "site");
    expect(lasting(regression)).toEqual({ ...lasting(evaluated(folder, file, ...pointwise)), by: "site", groups: regression.groups });
    expectGroups(regression.groups, maeOf);
    expectGroups(evaluated(folder, file, ...overClasses, "--by", "site").groups, crossEntropyOf);
  });

  test("several files, and several columns of a prediction", () => {
    const report = evaluated(
      folder,
      "first.ndjson",
      "second.ndjson",
      "--loss",
      "mae",
      "--prediction",
      "p,t",
      "--target",
      "t,p",
      "--by",
      "site",
    );
    expectGroups(report.groups, (name) => mae(only(p, name), only(t, name)));
  });

  test("columns that are no text", () => {
    const words = ["typed.parquet", "--loss", "mae", "--prediction", "p", "--target", "t", "--reduction", "sum", "--by"];
    expect(evaluated(folder, ...words, "part").groups).toEqual([
      { group: "0", value: 9, rows: 3 },
      { group: "1", value: 5, rows: 2 },
      { group: "2", value: 7, rows: 2 },
    ]);
    expect(evaluated(folder, ...words, "late").groups).toEqual([
      { group: "false", value: 3, rows: 3 },
      { group: "true", value: 18, rows: 4 },
    ]);
  });

  test("a row of the table for each group", () => {
    const { stdout } = simdLoss(folder, "eval", "typed.parquet", "--loss", "mae", "--prediction", "p", "--target", "t", "--by", "part");
    const rows = stdout.split("\n").map((line) => line.split("│").map((cell) => cell.trim()));
    const head = rows.findIndex((cells) => cells[1] === "part");
    expect(rows.slice(head).filter((cells) => cells.length > 1)).toEqual([
      ["", "part", "mean", "rows", ""],
      ["", "0", "3", "3", ""],
      ["", "1", "2.5", "2", ""],
      ["", "2", "3.5", "2", ""],
    ]);
    expect(rows.find((cells) => cells[1] === "mae")?.slice(2, 4)).toEqual(["3", "7"]);
  });
});

describe("--partial and merge", () => {
  test.each([
    ["all rows", pointwise],
    ["groups", [...pointwise, "--by", "site"]],
    ["labels, options and f32", [...overClasses, "--label-smoothing", "0.1", "--precision", "f32", "--reduction", "sum", "--by", "site"]],
  ])("%s: the report of the whole, to the last bit", (_, words) => {
    const files = ["first.ndjson", "second.ndjson"];
    const parts = files.map((file, i) => states(`part${i}.jsonl`, file, ...words));
    const whole = lasting(evaluated(folder, ...files, ...words));
    expect(lasting(merged(...parts))).toEqual(whole);
    expect(lasting(merged(states("both.jsonl", ...files, ...words)))).toEqual(whole);
    const { files: named, ...rest } = lasting(merged(...parts.toReversed()));
    expect(rest).toEqual({ ...whole, files: undefined });
    expect(named).toEqual(files.toReversed());
  });

  test("states from standard input, and states of merged states", () => {
    const parts = ["first", "second"].map((name) => states(`${name}.jsonl`, `${name}.ndjson`, ...pointwise, "--by", "site"));
    const again = simdLoss(folder, "merge", ...parts, "--partial");
    writeFileSync(at("again.jsonl"), again.stdout);
    expect(lasting(merged("again.jsonl"))).toEqual(lasting(merged(...parts)));
    const input = readFileSync(at(parts[1]!), "utf8");
    const { stdout } = spawnSync(process.execPath, [cli, "merge", parts[0]!, "-", "--format", "json"], {
      cwd: folder,
      input,
      encoding: "utf8",
    });
    expect(lasting(JSON.parse(stdout))).toEqual(lasting(merged(...parts)));
  });

  test("the table of eval", () => {
    const words = ["whole.csv", ...pointwise, "--by", "site"];
    const { stdout } = simdLoss(folder, "merge", states("table.jsonl", ...words));
    expect(stdout.match(/^│ mae .*$/m)![0]).toContain(String(evaluated(folder, ...words).value));
    const groups = (text: string) => text.slice(text.indexOf("┌", 1));
    expect(groups(stdout)).toContain("site10");
    expect(groups(stdout)).toBe(groups(simdLoss(folder, "eval", ...words).stdout));
  });

  test("NaN and Infinity stay, and f32 and several backends are said", () => {
    writeFileSync(at("special.csv"), "p,t,g\n1,1,a\nNaN,1,b\n2,Infinity,c\n");
    const words = ["special.csv", "--loss", "huber", "--delta", "2", "--prediction", "p", "--target", "t", "--by", "g"];
    const file = states("special.jsonl", ...words);
    const values = (report: { groups: Group[] }) => report.groups.map(({ value }) => value);
    expect(values(merged(file))).toEqual([0, "NaN", "Infinity"]);
    expect(merged(file)).toMatchObject({ value: "NaN", options: { delta: 2 }, precision: "f64" });
    const other = readFileSync(at(file), "utf8")
      .replaceAll(/"backend":"\w+"/g, '"backend":"other"')
      .replaceAll("f64", "f32");
    writeFileSync(at("other.jsonl"), other);
    expect(merged(file, "other.jsonl")).toMatchObject({ precision: "f32", backend: expect.stringMatching(/^\w+, other$/), rows: 6 });
  });

  test("an infinite option is an option like any other", () => {
    const files = ["one.jsonl", "two.jsonl"].map((name) => huber(name, "--delta", "Infinity"));
    expect(merged(...files)).toMatchObject({ options: { delta: "Infinity" }, rows: 14, value: 6.5 });
  });
});

describe("what cannot be", () => {
  const failure = (status: number, words: readonly string[], message: string | RegExp) => {
    const outcome = simdLoss(folder, ...words);
    expect(outcome).toEqual({
      status,
      stdout: "",
      stderr: typeof message === "string" ? `simd-loss: ${message}\n` : expect.stringMatching(message),
    });
  };
  const line = (part: object) => {
    const whole = { files: ["x"], options: {}, precision: "f64", backend: "js", seconds: 1, rows: 1, state: {}, ...part };
    return JSON.stringify(whole);
  };
  const state = { loss: "mse", options: { reduction: "mean" }, count: 1, sum: [1], weight: [1] };

  test("columns for --by", () => {
    const message = "typed.parquet has no column site (did you mean late?); its columns are p, t, part, late";
    failure(1, ["eval", "typed.parquet", "--loss", "mse", "--prediction", "p", "--target", "t", "--by", "site"], message);
    const several = "mse of typed.parquet takes one column, got 2 as by: part, late";
    failure(2, ["eval", "typed.parquet", "--loss", "mse", "--prediction", "p", "--target", "t", "--by", "part,late"], several);
  });

  test("--partial beside --format", () => {
    const words = ["eval", "typed.parquet", "--loss", "mse", "--prediction", "p", "--target", "t", "--partial", "--format", "json"];
    failure(2, words, /option '--partial' cannot be used with option '--format <kind>'/);
  });

  test("states that do not belong together", () => {
    const plain = huber("plain.jsonl");
    const expected = 'huber{"delta":1,"reduction":"mean"}';
    const first = "; the first state is that of plain.jsonl, line 1";
    const mixed = (other: string, message: string) => failure(1, ["merge", plain, other], message);
    mixed(
      huber("delta.jsonl", "--delta", "2"),
      `delta.jsonl, line 1: the state must be of ${expected}, got huber{"delta":2,"reduction":"mean"}${first}`,
    );
    mixed(
      huber("sum.jsonl", "--reduction", "sum"),
      `sum.jsonl, line 1: the state must be of ${expected}, got huber{"delta":1,"reduction":"sum"}${first}`,
    );
    const mae = states("mae.jsonl", "typed.parquet", "--loss", "mae", "--prediction", "p", "--target", "t");
    mixed(mae, `mae.jsonl, line 1: the state must be of huber, got mae${first}`);
    const by = huber("by.jsonl", "--by", "part");
    mixed(by, "by.jsonl, line 1: expected a state of all rows, as in plain.jsonl, line 1, got a state of a group by part");
    const late = huber("late.jsonl", "--by", "late");
    failure(
      1,
      ["merge", by, late],
      "late.jsonl, line 1: expected a state of a group by part, as in by.jsonl, line 1, got a state of a group by late",
    );
  });

  test.each<[string, string, string | RegExp]>([
    ["nothing", "\n\n", "bad.jsonl has no states"],
    ["no JSON", "{", /^simd-loss: bad\.jsonl, line 1: malformed JSON, /],
    ["a number", `${line({ state })}\n\n3`, "bad.jsonl, line 3: expected a state as eval --partial prints it, got undefined as files"],
    ["half a row", line({ state, rows: 0.5 }), "bad.jsonl, line 1: expected a state as eval --partial prints it, got 0.5 as rows"],
    ["no loss", line({}), "bad.jsonl, line 1: expected a state as eval --partial prints it, got {} as state"],
    [
      "an unknown loss",
      line({ state: { ...state, loss: "hubber" } }),
      /^simd-loss: bad\.jsonl, line 1: there is no loss hubber; the losses are /,
    ],
    [
      "words",
      line({ state: { ...state, sum: ["one"] } }),
      'bad.jsonl, line 1: the state.sum must hold numbers, got the string "one" at index 0',
    ],
    [
      "an option",
      line({ state: { ...state, options: { delta: 1 } } }),
      'bad.jsonl, line 1: option "delta" is not known here: expected one of reduction',
    ],
  ])("a file of %s", (_, text, message) => {
    writeFileSync(at("bad.jsonl"), text);
    failure(1, ["merge", "bad.jsonl"], message);
  });

  test("files that are none", () => {
    failure(1, ["merge", "nothing.jsonl"], "no file matches nothing.jsonl");
    failure(1, ["merge", "."], "no file matches .");
    failure(2, ["merge"], /missing required argument 'file'/);
  });
});
