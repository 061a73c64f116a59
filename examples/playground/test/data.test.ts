/** A visitor's own data: dropped, chosen or pasted, and evaluated as the library says. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { huber, mae } from "simd-loss";
import { expect, test } from "vitest";
import { expectNear, numberOf, open, rowOf, useBrowser, waitForStatus } from "./page";

useBrowser();

const file = (name: string) => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
const scores = JSON.parse(readFileSync(file("expected.json"), "utf8"));
/** What a file's 9 digits of a float32 logit leave of a score. */
const NINE_DIGITS = 1e-9;

/** Drops a text as a file on the page's drop zone. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([title, content]) => {
      const made = new DataTransfer();
      made.items.add(new File([content!], title!, { type: "text/csv" }));
      return made;
    },
    [name, text],
  );
  await page.dispatchEvent(".drop", "drop", { dataTransfer: transfer });
}

async function mean(page: Page, loss: string): Promise<number | undefined> {
  return (await rowOf(page, loss))[0];
}

test("the bundled files have scikit-learn's scores", async () => {
  const page = await open("data");
  const cases = [
    ["digits_logits.csv", "crossEntropy", "sklearn_log_loss", NINE_DIGITS],
    ["breast_cancer_probs.csv", "binaryCrossEntropy", "binary_cross_entropy", 1e-12],
    ["breast_cancer_probs.csv", "mse", "brier", 1e-12],
    ["diabetes_predictions.csv", "mse", "mse", 1e-12],
    ["diabetes_predictions.csv", "mae", "mae", 1e-12],
    ["air_passengers_forecast.csv", "mse", "mse", 1e-12],
  ] as const;
  for (const [name, loss, score, tolerance] of cases) {
    await page.getByRole("button", { name }).click();
    await waitForStatus(page, new RegExp(`^${name}: ${scores[name].rows.toLocaleString("en")} rows`));
    expectNear(await mean(page, loss), scores[name][score], tolerance);
  }
});

test("a dropped file is evaluated, and the rows of the largest losses are told", async () => {
  const page = await open("data");
  await drop(page, "mine.csv", "day,forecast,actual\n1,2,3\n2,4,4.5\n3,9,1\n4,,2\n5,6,6\n");
  await waitForStatus(page, /^mine\.csv: 4 rows evaluated, 1 left out/);
  const [prediction, target] = [
    [2, 4, 9, 6],
    [3, 4.5, 1, 6],
  ];
  expectNear(await mean(page, "mae"), mae(prediction!, target!));
  expect(await page.locator("table.largest tbody tr th").allTextContents()).toEqual(["3", "1", "2", "5"]);
  await page.getByLabel("huber", { exact: true }).check();
  await page.getByLabel("delta", { exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  expectNear(await numberOf(page.locator(".mean")), huber(prediction!, target!, { delta: 1.1 }));
});

test("a file can be chosen, and its columns corrected", async () => {
  const page = await open("data");
  await page.getByLabel("Choose a CSV").setInputFiles(file("breast_cancer_probs.csv"));
  await waitForStatus(page, /^breast_cancer_probs\.csv: 569 rows/);
  expect(await page.getByLabel("predictions are").inputValue()).toBe("probability");
  await page.getByLabel("in column", { exact: true }).selectOption("logit");
  expect(await page.getByLabel("predictions are").inputValue()).toBe("logit");
  expectNear(await mean(page, "binaryCrossEntropyWithLogits"), scores["breast_cancer_probs.csv"].binary_cross_entropy);
  await page.getByLabel("target in column").selectOption("probability");
  await page.getByLabel("predictions are").selectOption("numbers");
  expect(await mean(page, "mae")).toBeGreaterThan(1);
});

test("text can be pasted: probabilities by class", async () => {
  const page = await open("data");
  await page.getByText("Paste text").click();
  await page.getByLabel("CSV text").fill("p_0;p_1;p_2;label\n0.7;0.2;0.1;0\n0.1;0.8;0.1;1\n");
  await page.getByRole("button", { name: "Evaluate" }).click();
  await waitForStatus(page, /^the pasted text: 2 rows/);
  expect(await page.getByLabel("predictions are").inputValue()).toBe("probabilities");
  expectNear(await mean(page, "categoricalCrossEntropy"), -(Math.log(0.7) + Math.log(0.8)) / 2);
});

test("what cannot be evaluated is told in a sentence", async () => {
  const page = await open("data");
  const told = page.getByRole("alert");
  await drop(page, "one.csv", "a\n1\n");
  await told.filter({ hasText: "one.csv must have a line of column names, at least two columns and one row" }).waitFor();
  await drop(page, "words.csv", "a,b\nx,y\n");
  await told.filter({ hasText: "words.csv must have two columns of numbers, got 0" }).waitFor();
  expect(await page.locator("#panel-data table").count()).toBe(0);
});
