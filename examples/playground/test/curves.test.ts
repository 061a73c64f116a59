/** The curves: every loss is there, and every number is the library's. */

import type { Page } from "playwright-core";
import * as library from "simd-loss";
import { expect, test } from "vitest";
import { expectNear, numberOf, open, press, rowOf, useBrowser } from "./page";

useBrowser();

type Options = Readonly<Record<string, unknown>>;
interface Loss {
  (prediction: Row, target: readonly number[], options?: Options): number;
  grad(prediction: Row, target: readonly number[], options?: Options): Float64Array;
  gradAndHess?(prediction: Row, target: readonly number[], options?: Options): { hess: Float64Array };
  readonly lossName: string;
  readonly options: ReadonlySet<string>;
}
type Row = readonly number[] | Float64Array;

const exported = Object.values(library) as readonly unknown[];
const losses = exported.filter((f): f is Loss => typeof f === "function" && "lossName" in f);
const activations = exported.filter((f): f is { activationName: string } => typeof f === "function" && "activationName" in f);

const slider = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const valueOfSlider = async (page: Page, label: string) => Number(await slider(page, label).inputValue());

test("every loss and activation can be drawn, or is named as not drawable", async () => {
  const page = await open("curves");
  const offered = await page.getByLabel("Another curve").locator("option").allTextContents();
  const told = await page.getByText(/^Not drawn here/).textContent();
  const others = told!.replace(/^.*: |\.$/g, "").split(", ");
  const all = [...losses.map(({ lossName }) => lossName), ...activations.map(({ activationName }) => activationName)];
  expect([...offered, ...others].sort()).toEqual(all.sort());
  expect(offered).toEqual(expect.arrayContaining(["mse", "huber", "binaryCrossEntropyWithLogits", "crossEntropy", "nll", "sigmoid"]));
});

test("a slider changes the numbers as the library says", async () => {
  const page = await open("curves");
  await slider(page, "prediction").focus();
  await press(page, "ArrowRight", 25);
  await slider(page, "target t").focus();
  await press(page, "ArrowLeft", 7);
  await slider(page, "delta").focus();
  await press(page, "ArrowRight", 9);
  const [at, target, delta] = await Promise.all(["prediction", "target t", "delta"].map((label) => valueOfSlider(page, label)));
  expect([at, target, delta]).toEqual([2, -0.7, 1.9]);
  expect(await rowOf(page, "mse")).toEqual([library.mse([at!], [target!]), library.mse.grad([at!], [target!])[0], 2]);
  const [value, slope, curvature] = await rowOf(page, "huber");
  expectNear(value, library.huber([at!], [target!], { delta }));
  expectNear(slope, library.huber.grad([at!], [target!], { delta })[0]!);
  expect(curvature).toBe(0);
});

test("the numbers of every loss are the library's", async () => {
  const page = await open("curves");
  for (const loss of losses) {
    const { lossName: name } = loss;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `curves?curve=${name}&axis=logit&at=1.2`);
    await page
      .locator(`tr[data-loss="${name}"]`)
      .or(page.getByText(new RegExp(`^Not drawn here.*\\b${name}\\b`)))
      .waitFor();
    if ((await page.locator(`tr[data-loss="${name}"]`).count()) === 0) continue;
    if ((await slider(page, "target t").count()) === 0) expectRow(loss, await rowOf(page, name));
    else await expectElement(page, loss);
  }
});

/** A loss of one prediction, against the prediction as it takes it. */
async function expectElement(page: Page, loss: Loss): Promise<void> {
  const own = page.getByRole("radio", { name: "against the prediction" });
  if ((await own.count()) > 0) await own.check();
  const [value, slope, curvature] = await rowOf(page, loss.lossName);
  const at = await valueOfSlider(page, "prediction");
  const target = await valueOfSlider(page, "target t");
  expectNear(value, loss([at], [target]));
  expectNear(slope, loss.grad([at], [target])[0]!);
  expect(curvature === undefined).toBe(loss.gradAndHess === undefined);
  if (loss.gradAndHess !== undefined) expectNear(curvature, loss.gradAndHess([at], [target]).hess[0]!);
}

/** A loss of a row: of the logits, or of what the library makes of them, and a label, its one-hot distribution, or a list of labels. */
function expectRow(loss: Loss, shown: readonly number[]): void {
  const logits = [1.2, 0, 0];
  const possible = [logits, library.softmax(logits), library.logSoftmax(logits)].flatMap((row) =>
    [[0], [1, 0, 0], [0, -1, -1]].flatMap((target) =>
      (loss.options.has("classes") ? [{}, { classes: 3 }] : [{}]).flatMap((options) => {
        try {
          const hess = loss.gradAndHess?.(row, target, options).hess[0];
          return [[loss(row, target, options), loss.grad(row, target, options)[0]!, ...(hess === undefined ? [] : [hess])]];
        } catch {
          return [];
        }
      }),
    ),
  );
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.abs(b);
  const found = possible.some((expected) => expected.length === shown.length && expected.every((number, i) => near(shown[i]!, number)));
  expect(found, `${loss.lossName}: ${shown} of ${JSON.stringify(possible)}`).toBe(true);
}

