/** The licences of the packages that a bundle contains. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param metafile what esbuild tells of a bundle
 * @returns name, version and licence text of each package that went into it
 * @throws Error for a package without a licence file: its text must not be left out
 */
export function licencesOf({ inputs }) {
  const folders = Object.keys(inputs).flatMap((path) => path.match(/^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/) ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${folder} has no licence file`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}
