/** The choice of another curve: found by words, by its name elsewhere, and added without a mouse. */

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { open, rowOf, useBrowser } from "./page";

useBrowser();

const offered = (page: Page) => page.getByLabel("Another curve").locator("option").allTextContents();

test("words narrow the list, in whatever order, and enter adds the first that is left", async () => {
  const page = await open("curves");
  const all = await offered(page);
  await page.getByLabel("Find a loss").fill("Forecasting OUTLIERS");
  const found = await offered(page);
  expect(found).toEqual(["mae", "huber"]);
  expect(await page.locator(".picker [role=status]").textContent()).toBe(`2 of ${all.length}`);
  await page.getByLabel("Find a loss").fill("");
  expect(await offered(page)).toEqual(all);
});

test("a name of another library finds its loss, which the enter key adds", async () => {
  const page = await open("curves?curve=mse");
  await page.getByLabel("Find a loss").fill("F.soft_margin_loss");
  expect(await offered(page)).toEqual(["softMargin"]);
  await page.getByLabel("Find a loss").press("Enter");
  expect(await rowOf(page, "softMargin")).not.toEqual([]);
  expect(await page.getByLabel("Find a loss").evaluate((field) => field === document.activeElement)).toBe(true);
});

test("what no loss is known by", async () => {
  const page = await open("curves?curve=mse");
  await page.getByLabel("Find a loss").fill("nosuch");
  expect(await offered(page)).toEqual([]);
  expect(await page.getByText("No loss is known by that.").isVisible()).toBe(true);
  await page.getByLabel("Find a loss").press("Enter");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  expect(await page.locator("tr[data-loss]").count()).toBe(1);
});

test("the arrow keys choose in the list, enter adds", async () => {
  const page = await open("curves?curve=mse");
  await page.getByLabel("Another curve").selectOption("mae");
  await page.getByLabel("Another curve").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await page.locator("tr[data-loss]").count()).toBe(2);
  expect(await rowOf(page, "mape")).not.toEqual([]);
});
