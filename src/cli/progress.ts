/** The progress bar on stderr, where that is a terminal. */

import { SingleBar } from "cli-progress";
import type { Watch } from "./evaluation";

/** A bar, and its end, which leaves the line empty. */
export function progressBar(stream: NodeJS.WriteStream): { watch: Watch; stop: () => void } {
  if (!stream.isTTY) return { watch() {}, stop() {} };
  const bar = new SingleBar({ stream, format: "{bar} {percentage}% · {rows} rows · {duration_formatted}", clearOnComplete: true, fps: 10 });
  bar.start(1, 0, { rows: "0" });
  return {
    watch: (share, rows) => bar.update(share, { rows: rows.toLocaleString("en") }),
    stop: () => bar.stop(),
  };
}
