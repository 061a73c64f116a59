/** The benchmark of the browser: it runs every backend, and all give one answer. */

import { expect, test } from "vitest";
import { open, useBrowser, waitForStatus } from "./page";

useBrowser();

test("workloads are measured on the loop and on every backend", async () => {
  const page = await open("speed?only=mse%201e5&only=crossEntropy%20value%2Bgrad%204096x10");
  await page.getByRole("button", { name: "Measure" }).click();
  await waitForStatus(page, /^Measured 2 workloads/);
  const measured = page.locator('[data-measured="true"]');
  expect(await measured.count()).toBe(2);
  for (const card of await measured.all()) {
    const rows = card.locator("tbody tr");
    expect(await rows.evaluateAll((found) => found.map((row) => row.getAttribute("data-contender")))).toEqual([
      "naive",
      "js",
      "simd",
      "relaxed",
    ]);
    const ratios = await rows.locator("data").evaluateAll((found) => found.map((cell) => Number(cell.getAttribute("value"))));
    expect(ratios[0]).toBe(1);
    for (const ratio of ratios) expect(ratio).toBeGreaterThan(0);
    expect(await card.textContent()).not.toContain("another answer");
  }
});

test("a measurement can be stopped", async () => {
  const page = await open("speed");
  await page.getByRole("button", { name: "Measure" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await waitForStatus(page, /^Stopped/);
  await page.getByRole("button", { name: "Measure" }).waitFor();
});
