/** The run's temporary folder, which is gone at its end, even if a signal ends it. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onExit } from "signal-exit";

let folder;

/** A path in the folder. */
export function temporary(name) {
  if (folder === undefined) {
    folder = mkdtempSync(join(tmpdir(), "simd-loss-bench-"));
    onExit(() => rmSync(folder, { recursive: true, force: true }));
  }
  return join(folder, name);
}
