/** The bundled predictions of real models: scikit-learn's scores, through `npm start` and the command line. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluated, node, type Outcome, sql, temporaryFolder } from "./commandLine";

interface Evaluation {
  file: string;
  loss: string;
  prediction: string;
  target: string;
  flags?: string[];
  /** The name of scikit-learn's score, and what it must be multiplied by to be the loss. */
  score?: string;
  times?: number;
  /** The relative difference that the data allow. */
  within?: number;
}

const examples = fileURLToPath(new URL("../examples", import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(join(examples, file), "utf8"));
const evaluations: Evaluation[] = read("evaluate.json");
const scores: Record<string, Record<string, number>> = read("data/expected.json");

function expectScore(value: number, { file, score, times = 1 }: Evaluation, within: number) {
  expect(value).toBeGreaterThan(0);
  if (score === undefined) return;
  const expected = scores[file]![score]! * times;
  expect(Math.abs(value - expected), `${value} against ${expected}`).toBeLessThanOrEqual(within * expected);
}

describe("npm start", { timeout: 180_000 }, () => {
  let outcome: Outcome;
  beforeAll(() => {
    outcome = node(examples, "evaluate.mjs");
  }, 180_000);

  test("prints nothing else", () => {
    expect({ status: outcome.status, stderr: outcome.stderr }).toEqual({ status: 0, stderr: "" });
  });

  test.each(evaluations.map((evaluation) => [evaluation.file, evaluation.loss, evaluation] as const))(
    "%s, %s",
    (file, loss, evaluation) => {
      const rows = outcome.stdout.split("\n").map((line) => line.split("│").map((cell) => cell.trim()));
      const row = rows.find((cells) => cells[1] === file && cells[2] === [loss, ...(evaluation.flags ?? [])].join(" "));
      expect(row?.[4]).toBe(String(scores[file]!.rows));
      expectScore(Number(row![3]), evaluation, evaluation.within ?? 1e-12);
    },
  );
});

test("digits_logits.csv as the float32 numbers that the model gave has its score to 12 digits", async () => {
  const evaluation = evaluations.find(({ within }) => within !== undefined)!;
  const parquet = join(temporaryFolder(), "digits.parquet");
  await sql(`COPY (SELECT label, CAST(COLUMNS('logit.*') AS FLOAT) FROM '${join(examples, "data", evaluation.file)}') TO '${parquet}'`);
  const { loss, prediction, target } = evaluation;
  const { value } = evaluated(examples, parquet, "--loss", loss, "--prediction", prediction, "--target", target);
  expectScore(value, evaluation, 1e-12);
});
