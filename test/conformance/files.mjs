/** Which files of a directory are case files. */

import { readdirSync } from "node:fs";

export function caseFiles(directory) {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json") && file !== "manifest.json")
    .sort();
}
