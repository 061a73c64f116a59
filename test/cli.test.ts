/** The command line on files of every format: the same value as the library's on the whole of the data. */

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { selectColumns } from "../src/cli/columns";
import { binaryCrossEntropyWithLogits, brier, crossEntropy, huber, mae, mse } from "../src/index";
import { cli, evaluated, node, simdLoss, sql, temporaryFolder } from "./commandLine";
import { between, draws, pick, random } from "./random";

const folder = temporaryFolder();
const next = random(8);
/** More than two of DuckDB's chunks, the last one short. */
const count = 4500;
const classes = 11;
const p = Float64Array.from(draws(next, count, () => between(next, -4, 4)));
const t = Float64Array.from(draws(next, count, () => between(next, -4, 4)));
const yes = Float64Array.from(draws(next, count, () => pick(next, [0, 1])));
const weights = Float64Array.from(draws(next, count, () => between(next, 0, 3)));
const logits = Float64Array.from(draws(next, count * classes, () => between(next, -8, 8)));
const labels = Int32Array.from(draws(next, count, () => pick(next, [-100, ...Array(classes).keys()])));
const classWeights = draws(next, classes, () => between(next, 0.5, 2));

/** Its class columns come in the order of no pattern. */
function csv(from: number, to: number): string {
  const names = [...Array(classes).keys()].reverse();
  const lines = [["p", "t", "yes", "w", "label", ...names.map((c) => `logit${c}`)].join(",")];
  for (let i = from; i < to; i++)
    lines.push([p[i], t[i], yes[i], weights[i], labels[i], ...names.map((c) => logits[i * classes + c])].join(","));
  return `${lines.join("\n")}\n`;
}

const at = (name: string) => join(folder, name);

beforeAll(async () => {
  writeFileSync(at("whole.csv"), csv(0, count));
  for (const [part, from, to] of [
    ["part1", 0, 7],
    ["part2", 7, 2600],
    ["part3", 2600, count],
  ] as const) {
    writeFileSync(at(`${part}.csv`), csv(from, to));
  }
  const copy = (name: string, options: string) => `COPY (FROM '${at("whole.csv")}') TO '${at(name)}' (${options})`;
  await sql(
    copy("whole.parquet", "FORMAT parquet, ROW_GROUP_SIZE 2048"),
    copy("whole.ndjson", "FORMAT json"),
    copy("whole.csv.gz", "FORMAT csv, COMPRESSION gzip"),
    copy("whole.ndjson.gz", "FORMAT json, COMPRESSION gzip"),
    copy("whole.tsv", "FORMAT csv, DELIMITER '\t'"),
    copy("whole.json", "FORMAT json, ARRAY true"),
    copy("[whole] ''quoted''?.csv", "FORMAT csv"),
  );
});

function expectRelative(got: number, expected: number, within = 1e-12) {
  expect(Math.abs(got - expected), `${got} against ${expected}`).toBeLessThanOrEqual(within * Math.abs(expected));
}

describe("formats", () => {
  const sources = ["csv", "parquet", "ndjson", "csv.gz", "ndjson.gz", "tsv", "json"].map((ending) => [`whole.${ending}`]);
  test.each([...sources, ["part1.csv", "part2.csv", "part3.csv"], ["part*.csv"], ["[whole] 'quoted'?.csv"]])("%s %s %s", (...files) => {
    const words = (files as (string | undefined)[]).filter((file) => file !== undefined);
    const regression = evaluated(folder, ...words, "--loss", "mse", "--prediction", "p", "--target", "t");
    expect(regression).toMatchObject({ loss: "mse", rows: count, precision: "f64", reduction: "mean", options: {} });
    expect(regression.rowsPerSecond).toBeGreaterThan(0);
    expect(["relaxed", "simd", "js"]).toContain(regression.backend);
    expectRelative(regression.value, mse(p, t));
    const classification = evaluated(folder, ...words, "--loss", "crossEntropy", "--prediction", "logit*", "--target", "label");
    expectRelative(classification.value, crossEntropy(logits, labels));
  });
});

