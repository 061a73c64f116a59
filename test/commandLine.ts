/** The built command line as a child process, and folders of files for it to read. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll } from "vitest";

export const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs Node in a folder. */
export function node(folder: string, ...words: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  return { status, stdout, stderr };
}

/** Runs `simd-loss` in a folder. */
export function simdLoss(folder: string, ...words: string[]): Outcome {
  return node(folder, cli, ...words);
}

/** Runs `simd-loss eval`, and returns what it reports. */
export function evaluated(folder: string, ...words: string[]) {
  const { status, stdout, stderr } = simdLoss(folder, "eval", ...words, "--format", "json");
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "simd-loss-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs statements of SQL; `COPY … TO` writes the files. */
export async function sql(...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}
