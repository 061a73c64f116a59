/** `npm run oracle`: what it prints, and that it fails where a case fails. It runs the built library. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { backends } from "./available";

const root = fileURLToPath(new URL("..", import.meta.url));

function oracleCase(id: string, op: string, input: unknown[], value: unknown, grad: unknown[]) {
  const shape = [input.length];
  const tolerance = { rel: 1e-12, abs: 0 };
  return {
    id,
    op,
    params: op === "mse_loss" ? { reduction: "sum" } : { dim: 0 },
    dtype: "float64",
    inputs: { input: { shape, dtype: "float64", data: input }, target: { shape, dtype: "float64", data: input.map(() => 0) } },
    expected: { value: { shape: [], data: [value] }, grad: { input: { shape, data: grad } } },
    tol: tolerance,
    tol_grad: tolerance,
    tags: [],
  };
}

function run(cases: readonly unknown[]) {
  const directory = mkdtempSync(join(tmpdir(), "oracle-"));
  try {
    writeFileSync(join(directory, "cases.json"), JSON.stringify(cases));
    writeFileSync(join(directory, "manifest.json"), "{}");
    const { status, stdout } = spawnSync(process.execPath, ["test/conformance/oracle.mjs", directory], { cwd: root, encoding: "utf8" });
    const lines = stdout.split("\n").filter((line) => line !== "");
    return { status, lines: lines.map((line) => JSON.parse(line)) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const right = oracleCase("right", "mse_loss", [1, 3], 10, [2, 6]);
const infinite = oracleCase("infinite", "logsumexp", ["-Infinity", "-Infinity"], "-Infinity", ["NaN", "NaN"]);
const absent = oracleCase("absent", "no_such_loss", [1, 3], 10, [2, 6]);

test("it prints a line for each case and backend, and exits with 0 where nothing fails", () => {
  const { status, lines } = run([right, infinite, absent]);
  expect(status).toBe(0);
  expect(new Set(lines.map(({ backend }) => backend))).toEqual(new Set(backends));
  for (const backend of backends) {
    expect(lines.filter((line) => line.backend === backend)).toEqual([
      { id: "right", backend, status: "pass", value: [10], grad: { input: [2, 6] } },
      { id: "infinite", backend, status: "pass", value: ["-Infinity"], grad: { input: ["NaN", "NaN"] } },
      { id: "absent", backend, status: "unsupported", value: [], grad: {} },
    ]);
  }
});

const wrong = {
  "a value": oracleCase("wrong", "mse_loss", [1, 3], 10.0000001, [2, 6]),
  "a gradient": oracleCase("wrong", "mse_loss", [1, 3], 10, [2, 6.0000001]),
  "a number for NaN": oracleCase("wrong", "mse_loss", [1, 3], "NaN", [2, 6]),
  "a number for an infinity": oracleCase("wrong", "mse_loss", [1, 3], "Infinity", [2, 6]),
  "the other infinity": oracleCase("wrong", "logsumexp", ["-Infinity", "-Infinity"], "Infinity", ["NaN", "NaN"]),
  "a gradient of another length": oracleCase("wrong", "mse_loss", [1, 3], 10, [2]),
  "an exception": { ...right, inputs: { ...right.inputs, target: { shape: [1], dtype: "float64", data: [0] } } },
};

test.each(Object.entries(wrong))("%s fails, and the exit status is 1", (_, given) => {
  const { status, lines } = run([right, given]);
  expect(status).toBe(1);
  expect(lines.map((line) => line.status)).toEqual(backends.flatMap(() => ["pass", "fail"]));
});

test("of a directory that is not there it exits with 2", () => {
  expect(spawnSync(process.execPath, ["test/conformance/oracle.mjs", "test/nothing"], { cwd: root }).status).toBe(2);
});
