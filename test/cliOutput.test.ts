/** The command line's output and the states it merges: outputs that take nothing, many groups, many lines. */

import { spawnSync } from "node:child_process";
import { closeSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { cli, simdLoss, temporaryFolder } from "./commandLine";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const pointwise = ["--loss", "mse", "--prediction", "p", "--target", "t"];

beforeAll(() => {
  writeFileSync(at("good.csv"), "p,t\n1,2\n");
});

const commands = [
  ["eval", "good.csv", ...pointwise],
  ["eval", "good.csv", ...pointwise, "--format", "json"],
  ["eval", "good.csv", ...pointwise, "--partial"],
  ["losses"],
  ["--help"],
  ["eval", "--help"],
  ["--version"],
];

describe.skipIf(process.platform !== "linux")("an output that takes nothing is an error", () => {
  test.each(commands.map((words) => [words]))("%j", (words) => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [cli, ...words], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect(stderr).toMatch(/^simd-loss: the output cannot be written: ENOSPC: .*\n$/);
    expect(status).toBe(1);
  });
});

test.skipIf(process.platform === "win32").each(commands.map((words) => [words]))("a reader that has had enough is none: %j", (words) => {
  const script = '"$0" "$@" | true; exit "$' + '{PIPESTATUS[0]}"';
  const { status, stderr } = spawnSync("bash", ["-c", script, process.execPath, cli, ...words], { cwd: folder, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

describe("many groups", () => {
  const count = 20_000;
  beforeAll(() => {
    const rows = Array.from({ length: count }, (_, i) => `1,3,${i % 500 === 7 ? `長い名前${i}` : `group${i}`}\n`);
    writeFileSync(at("groups.csv"), `p,t,group\n${rows.join("")}`);
  });

  test("are drawn piece by piece as one table", { timeout: 60_000 }, () => {
    const { status, stdout } = simdLoss(folder, "eval", "groups.csv", ...pointwise, "--by", "group");
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n").slice(5);
    expect(lines).toHaveLength(3 + 2 * count);
    const width = (line: string) => [...line].reduce((sum, letter) => sum + (letter > "\u3000" ? 2 : 1), 0);
    expect(new Set(lines.map(width))).toEqual(new Set([width(lines[0]!)]));
    const edges = new Set(lines.filter((_, i) => i % 2 === 0).map((line) => line.replaceAll("─", "")));
    expect([...edges]).toEqual(["┌┬┬┐", "├┼┼┤", "└┴┴┘"]);
    expect(lines.filter((_, i) => i % 2 === 1).every((line) => / (group|mean|長)/.test(line))).toBe(true);
  });

  test("and ten times as many lines are merged", { timeout: 60_000 }, () => {
    const { stdout } = simdLoss(folder, "eval", "good.csv", ...pointwise, "--partial");
    writeFileSync(at("many.jsonl"), stdout.repeat(10 * count));
    const { status, stdout: merged, stderr } = simdLoss(folder, "merge", "many.jsonl", "--format", "json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(merged)).toMatchObject({ rows: 10 * count, value: 1 });
  });
});

describe("files of states that cannot be read", () => {
  beforeAll(() => symlinkSync("loop.jsonl", at("loop.jsonl")));

  test.each([
    ["nothing.jsonl", "no file matches nothing.jsonl"],
    ["good.csv/foo", "no file matches good.csv/foo"],
    [".", "no file matches ."],
    ["loop.jsonl", "loop.jsonl cannot be read: ELOOP: too many symbolic links encountered, open 'loop.jsonl'"],
  ])("%s", (file, message) => {
    expect(simdLoss(folder, "merge", file)).toEqual({ status: 1, stdout: "", stderr: `simd-loss: ${message}\n` });
  });
});
