/** Reads case files from disk. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "./case";
import { parseCases } from "./parse";

export { caseFiles } from "./files.mjs";

/** The cases of a file. */
export function readCases(directory: string, file: string): Case[] {
  return parseCases(file, readFileSync(join(directory, file), "utf8"));
}
