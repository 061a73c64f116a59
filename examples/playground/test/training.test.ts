/** The training: the numbers of `npm run train`, live. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { init, mse } from "simd-loss";
import { expect, test } from "vitest";
import { readDigits } from "../../train/digitsFile.mjs";
import { Training } from "../../train/training.mjs";
import { numberOf, open, useBrowser, waitForStatus } from "./page";

useBrowser();

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Training and test loss of each epoch, as the page has them. */
async function epochsOf(page: Page): Promise<number[][]> {
  return page
    .locator("table.epochs tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("data")].map((cell) => Number(cell.getAttribute("value")))));
}

async function train(page: Page): Promise<number[][]> {
  await button(page, "Train").click();
  await waitForStatus(page, /^Trained/);
  return epochsOf(page);
}

/** What the same code gives in Node. */
async function inNode(epochs: number, options: object): Promise<number[][]> {
  await init({ backend: "simd" });
  const training = new Training(await readDigits(), options);
  return Array.from({ length: epochs }, () => [training.epoch(), training.test().loss]);
}

test("thirty epochs give what npm run train prints, to the last bit of every epoch's losses", async () => {
  const folder = mkdtempSync(join(tmpdir(), "simd-loss-playground-"));
  const printed = execFileSync(process.execPath, ["examples/train/train.mjs", "--svg", join(folder, "loss.svg")], {
    cwd: repository,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  rmSync(folder, { recursive: true });
  const [, testLoss, accuracy] = /test loss (\S+)\naccuracy (\S+ %)/.exec(printed)!;

  const page = await open("training");
  const epochs = await train(page);
  expect(epochs).toHaveLength(30);
  expect(epochs).toEqual(await inNode(30, { seed: 1 }));
  expect(epochs.at(-1)![0]).toBeLessThan(epochs[0]![0]! / 10);
  expect(await page.locator(".test-loss").textContent()).toBe(testLoss);
  expect(await page.locator(".correct").textContent()).toBe(accuracy);
  const confusion = await page.locator(".confusion td.same").allTextContents();
  expect(confusion.reduce((sum, count) => sum + Number(count.replace("·", "0")), 0)).toBe(await numberOf(page.locator(".correct")));
});

test("settings reach the training: seed, learning rate, batch size", async () => {
  const page = await open("training?seed=3&rate=0.1&batchSize=64&epochs=5");
  expect(await train(page)).toEqual(await inNode(5, { seed: 3, rate: 0.1, batchSize: 64 }));
});

test("another loss is minimised: squared error of outputs that should be 1 for the digit, else 0", async () => {
  const CLASSES = 10;
  const oneHot = (labels: Int32Array) =>
    Float32Array.from({ length: labels.length * CLASSES }, (_, i) => (labels[Math.floor(i / CLASSES)] === i % CLASSES ? 1 : 0));
  const loss = Object.assign((logits: Float32Array, labels: Int32Array) => CLASSES * mse(logits, oneHot(labels)), {
    valueAndGrad: (logits: Float32Array, labels: Int32Array) => mse.valueAndGrad(logits, oneHot(labels), { upstream: CLASSES }),
  });
  const page = await open("training?loss=mse&rate=0.05&epochs=5");
  const epochs = await train(page);
  const expected = await inNode(5, { rate: 0.05, loss });
  expect(epochs).toHaveLength(5);
  // The value of valueAndGrad is the mean over the outputs, a tenth of what the page shows.
  epochs.forEach(([trained, tested], epoch) => {
    expect(Math.abs(trained! / (CLASSES * expected[epoch]![0]!) - 1)).toBeLessThan(1e-4);
    expect(Math.abs(tested! / expected[epoch]![1]! - 1)).toBeLessThan(1e-4);
  });
  expect(epochs[4]![0]).toBeLessThan(epochs[0]![0]!);
});

test("every loss that is offered can be trained with", async () => {
  const page = await open("training");
  const losses = await page.getByLabel("loss", { exact: true }).locator("option").allTextContents();
  expect(losses).toEqual(expect.arrayContaining(["crossEntropy", "mse", "binaryCrossEntropyWithLogits", "nll"]));
  for (const loss of losses) {
    const batchLoss = page.locator("#panel-training .figures dd").nth(1);
    await page.getByLabel("loss", { exact: true }).selectOption(loss);
    await batchLoss.filter({ hasText: "–" }).waitFor();
    await button(page, "One batch").click();
    await batchLoss.filter({ hasText: /\d/ }).waitFor();
    expect(Number.isFinite(await numberOf(page.locator(".test-loss"))), loss).toBe(true);
  }
});

test("one batch, pause, reset", async () => {
  const page = await open("training?epochs=100");
  const loss = page.locator("#panel-training .figures dd").nth(1);
  expect(await loss.textContent()).toBe("–");
  const fresh = await numberOf(page.locator(".test-loss"));
  await button(page, "One batch").click();
  await loss.filter({ hasText: /\d/ }).waitFor();
  expect(await numberOf(page.locator(".test-loss"))).not.toBe(fresh);

  await page.getByLabel("slowly, batch by batch").check();
  await button(page, "Train").click();
  await button(page, "Pause").click();
  await button(page, "Train").waitFor();
  const paused = await numberOf(page.locator(".test-loss"));
  await page.waitForTimeout(300);
  expect(await numberOf(page.locator(".test-loss"))).toBe(paused);

  await button(page, "Reset").click();
  await loss.filter({ hasText: "–" }).waitFor();
  expect(await numberOf(page.locator(".test-loss"))).toBe(fresh);
});
