/** The options of losses: a slider or a box for each that a loss declares, and what they do is what the library does. */

import type { Page } from "playwright-core";
import type { LossParameters } from "simd-loss";
import * as library from "simd-loss";
import { expect, test } from "vitest";
import { expectNear, open, press, rowOf, useBrowser } from "./page";

useBrowser();

interface Loss {
  readonly lossName: string;
  readonly parameters: LossParameters;
}

const losses = (Object.values(library) as readonly unknown[]).filter((f): f is Loss => typeof f === "function" && "lossName" in f);
/** A label that means none is no quantity to try out. */
const untold = new Set(["ignoreIndex"]);
const { crossEntropy, huber, klDivergence, multilabelMargin, multilabelSoftMargin, poissonNll, tweedie } = library;

const box = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });
const slider = (page: Page, name: string) => page.getByRole("slider", { name, exact: true });
const isFocused = (page: Page, name: string) => box(page, name).evaluate((input) => input === document.activeElement);

/** Changes the state as a link to it would. */
async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
}

test("every option that a loss declares has a slider if it is a number, a box if it is a boolean, at its default", async () => {
  const page = await open("curves");
  const told = (await page.getByText(/^Not drawn here/).textContent())!.replace(/^.*: |\.$/g, "").split(", ");
  let boxes = 0;
  for (const { lossName, parameters } of losses.filter((loss) => !told.includes(loss.lossName))) {
    await go(page, `curves?curve=${lossName}`);
    const card = page.locator(`li[data-loss="${lossName}"]`);
    await card.waitFor();
    for (const [name, { default: usual }] of Object.entries(parameters)) {
      if (untold.has(name)) continue;
      const role = typeof usual === "boolean" ? "checkbox" : "slider";
      const control = card.getByRole(role, { name, exact: true });
      expect(await control.count(), `${lossName} ${name}`).toBe(1);
      if (typeof usual !== "boolean") continue;
      expect(await control.isChecked(), `${lossName} ${name}`).toBe(usual);
      boxes++;
    }
  }
  expect(boxes).toBeGreaterThanOrEqual(3);
});

test("boxes by the keyboard: the numbers are the library's, the focus stays, and the address holds them", async () => {
  const page = await open("curves?curve=poissonNll;target:3&at=2");
  const expectPoisson = async (options: object) => {
    const [value, slope, curvature] = await rowOf(page, "poissonNll");
    expectNear(value, poissonNll([2], [3], options));
    expectNear(slope, poissonNll.grad([2], [3], options)[0]!);
    expectNear(curvature, poissonNll.gradAndHess([2], [3], options).hess[0]!);
  };
  await expectPoisson({});
  await box(page, "full").focus();
  await page.keyboard.press("Space");
  await expectPoisson({ full: true });
  expect(await isFocused(page, "full")).toBe(true);
  await box(page, "logInput").focus();
  await page.keyboard.press("Space");
  await expectPoisson({ full: true, logInput: false });
  expect(await isFocused(page, "logInput")).toBe(true);
  expect(await slider(page, "prediction").getAttribute("min"), "a rate").toBe("0");

  expect(page.url()).toContain("logInput:false");
  await page.reload({ waitUntil: "networkidle" });
  expect(await box(page, "logInput").isChecked()).toBe(false);
  expect(await box(page, "full").isChecked()).toBe(true);
  await expectPoisson({ full: true, logInput: false });
  await page.getByText("logInput", { exact: true }).click();
  await expectPoisson({ full: true });
});

test("of two curves of one loss, the one whose box is checked changes, and is told from the other", async () => {
  const page = await open("curves?curve=poissonNll;target:2&curve=poissonNll;target:2&at=1");
  await box(page, "full").nth(1).focus();
  await page.keyboard.press("Space");
  expectNear((await rowOf(page, "poissonNll", 0))[0], poissonNll([1], [2]));
  expectNear((await rowOf(page, "poissonNll", 1))[0], poissonNll([1], [2], { full: true }));
  expect(
    await box(page, "full")
      .nth(1)
      .evaluate((input) => input === document.activeElement),
  ).toBe(true);
  expect(await page.locator("tr[data-loss] th").allTextContents()).toEqual(["poissonNll", "poissonNll, full true"]);
});

