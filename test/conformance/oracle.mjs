/** `npm run oracle -- DIR`: the built library against the case files of a directory, by default those of the tests. */

import { existsSync } from "node:fs";
import { build } from "esbuild";
import * as library from "simd-loss";

const [directory = "test/oracle", ...rest] = process.argv.slice(2);
if (rest.length > 0 || !existsSync(directory)) {
  console.error("usage: npm run oracle [-- DIR], a directory of case files: see test/oracle/FORMAT.md");
  process.exit(2);
}

const { outputFiles } = await build({
  entryPoints: [new URL("report.ts", import.meta.url).pathname],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
});
const { report } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
process.exitCode = (await report(library, directory)) ? 0 : 1;
