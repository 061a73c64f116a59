/** What the command line says, and with which exit status, of bad data and of commands that mean nothing. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { simdLoss, sql, temporaryFolder } from "./commandLine";

const folder = temporaryFolder();
const lines = (count: number, bad: string) => `p,t\n${"1,2\n".repeat(count)}${bad}\n3,4\n`;

const files: Record<string, string> = {
  "good.csv": "p,t\n1,2\n",
  "wide.csv": "a0,a1,a2,label\n1,2,3,0\n1,2,3,2\n1,2,3,-100\n",
  "narrow.csv": "a0,a1,label\n1,2,0\n",
  "text.csv": lines(30000, "abc,2"),
  "null.csv": lines(2500, "1,"),
  "first.csv": "p,t\n1,2\n,2\n1,x\n",
  "hex.csv": "p,t\n1,0x10\n",
  "labels.csv": "a0,a1,label\n1,2,0\n1,2,2\n",
  "fractions.csv": "a0,a1,label\n1,2,0\n1,2,0.5\n",
  "negative.csv": "a0,a1,label\n1,2,-1\n",
  "nan.csv": "a0,a1,label\n1,2,NaN\n",
  "ignored.csv": "a0,a1,label\n1,2,-100\n",
  "ragged.csv": "p,t\n1,2\n3\n5,6\n",
  "late.csv": lines(30000, "1"),
  "header.csv": "p,t\n",
  "empty.csv": "",
  "latin.csv": "p,t\n1,2\n\xe9,2\n",
  "text.ndjson": '{"p":1,"t":2}\n{"p":"x","t":2}\n',
  "null.ndjson": '{"p":1,"t":2}\n{"p":1,"t":null}\n',
  "absent.ndjson": '{"p":1,"t":2}\n{"p":1}\n',
  "broken.ndjson": '{"p":1,"t":2}\n{"p":1,"t":\n',
  "unquoted.ndjson": `${'{"p":1,"t":2}\n'.repeat(30000)}\n{p:1}\n{"p":1,"t":2}\n`,
  "array.ndjson": `${'{"p":1,"t":2}\n'.repeat(30000)}[1,2]\n${'{"p":1,"t":2}\n'.repeat(2)}`,
  "garbage.parquet": "this is no Parquet file",
  "notes.md": "p,t\n1,2\n",
  "comments.csv": "id,p,t\na,1,1\n#2,2,4\nb,3,3\n",
  "comment.csv": "p,t\n1,1\n# 5,9\n2,4\n",
  "names.csv": "p,t,label,Score,log loss\n1,2,0,1,2\n",
  "lists.csv": "a0,a1,b0,b1\n1,2,0,-1\n1,2,7,-1\n",
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, "latin1");
  mkdirSync(join(folder, "folder.csv"));
  await sql(
    `COPY (SELECT i::DOUBLE AS p, if(i = 5000, NULL, 1) AS t FROM range(6000) r(i)) TO '${join(folder, "null.parquet")}'`,
    `COPY (SELECT if(i = 1, 1e300, 1)::DOUBLE AS p, 1 AS t FROM range(3) r(i)) TO '${join(folder, "huge.parquet")}'`,
    `COPY (SELECT i::DOUBLE AS p, [1, 2] AS t FROM range(3) r(i)) TO '${join(folder, "list.parquet")}'`,
  );
});

const pointwise = ["--loss", "mse", "--prediction", "p", "--target", "t"];
const overClasses = ["--loss", "crossEntropy", "--prediction", "a*", "--target", "label"];

function expectFailure(status: number, words: readonly string[], message: string) {
  expect(simdLoss(folder, "eval", ...words)).toEqual({ status, stdout: "", stderr: `simd-loss: ${message}\n` });
}

describe("bad data: exit status 1, and where", () => {
  test.each([
    ["text.csv", 'text.csv, row 30001, column p: expected a number, got "abc"'],
    ["null.csv", "null.csv, row 2501, column t: expected a number, got NULL"],
    ["first.csv", "first.csv, row 2, column p: expected a number, got NULL"],
    ["hex.csv", 'hex.csv, row 1, column t: expected a number, got "0x10"'],
    ["ragged.csv", "ragged.csv, line 3: Expected Number of Columns: 2 Found: 1"],
    ["late.csv", "late.csv, line 30002: Expected Number of Columns: 2 Found: 1"],
    ["header.csv", "header.csv has no rows"],
    ["empty.csv", "empty.csv is empty"],
    ["latin.csv", "latin.csv, line 3: Invalid unicode (byte sequence mismatch) detected. This file is not utf-8 encoded."],
    ["text.ndjson", 'text.ndjson, row 2, column p: expected a number, got "x"'],
    ["null.ndjson", "null.ndjson, row 2, column t: expected a number, got NULL"],
    ["absent.ndjson", "absent.ndjson, row 2, column t: expected a number, got NULL"],
    ["broken.ndjson", "broken.ndjson, line 2: malformed JSON, unexpected end of data."],
    ["unquoted.ndjson", "unquoted.ndjson, line 30002: malformed JSON, unexpected character."],
    ["array.ndjson", 'array.ndjson: JSON transform error in file "array.ndjson", in line 30001: Expected OBJECT, but got ARRAY: [1,2]'],
    ["null.parquet", "null.parquet, row 5001, column t: expected a number, got NULL"],
    ["list.parquet", 'list.parquet, row 1, column t: expected a number, got "[1, 2]"'],
    ["garbage.parquet", expect.stringContaining("simd-loss: garbage.parquet: ")],
    ["nothing.csv", "no file matches nothing.csv"],
    ["nothing*.parquet", "no file matches nothing*.parquet"],
    ["folder.csv", "no file matches folder.csv"],
    ["wide.csv", "wide.csv has no column p; its columns are a0, a1, a2, label"],
    ["comment.csv", 'comment.csv, row 2, column p: expected a number, got "# 5"'],
    ["good.csv/", "no file matches good.csv/"],
    ["https://example.org/a.csv", expect.stringMatching(/^simd-loss: https:\/\/example.org\/a.csv: .*httpfs.*\n$/)],
  ])("%s", (file, message) => {
    const outcome = simdLoss(folder, "eval", file, ...pointwise);
    expect(outcome).toEqual({ status: 1, stdout: "", stderr: typeof message === "string" ? `simd-loss: ${message}\n` : message });
  });

  test("the file of several that is bad", () => {
    expectFailure(1, ["good.csv", "null.ndjson", ...pointwise], "null.ndjson, row 2, column t: expected a number, got NULL");
    expectFailure(1, ["good.csv", "wide.csv", ...pointwise], "wide.csv has no column p; its columns are a0, a1, a2, label");
  });

  test("a number beyond the range of f32", () => {
    const message = 'huge.parquet, row 2, column p: expected a number in the range of f32, got "1e+300"';
    expectFailure(1, ["huge.parquet", ...pointwise, "--precision", "f32"], message);
    expect(simdLoss(folder, "eval", "huge.parquet", ...pointwise).status).toBe(0);
  });

  test.each([
    ["P", "t", "P (did you mean p?)"],
    ["p", "T", "T (did you mean t?)"],
    ["lable", "t", "lable (did you mean label?)"],
    ["SCORE,p", "p,t", "SCORE (did you mean Score?)"],
    ["xyz", "t", "xyz"],
    ["sc*", "t", "sc*"],
  ])("columns %s and %s, spelt otherwise", (prediction, target, named) => {
    const message = `names.csv has no column ${named}; its columns are p, t, label, Score, log loss`;
    expectFailure(1, ["names.csv", "--loss", "mse", "--prediction", prediction, "--target", target], message);
  });

  test.each([
    ["labels.csv", 2, "2"],
    ["fractions.csv", 2, "0.5"],
    ["negative.csv", 1, "-1"],
    ["nan.csv", 1, "NaN"],
  ])("labels of %s", (file, row, got) => {
    const message = `${file}, row ${row}, column label: expected a class, a whole number from 0 to 1, got ${got}`;
    expectFailure(1, [file, ...overClasses], message);
  });

  test("what the loss itself refuses is data among those rows", () => {
    const message = "lists.csv, among rows 1 to 2: label 7 at index 2 is not a class: there are 2 classes";
    expectFailure(1, ["lists.csv", "--loss", "multilabelMargin", "--prediction", "a*", "--target", "b*"], message);
  });

  test("a line that begins with # is a row", () => {
    const { stdout } = simdLoss(folder, "eval", "comments.csv", ...pointwise, "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ rows: 3, value: 4 / 3 });
  });

  test("the ignored label is another by --ignore-index", () => {
    expect(simdLoss(folder, "eval", "ignored.csv", ...overClasses).status).toBe(0);
    const message = "ignored.csv, row 1, column label: expected a class, a whole number from 0 to 1, got -100";
    expectFailure(1, ["ignored.csv", ...overClasses, "--ignore-index", "-1"], message);
  });
});

describe("bad commands: exit status 2, and what there is", () => {
  const options = ["--prediction", "p", "--target", "t"];
  test.each<[string[], string]>([
    [["good.csv", "--loss", "huber", ...options, "--beta", "2"], "huber has no option --beta; its own are --delta"],
    [["good.csv", "--loss", "mse", ...options, "--delta", "2"], "mse has no option --delta; it has none of its own"],
    [["good.csv", "--loss", "huber", ...options, "--delta", "-2"], "huber: delta must be above 0, got -2"],
    [["wide.csv", ...overClasses, "--class-weights", "1,2"], "crossEntropy: classWeights must have one number for each class, 3, got 2"],
    [
      ["wide.csv", "narrow.csv", ...overClasses],
      "crossEntropy of narrow.csv takes 3 columns, as wide.csv has, got 2 as prediction: a0, a1",
    ],
    [
      ["wide.csv", "--loss", "mse", "--prediction", "a*", "--target", "label"],
      "mse of wide.csv takes a target for each prediction, 3, got 1 as target: label",
    ],
    [
      ["wide.csv", "--loss", "crossEntropy", "--prediction", "a*", "--target", "a0,label"],
      "crossEntropy of wide.csv takes a column of labels, or a column for each class, 3, got 2 as target: a0, label",
    ],
    [["good.csv", "--loss", "crossEntropy", ...options], "crossEntropy takes a column for each class as prediction, got one column"],
    [["wide.csv", ...overClasses, "--ignore-index", "4294967296"], "--ignore-index must be a whole number of 32 bits, got 4294967296"],
    [["wide.csv", ...overClasses, "--ignore-index", "1.5"], "--ignore-index must be a whole number of 32 bits, got 1.5"],
  ])("%j", (words, message) => expectFailure(2, words, message));

  test.each<[string[], RegExp]>([
    ...["dice", "tversky", "cosineSimilarity", "tripletMargin", "ctc"].map((loss): [string[], RegExp] => [
      ["eval", "good.csv", "--loss", loss, ...options],
      new RegExp(`the command line has losses of rows only, of which ${loss} is none; they are binaryCrossEntropy, `),
    ]),
    [["eval", "good.csv", "--loss", "softmax", ...options], /there is no loss softmax; the losses are /],
    [
      ["eval", "good.csv", "--loss", "crossentropy", ...options],
      /there is no loss crossentropy \(did you mean crossEntropy\?\); the losses/,
    ],
    [["eval", "wide.csv", ...overClasses, "--mask", "1,1,1"], /unknown option '--mask'/],
    [
      ["eval", "good.csv", "--loss", "hubber", ...options],
      /there is no loss hubber \(did you mean huber\?\); the losses are .*crossEntropy.*huber.*smoothL1/,
    ],
    [["eval", "notes.md", ...pointwise], /notes\.md is of no known format: the name must end in .*\.csv.*\.parquet.*\.ndjson/],
    [["eval", "good.csv", "--loss", "huber", ...options, "--delta", "x"], /'--delta <n>' argument 'x' is invalid. It must be a number/],
    [["eval", "good.csv", ...pointwise, "--frmat", "json"], /unknown option '--frmat'/],
    [["eval", "good.csv", ...pointwise, "--format", "xml"], /Allowed choices are table, json/],
    [["eval", "good.csv", "--loss", "mse", "--target", "t"], /required option '--prediction <columns>' not specified/],
    [["eval", ...pointwise], /missing required argument 'file'/],
    [["evaluate"], /unknown command 'evaluate'/],
    [[], /Usage: simd-loss/],
  ])("%j", (words, message) => {
    const { status, stdout, stderr } = simdLoss(folder, ...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