test("the article's picture: -log p and -log(1 - p)", async () => {
  const page = await open("curves");
  await page.getByRole("button", { name: "−log p and −log(1 − p)" }).click();
  expectNear((await rowOf(page, "binaryCrossEntropy", 0))[0], -Math.log(0.25));
  expectNear((await rowOf(page, "binaryCrossEntropy", 1))[0], -Math.log(0.75));
});

test("cross-entropy against the probability of the true class is -log p, its gradient p - 1", async () => {
  const page = await open("curves?curve=crossEntropy;classes:5&axis=probability&at=0.3");
  const [value, slope] = await rowOf(page, "crossEntropy");
  expectNear(value, -Math.log(0.3));
  expectNear(slope, 0.3 - 1);
});

test("the address holds the state, and going back restores the section before", async () => {
  const page = await open("curves");
  await page.getByLabel("Another curve").selectOption("smoothL1");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await slider(page, "beta").focus();
  await press(page, "ArrowRight", 5);
  const before = await rowOf(page, "smoothL1");
  await page.reload({ waitUntil: "networkidle" });
  expect(await rowOf(page, "smoothL1")).toEqual(before);
  expect(await slider(page, "beta").inputValue()).toBe("1.5");
  await page.getByRole("tab", { name: "Speed" }).click();
  await page.goBack();
  expect(await page.getByRole("tab", { name: "Curves" }).getAttribute("aria-selected")).toBe("true");
});

test("a state that means nothing is passed over", async () => {
  const page = await open("curves?curve=nosuch&curve=huber;delta:oops;target:99;nosuch:1&at=oops&axis=oops");
  expect(await rowOf(page, "huber")).toHaveLength(3);
  expect(await page.locator("tr[data-loss]").count()).toBe(1);
});

test("softmax of three logits", async () => {
  const page = await open("curves?preset=softmax&logits=1,2,3");
  const numbers = await page
    .locator("#panel-curves tbody data")
    .evaluateAll((found) => found.map((cell) => Number(cell.getAttribute("value"))));
  const softmax = library.softmax([1, 2, 3]);
  expect(numbers).toHaveLength(9);
  [0, 1, 2].forEach((c) => {
    expectNear(numbers[3 * c + 1], softmax[c]!);
    expectNear(numbers[3 * c + 2], -Math.log(softmax[c]!), 1e-11);
  });
});

test("an outlier drags the line of the squared error, not that of the absolute error", async () => {
  const page = await open("curves?preset=outlier");
  await slider(page, "height of the last point").focus();
  await press(page, "Home", 1);
  const xs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const ys = [1.2, 1.3, 2.2, 2.3, 3.1, 3.4, 4.2, 4.3, 5.1, await valueOfSlider(page, "height of the last point")];
  expect(ys[9]).toBe(-8);
  const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const leastSquares = mean(xs.map((x, i) => (x - mean(xs)) * (ys[i]! - mean(ys)))) / mean(xs.map((x) => (x - mean(xs)) ** 2));
  const [slope, without] = await rowOf(page, "mse");
  expectNear(slope, leastSquares, 1e-6);
  expect(slope).toBeLessThan(without! - 0.5);
  const [absolute, absoluteWithout] = await rowOf(page, "mae");
  expect(Math.abs(absolute! - absoluteWithout!)).toBeLessThan(0.1);
});

test("the outlier can be dragged", async () => {
  const page = await open("curves?preset=outlier");
  const before = (await rowOf(page, "mse"))[0]!;
  const box = (await page.locator("circle.moved").boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x, box.y - 150, { steps: 5 });
  await page.mouse.up();
  expect(await valueOfSlider(page, "height of the last point")).toBeGreaterThan(0);
  expect((await rowOf(page, "mse"))[0]).toBeGreaterThan(before);
});

test("a click in a picture moves the mark, and the table has the curve's numbers", async () => {
  const page = await open("curves?curve=mse;target:1");
  const box = (await page.locator(".plot .u-over").first().boundingBox())!;
  await page.mouse.click(box.x + 0.75 * box.width, box.y + 20);
  expect(await valueOfSlider(page, "prediction")).toBeCloseTo(2, 1);
  await page.getByText("The curves as a table").click();
  const first = page.locator("#panel-curves details tbody tr").first().locator("data");
  expect(await numberOf(first.first())).toBe(library.mse([-4], [1]));
});
