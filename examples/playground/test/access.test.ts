/** For everyone: by keyboard alone, without a network, in both colours and both sizes without an axe violation; and pictures of it. */

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { open, press, rowOf, sizes, useBrowser, waitForStatus } from "./page";

useBrowser();

const screenshots = fileURLToPath(new URL("../screenshots/", import.meta.url));
mkdirSync(screenshots, { recursive: true });

const noPreparation = async (_: Page): Promise<void> => {};

/** Every view, with what brings it to life. */
const views: Readonly<Record<string, { hash: string; prepare: (page: Page) => Promise<void> }>> = {
  curves: { hash: "curves", prepare: (page) => page.getByText("The curves as a table").click() },
  "curves-log": { hash: "curves?preset=log", prepare: noPreparation },
  "curves-sigmoid": { hash: "curves?preset=sigmoid", prepare: noPreparation },
  "curves-softmax": { hash: "curves?preset=softmax", prepare: noPreparation },
  "curves-outlier": { hash: "curves?preset=outlier", prepare: noPreparation },
  training: {
    hash: "training?epochs=15",
    async prepare(page) {
      await page.getByRole("button", { name: "Train", exact: true }).click();
      await waitForStatus(page, /^Trained/);
    },
  },
  speed: {
    hash: "speed?only=mse%20value%2Bgrad%201e5&only=huber%20value%2Bgrad%201e5&only=softmax%204096x10",
    async prepare(page) {
      await page.getByRole("button", { name: "Measure" }).click();
      await waitForStatus(page, /^Measured/);
    },
  },
  data: { hash: "data", prepare: (page) => page.getByText("Paste text").click() },
};

describe.each(Object.entries(sizes))("%s", (size, viewport) => {
  describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
    test.each(Object.entries(views))("%s has no axe violation", async (name, { hash, prepare }) => {
      const page = await open(hash, { viewport, colorScheme });
      await prepare(page);
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: `${screenshots}${name}-${size}-${colorScheme}.png`, fullPage: true });
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      expect(passes.length).toBeGreaterThan(20);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "overflow").toBeLessThanOrEqual(0);
    });
  });
});

/** Marks what can have the focus, one of each group of radio buttons, and tells how many there are. */
function markFocusable(page: Page): Promise<number> {
  return page.evaluate(() => {
    const groups = new Set<string>();
    const found = [...document.querySelectorAll<HTMLInputElement>("a, button, input, select, textarea, summary, [tabindex]")].filter(
      (each) => {
        if (!each.checkVisibility() || each.disabled || each.tabIndex < 0) return false;
        if (each.type !== "radio") return true;
        if (groups.has(each.name)) return false;
        groups.add(each.name);
        return true;
      },
    );
    found.forEach((each) => {
      each.dataset.focusable = each.type === "radio" ? each.name : "";
    });
    return found.length;
  });
}

test.each(["curves", "curves?preset=log", "curves?preset=softmax", "curves?preset=outlier", "training", "speed", "data"])(
  "the tab key reaches every control of %s, and each shows that it has the focus",
  async (hash) => {
    const page = await open(hash);
    const count = await markFocusable(page);
    expect(count).toBeGreaterThan(5);
    const reached = new Set<number>();
    for (let i = 0; i < count; i++) {
      await page.keyboard.press("Tab");
      const { index, outlined } = await page.evaluate(() => {
        const active = document.activeElement as HTMLInputElement;
        const marked = [...document.querySelectorAll<HTMLInputElement>("[data-focusable]")];
        const at = marked.findIndex((each) => each === active || (active.type === "radio" && each.dataset.focusable === active.name));
        const outline = (each: Element | null) => each !== null && getComputedStyle(each).outlineStyle !== "none";
        return { index: at, outlined: outline(active) || outline(active.closest(".drop")) };
      });
      expect(outlined).toBe(true);
      reached.add(index);
    }
    expect([...reached].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  },
);

test("the keyboard alone: from the tabs to a slider, a preset, a training, a loss of one's data", async () => {
  const page = await open();
  await press(page, "Tab", 2);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-curves");
  await press(page, "Tab", 2);
  await page.keyboard.press("Enter");
  expect(await rowOf(page, "binaryCrossEntropy")).toHaveLength(3);
  await page.getByLabel("prediction", { exact: true }).focus();
  const before = await rowOf(page, "binaryCrossEntropy");
  await page.keyboard.press("ArrowRight");
  expect(await rowOf(page, "binaryCrossEntropy")).not.toEqual(before);

  await page.locator("#tab-curves").focus();
  await page.keyboard.press("ArrowRight");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-training");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await waitForStatus(page, /^Train/);

  await page.locator("#tab-training").focus();
  await page.keyboard.press("End");
  expect(await page.locator("#panel-data").isVisible()).toBe(true);
  await page.getByRole("button", { name: "diabetes_predictions.csv" }).focus();
  await page.keyboard.press("Enter");
  await waitForStatus(page, /^diabetes/);
  await page.getByLabel("mse", { exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  expect(await page.getByRole("heading", { name: "halfSquaredError" }).isVisible()).toBe(true);
  await page.keyboard.press("Home");
  await page.locator("#tab-data").focus();
  await page.keyboard.press("Home");
  expect(await page.locator("#panel-curves").isVisible()).toBe(true);
});

test("nothing is fetched once the page is there", async () => {
  const page = await open();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Squared, absolute, Huber" }).click();
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("button", { name: "One batch" }).click();
  await page.locator("#panel-training .figures dd").nth(1).filter({ hasText: /\d/ }).waitFor();
  await page.getByRole("tab", { name: "Speed" }).click();
  await page.getByRole("button", { name: "Measure" }).click();
  await page.locator('[data-measured="true"]').first().waitFor();
  await page.getByRole("tab", { name: "Your data" }).click();
  for (const sample of await page.getByRole("group", { name: "Samples" }).getByRole("button").all()) {
    await sample.click();
    await waitForStatus(page, new RegExp(`^${await sample.textContent()}`));
  }
  expect(requests).toEqual([]);
});

test("the switch of colours wins over the system's, and is remembered", async () => {
  const page = await open("", { colorScheme: "light" });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Switch to dark colours" }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await background()).toBe(dark);
  await page.getByRole("button", { name: "Switch to light colours" }).click();
  expect(await background()).toBe(light);
});
