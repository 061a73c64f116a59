/** Files that break off or are broken far from their beginning, and files that DuckDB by itself would read as others. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluated, simdLoss, sql, temporaryFolder } from "./commandLine";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const pointwise = ["--loss", "mse", "--prediction", "p", "--target", "t"];

function expectFailure(file: string, message: string | RegExp) {
  const { status, stdout, stderr } = simdLoss(folder, "eval", file, ...pointwise);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  if (typeof message === "string") expect(stderr).toBe(`simd-loss: ${message}\n`);
  else expect(stderr).toMatch(message);
}

describe("an error deep in a file is not its end", () => {
  /** So many rows that the first of them are streamed before DuckDB meets the error. */
  const rows = 70_000;
  const records = `${'{"p":1,"t":2}\n'.repeat(rows)}`;
  const files: Record<string, [text: string, message: string]> = {
    "long.csv": [`p,t\n${"1,2\n".repeat(rows)}1,2,3\n${"1,2\n".repeat(29_999)}`, "line 70002: Expected Number of Columns: 2 Found: 3"],
    "short.csv": [`p,t\n${"1,2\n".repeat(rows)}1\n`, "line 70002: Expected Number of Columns: 2 Found: 1"],
    "long.tsv": [`p\tt\n${"1\t2\n".repeat(rows)}1\t2\t3\n`, "line 70002: Expected Number of Columns: 2 Found: 3"],
    "broken.ndjson": [`${records}{p:1}\n${records}`, "line 70001: malformed JSON, unexpected character."],
    "half.jsonl": [records + records.slice(0, 6), "line 70001: malformed JSON, unexpected end of data."],
  };

  test.each(Object.entries(files))("%s", (name, [text, message]) => {
    writeFileSync(at(name), text);
    expectFailure(name, `${name}, ${message}`);
    writeFileSync(at(`${name}.gz`), gzipSync(text));
    if (name !== "half.jsonl") expectFailure(`${name}.gz`, `${name}.gz, ${message}`);
  });

  test("a half of a .json file", () => {
    writeFileSync(at("half.json"), `[${records.trimEnd().replaceAll("\n", ",\n")},\n{"p":`);
    expectFailure("half.json", /^simd-loss: half\.json.*malformed JSON/);
  });

  test("Parquet", async () => {
    await sql(
      `COPY (SELECT (i % 977)::DOUBLE AS p, 0::DOUBLE AS t FROM range(200000) r(i)) TO '${at("whole.parquet")}' (ROW_GROUP_SIZE 20480)`,
    );
    const bytes = readFileSync(at("whole.parquet"));
    bytes.fill(0xff, bytes.length * 0.8, bytes.length * 0.8 + 256);
    writeFileSync(at("corrupt.parquet"), bytes);
    expect(evaluated(folder, "whole.parquet", ...pointwise).rows).toBe(200_000);
    expectFailure("corrupt.parquet", /^simd-loss: corrupt\.parquet: .+\n$/);
  });
});

describe("gzip", () => {
  const texts = {
    csv: `p,t\n${"1,2\n".repeat(50_000)}`,
    tsv: `p\tt\n${"1\t2\n".repeat(50_000)}`,
    ndjson: '{"p":1,"t":2}\n'.repeat(50_000),
    jsonl: '{"p":1,"t":2}\n'.repeat(50_000),
    json: '{"p":1,"t":2}\n'.repeat(50_000),
  };
  describe.each(Object.entries(texts))("%s.gz", (ending, text) => {
    const packed = gzipSync(text);
    const changed = (where: number) => packed.map((byte, i) => (i === where ? byte ^ 0xff : byte));
    test.each<[string, Uint8Array]>([
      ["half", packed.subarray(0, packed.length / 2)],
      ["head", packed.subarray(0, 10)],
      ["without its length", packed.subarray(0, -4)],
      ["with another sum", changed(packed.length - 8)],
      ["with rubbish behind", Buffer.concat([packed, Buffer.from("rubbish")])],
      ["that is none", Buffer.from(text.slice(0, 100))],
    ])("%s", (what, bytes) => {
      const name = `${what}.${ending}.gz`;
      writeFileSync(at(name), bytes);
      expectFailure(name, new RegExp(`^simd-loss: ${name}: expected whole data packed by gzip, got an error unpacking them: .+\n$`));
    });
  });

  test("several files behind each other are one, and nothing packed is an empty file", () => {
    writeFileSync(at("several.csv.gz"), Buffer.concat([gzipSync("p,t\n1,2\n"), gzipSync("1,3\n")]));
    expect(evaluated(folder, "several.csv.gz", ...pointwise)).toMatchObject({ rows: 2, value: 2.5 });
    writeFileSync(at("nothing.csv.gz"), gzipSync(""));
    expectFailure("nothing.csv.gz", "nothing.csv.gz is empty");
  });
});

describe("the names of folders are no columns", () => {
  beforeAll(async () => {
    mkdirSync(at("p=9"));
    writeFileSync(at("p=9/a.csv"), "p,t\n1,2\n3,5\n");
    const copy = (name: string, options: string) =>
      `COPY (SELECT * FROM (VALUES (1, 2), (3, 5)) AS own(p, t)) TO '${at(`p=9/${name}`)}' (${options})`;
    await sql(
      copy("a.parquet", "FORMAT parquet"),
      copy("a.ndjson", "FORMAT json"),
      copy("a.tsv", "FORMAT csv, DELIMITER '\t'"),
      copy("a.csv.gz", "FORMAT csv, COMPRESSION gzip"),
    );
  });

  test.each(["a.csv", "a.parquet", "a.ndjson", "a.tsv", "a.csv.gz"])("%s", (name) => {
    expect(evaluated(folder, `p=9/${name}`, ...pointwise)).toMatchObject({ rows: 2, value: 2.5 });
    const { stderr } = simdLoss(folder, "eval", `p=9/${name}`, "--loss", "mse", "--prediction", "price", "--target", "t");
    expect(stderr).toBe(`simd-loss: p=9/${name} has no column price; its columns are p, t\n`);
  });
});

describe("a blank first line is not passed over, with the names read as a row", () => {
  test.each(["\n", "\r\n", "  \n", "\ufeff\n", "\n\n"])("%j", (blank) => {
    for (const name of ["blank.csv", "blank.tsv", "blank.csv.gz"]) {
      const text = `${blank}p,t\n1,2\n3,5\n`.replaceAll(",", name === "blank.tsv" ? "\t" : ",");
      writeFileSync(at(name), name.endsWith(".gz") ? gzipSync(text) : text);
      expectFailure(name, `${name}, line 1: expected the columns' names, got a blank line`);
    }
  });

  test("numbers for names", () => {
    writeFileSync(at("numbers.csv"), "\n0,1\n1,2\n3,5\n");
    const { status } = simdLoss(folder, "eval", "numbers.csv", "--loss", "mse", "--prediction", "0", "--target", "1");
    expect(status).toBe(1);
  });
});

test.skipIf(process.platform === "win32")("what is no regular file", () => {
  execFileSync("mkfifo", [at("queue.csv")]);
  expectFailure("queue.csv", "queue.csv is not a regular file");
});
