/** The browsers of the matrix: their Debian packages, what their engines can run, and how each opens a page. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "../matrix/chromium.mjs";
import { dpkgQuery } from "../matrix/debian.mjs";
import { start } from "./process.mjs";

/**
 * `packages`: the browser's own first, then what it needs here. `backends`: what its engine must run, the automatic choice
 * first. `open` gives `ended`, a promise that rejects when the browser ends, and `close`.
 */
export const browsers = [
  { name: "chromium", packages: ["chromium"], backends: ["relaxed", "simd", "js"], open: openChromium },
  { name: "firefox", packages: ["firefox-esr"], backends: ["relaxed", "simd", "js"], open: openFirefox },
  // JavaScriptCore has no relaxed SIMD.
  { name: "webkitgtk", packages: ["webkit2gtk-driver", "xvfb"], backends: ["simd", "js"], open: openWebKit },
];

async function openChromium(url) {
  const browser = await launchChromium();
  const ended = new Promise((_, reject) => {
    browser.on("disconnected", () => reject(new Error("chromium ended")));
    openPage(browser, url).catch(reject);
  });
  ended.catch(() => {});
  return { ended, close: () => browser.close() };
}

/** Rejects where the page does not load or, later, crashes. */
async function openPage(browser, url) {
  const page = await browser.newPage();
  const crashed = new Promise((_, reject) => page.on("crash", () => reject(new Error("the page crashed"))));
  await page.goto(url);
  await crashed;
}

/** What Firefox would otherwise ask, or fetch, at its first start. */
const firefoxPreferences = {
  "app.normandy.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

async function openFirefox(url) {
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const lines = Object.entries(firefoxPreferences).map((preference) => `user_pref(${preference.map((part) => JSON.stringify(part))});`);
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const firefox = start("firefox-esr", ["--headless", "--no-remote", "--profile", profile, url]);
  return {
    ended: firefox.ended,
    async close() {
      await firefox.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** WebKitGTK's own small browser; it needs a display. */
async function openWebKit(url) {
  const path = dpkgQuery("--search", "*/MiniBrowser")?.split(": ").at(-1);
  if (path === undefined) throw new Error("no package has MiniBrowser");
  const display = start("Xvfb", ["-displayfd", "1", "-nolisten", "tcp"]);
  const number = await Promise.race([new Promise((resolve) => display.stdout.once("data", resolve)), display.ended]);
  const browser = start(path, ["--private", url], { DISPLAY: `:${number.trim()}` });
  return {
    ended: browser.ended,
    async close() {
      await browser.close();
      await display.close();
    },
  };
}