test("a target becomes a log-probability with the option that says so", async () => {
  const page = await open("curves?curve=klDivergence;target:0.5&at=-1");
  expectNear((await rowOf(page, "klDivergence"))[0], klDivergence([-1], [0.5]));
  await slider(page, "target t").focus();
  await press(page, "End", 1);
  await box(page, "logTarget").check();
  expect(await slider(page, "target t").getAttribute("max")).toBe("0");
  expectNear((await rowOf(page, "klDivergence"))[0], klDivergence([-1], [0], { logTarget: true }));
});

test("the boxes of one's own data", async () => {
  const page = await open("data?sample=diabetes_predictions.csv&loss=poissonNll");
  const mean = async () => Number(await page.locator("data.mean").getAttribute("value"));
  const before = await mean();
  await box(page, "logInput").uncheck();
  const rate = await mean();
  expect(rate).not.toBe(before);
  await box(page, "full").check();
  expect(await mean()).toBeGreaterThan(rate);
});

test("a number without end begins at infinity", async () => {
  const page = await open("curves?curve=crossEntropy&axis=logit&at=2");
  const shown = async () => (await rowOf(page, "crossEntropy"))[0];
  expect(await slider(page, "softcap").getAttribute("aria-valuetext")).toBe("∞");
  expectNear(await shown(), crossEntropy([2, 0, 0], [0]));
  await slider(page, "softcap").focus();
  await page.keyboard.press("Home");
  expectNear(await shown(), crossEntropy([2, 0, 0], [0], { softcap: 1 }));
  await page.keyboard.press("End");
  expectNear(await shown(), crossEntropy([2, 0, 0], [0]));
});

test("a slider passes over the values that a loss refuses, and what a power leaves of the predictions is drawn", async () => {
  const page = await open("curves?curve=tweedie;target:2&at=3");
  const shown = async () => (await rowOf(page, "tweedie"))[0];
  expectNear(await shown(), tweedie([3], [2]));
  await slider(page, "power").focus();
  await page.keyboard.press("ArrowRight");
  expect(await slider(page, "power").getAttribute("aria-valuetext")).toBe("1");
  expectNear(await shown(), tweedie([3], [2], { power: 1 }));
  expect(Number(await slider(page, "prediction").getAttribute("min"))).toBeGreaterThanOrEqual(0);
  await page.keyboard.press("ArrowLeft");
  expectNear(await shown(), tweedie([3], [2]));
});

test("an address cannot set what a loss refuses", async () => {
  const page = await open("curves?curve=huber;delta:-1;target:0&curve=tweedie;power:0.5;target:0&curve=poissonNll;full:maybe&at=2");
  expectNear((await rowOf(page, "huber"))[0], huber([2], [0]));
  expectNear((await rowOf(page, "tweedie"))[0], tweedie([2], [0]));
  expect(await box(page, "full").isChecked()).toBe(false);
});

test("losses of several labels: a list of labels, and logits each by itself", async () => {
  const page = await open("curves?curve=multilabelMargin&curve=multilabelSoftMargin&axis=logit&at=0.4");
  const row = [0.4, 0, 0];
  expectNear((await rowOf(page, "multilabelMargin"))[0], multilabelMargin(row, [0, -1, -1], { classes: 3 }));
  expectNear((await rowOf(page, "multilabelSoftMargin"))[0], multilabelSoftMargin(row, [1, 0, 0], { classes: 3 }));
  await go(page, "curves?curve=multilabelSoftMargin&axis=probability&at=0.6");
  await page.locator('tr[data-loss="multilabelMargin"]').waitFor({ state: "detached" });
  // The mean of the binary cross-entropies of a yes with 0.6 and two times no with 0.2.
  expectNear((await rowOf(page, "multilabelSoftMargin"))[0], -(Math.log(0.6) + 2 * Math.log(0.8)) / 3);
});