describe("options", () => {
  const pointwise = ["--prediction", "p", "--target", "t"];
  const multi = ["--prediction", "p,t", "--target", "yes,yes"];
  const overClasses = ["--prediction", "logit*", "--target", "label"];
  const pairs = (a: Float64Array, b: Float64Array) => Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? a : b)[i >> 1]!);
  const cases: [string[], () => number, number?][] = [
    [["--loss", "huber", ...pointwise, "--delta", "0.3"], () => huber(p, t, { delta: 0.3 })],
    [["--loss", "mae", ...pointwise, "--weights", "w"], () => mae(p, t, { weights })],
    [["--loss", "mae", ...pointwise, "--weights", "w", "--reduction", "sum"], () => mae(p, t, { weights, reduction: "sum" })],
    [["--loss", "mse", ...pointwise, "--precision", "f32"], () => mse(p, t), 1e-6],
    [
      ["--loss", "binaryCrossEntropyWithLogits", ...multi, "--pos-weight", "2,0.5", "--weights", "w"],
      () => binaryCrossEntropyWithLogits(pairs(p, t), pairs(yes, yes), { posWeight: [2, 0.5], weights }),
    ],
    [
      [
        ...["--loss", "crossEntropy", ...overClasses, "--weights", "w", "--class-weights", classWeights.join(",")],
        ...["--label-smoothing", "0.1", "--ignore-index", "-100"],
      ],
      () => crossEntropy(logits, labels, { weights, classWeights, labelSmoothing: 0.1 }),
    ],
    [["--loss", "brier", "--prediction", "p", "--target", "yes"], () => brier(p, yes)],
    [
      ["--loss", "binaryCrossEntropyWithLogits", "--prediction", "p", "--target", "yes", "--label-smoothing", "0.2"],
      () => binaryCrossEntropyWithLogits(p, yes, { labelSmoothing: 0.2 }),
    ],
    [
      ["--loss", "crossEntropy", "--prediction", "p,t", "--target", "yes,yes"],
      () => crossEntropy(pairs(p, t), pairs(yes, yes), { classes: 2 }),
    ],
  ];
  test.each(cases)("%j", (words, expected, within) => {
    expectRelative(evaluated(folder, "part*.csv", ...words).value, expected(), within);
  });

  test("NaN and Infinity are numbers, which JSON has as strings", () => {
    writeFileSync(at("special.csv"), "p,t,u\n1,1,1\nNaN,1,1\n2,Infinity,2\n");
    expect(evaluated(folder, "special.csv", "--loss", "mse", "--prediction", "p", "--target", "u").value).toBe("NaN");
    expect(evaluated(folder, "special.csv", "--loss", "mse", "--prediction", "u", "--target", "t").value).toBe("Infinity");
  });
});

describe("reports", () => {
  test("a table by default, and nothing on a stderr that is no terminal", () => {
    const { status, stdout, stderr } = simdLoss(folder, "eval", "whole.csv", "--loss", "mse", "--prediction", "p", "--target", "t");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const cell of ["mse", "4500", "rows/s"]) expect(stdout).toContain(cell);
  });

  test("losses lists every loss with its options", () => {
    const { status, stdout } = simdLoss(folder, "losses");
    expect(status).toBe(0);
    expect(stdout).toMatch(/huber +│ --delta \(default 1, above 0\)/);
    expect(stdout).toContain("--label-smoothing (default 0, at least 0, at most 1)");
  });
});

describe("columns", () => {
  const columns = ["logit10", "logit2", "a,b", "logit1", "x.y", "label"];
  test.each([
    ["label", ["label"]],
    ["logit1,label", ["logit1", "label"]],
    ["logit*", ["logit1", "logit2", "logit10"]],
    ["label,logit?", ["label", "logit1", "logit2"]],
    ["a,b", ["a,b"]],
    ["x.*", ["x.y"]],
  ])("%s", (selection, expected) => {
    expect(selectColumns(selection, "file.csv", columns)).toEqual(expected);
  });

  test("what matches nothing is an error", () => {
    expect(() => selectColumns("lo.*", "file.csv", columns)).toThrow(
      "file.csv has no column lo.*; its columns are logit10, logit2, a,b, logit1, x.y, label",
    );
  });
});

test("--version", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(simdLoss(folder, "--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
});

test("without DuckDB, how to install it", () => {
  cpSync(dirname(cli), at("alone"), { recursive: true });
  writeFileSync(at(join("alone", "package.json")), '{ "type": "module" }');
  const words = ["eval", "whole.csv", "--loss", "mse", "--prediction", "p", "--target", "t"];
  expect(node(folder, join("alone", "cli.js"), ...words)).toEqual({
    status: 2,
    stdout: "",
    stderr: "simd-loss: reading files takes the package @duckdb/node-api, which is not installed: npm install @duckdb/node-api\n",
  });
  expect(node(folder, join("alone", "cli.js"), "losses").status).toBe(0);
});

test("memory does not grow with the file", { timeout: 180_000 }, async () => {
  const rows = 20_000_000;
  const series = (length: number) => `SELECT (i % 1000)::DOUBLE AS p, -(i // 1000)::DOUBLE AS t, 0 AS zero FROM range(${length}) r(i)`;
  await sql(`COPY (${series(2_000_000)}) TO '${at("small.parquet")}'`, `COPY (${series(rows)}) TO '${at("large.parquet")}'`);
  writeFileSync(at("peak.mjs"), 'process.on("exit", () => console.error(process.resourceUsage().maxRSS * 1024));\n');
  const peak = (file: string, expected: object) => {
    const words = ["eval", file, "--loss", "mse", "--prediction", "p,t", "--target", "p,zero", "--reduction", "sum", "--format", "json"];
    const { stdout, stderr } = node(folder, "--import", at("peak.mjs"), cli, ...words);
    expect(JSON.parse(stdout)).toMatchObject(expected);
    return Number(stderr);
  };
  const small = peak("small.parquet", { rows: 2_000_000 });
  // The sum of 1000 times each square from 0 to rows / 1000 - 1.
  const n = rows / 1000 - 1;
  const large = peak("large.parquet", { rows, value: (1000 * n * (n + 1) * (2 * n + 1)) / 6 });
  const bytes = rows * 3 * Float64Array.BYTES_PER_ELEMENT;
  expect(large - small).toBeLessThan(bytes / 2);
});
