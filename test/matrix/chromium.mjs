/** How Debian's Chromium is driven. */

import { chromium } from "playwright-core";
import { ensureInstalled } from "./debian.mjs";

const executablePath = "/usr/bin/chromium";

/** No window, no sandbox (it needs privileges that containers withhold), and no traffic of the browser's own. */
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A running Chromium, as playwright-core drives it; the caller closes it. */
export async function launchChromium() {
  ensureInstalled("chromium");
  return chromium.launch({ executablePath, args });
}
