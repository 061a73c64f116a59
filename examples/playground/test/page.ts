/** The playground in a browser, as a visitor has it. */

import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { launchChromium } from "../../../test/matrix/chromium.mjs";

export const sizes = { phone: { width: 390, height: 844 }, wide: { width: 1440, height: 900 } };

let browser: Browser;
let problems: string[] = [];

/** Starts a browser for a test file; a test in which the page reports an error fails. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const told = problems;
    problems = [];
    expect(told).toEqual([]);
  });
}

/** Opens the page at a state, all that it fetches fetched. */
export async function open(hash = "", options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: sizes.wide, reducedMotion: "reduce", ...options });
  page.on("pageerror", (error) => problems.push(String(error.stack)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(`${inject("url")}#${hash}`, { waitUntil: "networkidle" });
  return page;
}

/** The full value of a number on the page. */
export async function numberOf(place: Locator): Promise<number> {
  return Number(await place.getAttribute("value"));
}

/** The numbers in the row of a loss. */
export async function rowOf(page: Page, loss: string, at = 0): Promise<number[]> {
  const cells = page.locator(`[role=tabpanel]:not([hidden]) tr[data-loss="${loss}"]`).nth(at).locator("data");
  return cells.evaluateAll((found) => found.map((cell) => Number(cell.getAttribute("value"))));
}

/** Presses a key a number of times. */
export async function press(page: Page, key: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

/** Fails unless two numbers agree but for a few roundings: backends may differ in the last bits. */
export function expectNear(actual: number | undefined, expected: number, tolerance = 1e-12): void {
  if (!Number.isFinite(expected)) expect(actual).toBe(expected);
  else
    expect(Math.abs(actual! - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-300));
}

/** Waits until the status line of the section shown says something. */
export async function waitForStatus(page: Page, pattern: RegExp): Promise<void> {
  await page.locator("[role=tabpanel]:not([hidden]) [role=status]").filter({ hasText: pattern }).first().waitFor({ timeout: 90_000 });
}
