/** The oracle: every case whose operation the library has, on every backend. */

import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import * as library from "../src/index";
import { backends } from "./available";
import { conventions } from "./conformance/conventions";
import { operations } from "./conformance/operations";
import { caseFiles, readCases } from "./conformance/read";
import { judge, supported } from "./conformance/verdict";

/** Operations of the oracle that are no functions of the library. */
const absentOperations = [
  ...["ArgMax", "Hardmax", "ReduceMean", "ReduceSum"],
  ...["sk_d2_absolute_error_score", "sk_d2_pinball_score", "sk_d2_tweedie_score", "sk_max_error"],
  ...["sk_median_absolute_error", "sk_r2_score", "sk_zero_one_loss"],
];

const directory = fileURLToPath(new URL("./oracle", import.meta.url));
const files = caseFiles(directory).map((file) => {
  const cases = readCases(directory, file);
  return { file, cases, ours: cases.filter((given) => supported(library, given)).map((given) => [given.id, given] as const) };
});
const all = files.flatMap(({ cases }) => cases);

describe.each(backends)("%s", (backend) => {
  beforeAll(() => library.init({ backend }));
  for (const { file, ours } of files) {
    if (ours.length === 0) continue;
    describe(file, () => {
      test.each(ours)("%s", (_, given) => {
        expect(judge(library, given).complaints).toEqual([]);
      });
    });
  }
});

test("every case has a name of its own", () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test.each(conventions)("the convention on $op is what tells a case from its source: $reason", ({ op, concerns, grad }) => {
  const differs = all.some(
    (given) =>
      given.op === op &&
      given.tags.includes("convention") &&
      given.expected.grad.input!.some((value, i) => concerns(given, i) && !Object.is(value, grad)),
  );
  expect(differs).toBe(true);
});

test("the operations without a single case that runs are those that the library does not have", () => {
  const ours = new Set(files.flatMap((file) => file.ours.map(([, { op }]) => op)));
  const absent = [...new Set(all.map(({ op }) => op))].filter((op) => !ours.has(op));
  expect(absent.sort()).toEqual(absentOperations);
});

test("every case of the library's operations runs", () => {
  expect(all.filter((given) => given.op in operations && !supported(library, given)).map(({ id }) => id)).toEqual([]);
});
