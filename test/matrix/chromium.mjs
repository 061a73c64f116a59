/** How the matrices open Chromium: Debian's, without a window and without traffic of its own. */

import { chromium } from "playwright-core";

/** Where Debian's package puts it. */
const executablePath = "/usr/bin/chromium";

const args = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A new Chromium with a profile of its own; Playwright gives it `--headless` and `--no-sandbox`, which root needs. */
export function launchChromium() {
  return chromium.launch({ executablePath, args });
}
