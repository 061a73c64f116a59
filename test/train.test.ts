/** The training example: its loss falls, it recognises the digits that it has not seen, and two runs print the same. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "simd-loss-train-"));
afterAll(() => rmSync(folder, { recursive: true }));

function train(...options: string[]) {
  const svg = join(folder, "loss.svg");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["examples/train/train.mjs", "--svg", svg, ...options], {
    encoding: "utf8",
  });
  return { status, stdout, stderr, svg };
}

const short = ["--epochs", "12"];
/** Enough for runs to drift apart, if anything lets them: every batch of an epoch builds on those before. */
const shorter = ["--epochs", "2"];

test("the loss falls, and digits held out are recognised", () => {
  const { status, stdout, stderr, svg } = train(...short);
  expect(status, stderr).toBe(0);
  const losses = [...stderr.matchAll(/loss (\S+)/g)].map(([, loss]) => Number(loss));
  expect(losses.length).toBe(4);
  for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1]!);
  const [, testLoss, accuracy, correct, tested] = /test loss (\S+)\naccuracy (\S+) % \((\d+) of (\d+)\)/.exec(stdout)!;
  expect(Number(testLoss)).toBeLessThan(0.2);
  expect(Number(tested)).toBe(359);
  expect(Number(correct) / Number(tested)).toBeGreaterThanOrEqual(0.95);
  expect(Number(accuracy)).toBeCloseTo((100 * Number(correct)) / Number(tested), 2);
  expect(readFileSync(svg, "utf8")).toMatch(/^<svg .*<\/svg>$/s);
});

test("two runs give the same numbers, and another seed others", () => {
  const [one, two, other] = [train(...shorter), train(...shorter), train(...shorter, "--seed", "2")];
  expect(two.stdout).toBe(one.stdout);
  expect(two.stderr).toBe(one.stderr);
  expect(other.stderr).not.toBe(one.stderr);
});

test("a wrong option is told", () => {
  const { status, stderr } = train("--epochs", "many");
  expect(status).toBe(2);
  expect(stderr).toBe('--epochs must be a whole number of at least 1, got "many"\n');
});
