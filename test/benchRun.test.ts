/** The benchmark's command line: what it refuses, what it writes, and what it leaves behind. */

import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "./commandLine";

const script = fileURLToPath(new URL("../bench/run.mjs", import.meta.url));
const folder = temporaryFolder();
/** Where runs keep what is gone after them. */
const scratch = join(folder, "scratch");
mkdirSync(scratch);

const environment = (path: string) => ({ ...process.env, TMPDIR: scratch, PATH: `${path}:${process.env.PATH}` });

function bench(words: readonly string[], path = folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: "utf8", env: environment(path) });
  return { status, stdout, stderr };
}

/** The shortest run: naive alone on 16 numbers. */
const tiny = ["--quick", "--only", "^mse 16$", "--contender", "^naive$"];

/** A program in a folder of its own, which can stand before all others in the path. */
function program(name: string, text: string): { path: string; file: string } {
  const path = join(folder, `${name}-${readdirSync(folder).length}`);
  mkdirSync(path);
  const file = join(path, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return { path, file };
}

test.each([
  { words: ["--unknown"], says: /unknown option '--unknown'/ },
  { words: ["--only", "("], says: /Unterminated group/ },
  { words: ["--only", "no such workload"], says: /matches no workload/ },
  { words: [...tiny.slice(0, 3), "--contender", "nobody"], says: /matches none/ },
  { words: ["--backend", "simd,nope"], says: /no backend "nope"/ },
  { words: ["--node", "/nope"], says: /ENOENT/ },
  { words: ["--core", "abc"], says: /the number of one core/ },
  { words: ["--core", "0-1"], says: /the number of one core/ },
  { words: ["--core", "99999"], says: /No process can be pinned/ },
  { words: ["--timeout", "0"], says: /a positive number/ },
  { words: [...tiny, "--readme"], says: /--readme needs a workload/ },
  { words: [...tiny, "--json", folder], says: /EISDIR/ },
])("$words is refused before anything is measured", ({ words, says }) => {
  const { status, stdout, stderr } = bench(words);
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(readdirSync(scratch)).toEqual([]);
});

test("--help tells the options", () => {
  const { status, stdout } = bench(["--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("--contender <regex>");
});

test("files go to folders that are made, and tell the circumstances", () => {
  const json = join(folder, "new", "it's", "x.json");
  const markdown = join(folder, "new", "x.md");
  const { status, stderr } = bench([...tiny, "--backend", "simd, js", "--json", json, "--markdown", markdown]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const report = JSON.parse(readFileSync(json, "utf8"));
  expect(report.command).toContain(`'${json.replace("'", "'\\''")}'`);
  expect(Date.parse(report.date)).toBeGreaterThan(0);
  expect(report.machine).toEqual({ cpu: expect.any(String), platform: process.platform, cores: expect.any(Number) });
  expect(report.versions).toEqual({ Node: process.versions.node });
  expect(report.circumstances).not.toMatch(/gcc|simd-loss/);
  expect(readFileSync(markdown, "utf8")).not.toContain("NaN");
  expect(readdirSync(scratch)).toEqual([]);
});

test("a compiler that is broken leaves out C", () => {
  const { path } = program("gcc", 'test "$1" = --version && echo "gcc 1" || { echo "fatal error: broken" >&2; exit 1; }');
  const { status, stdout, stderr } = bench(["--quick", "--only", "^mse 16$", "--contender", "^C$"], path);
  expect(stderr).toMatch(/^(C is left out: gcc fails\. fatal error: broken\n)?$/);
  expect(stdout).toContain("naive");
  expect(status).toBe(0);
});

const peersAreInstalled = existsSync(new URL("../bench/peers/node_modules", import.meta.url));

test.skipIf(peersAreInstalled)("peers that cannot be installed are left out", () => {
  const { path } = program("npm", "exit 1");
  const { status, stdout, stderr } = bench(["--quick", "--only", "^mse 16$", "--peers", "--contender", "numpy"], path);
  expect(stderr).toMatch(/^other libraries are left out: .*\n$/);
  expect(stdout).toContain("naive");
  expect(status).toBe(1);
});

test("a contender of the library that fails shows in the exit status", () => {
  const { file } = program("node", `case "$*" in *'"name":"js"'*) echo boom >&2; exit 3;; esac\nexec "${process.execPath}" "$@"`);
  const { status, stdout, stderr } = bench(["--quick", "--only", "^mse 16$", "--contender", "^js$", "--node", file]);
  expect(stderr).toBe("wrong or failed: js (mse 16)\n");
  expect(stdout).toMatch(/failed.*boom/);
  expect(status).toBe(1);
});

/** Whether a process runs; one that has ended may wait for a parent that reads its status. */
function runs(pid: string): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" });
  return /^[^Z]/.test(stdout.trim());
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const binds = spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0;

test.each(["SIGINT", "SIGTERM", ...(binds ? (["SIGKILL"] as const) : [])] as const)("%s ends contenders too", async (signal) => {
  const pids = join(folder, `${signal}.pid`);
  const { file } = program("node", `test "$1" = -p && exec "${process.execPath}" "$@"\necho $$ > ${pids}\nexec sleep 60`);
  const run = spawn(process.execPath, [script, ...tiny, "--node", file], { env: environment(folder), stdio: "ignore" });
  const ended = new Promise((resolve) => run.once("exit", (_, by) => resolve(by)));
  await until(() => existsSync(pids) && readFileSync(pids, "utf8").endsWith("\n"));
  const pid = readFileSync(pids, "utf8").trim();
  run.kill(signal);
  expect(await ended).toBe(signal);
  await until(() => !runs(pid));
  if (signal !== "SIGKILL") expect(readdirSync(scratch)).toEqual([]);
});
