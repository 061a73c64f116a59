/** The worked examples that the project began with, by hand: each as a user would call it. */

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { categoricalCrossEntropy, init, mape, mse } from "../src/index";
import { backends } from "./available";

const prediction = [0.6, 1.29, 1.99, 2.69, 3.4];
const target = [1, 1, 2, 2, 4];

const examples = [
  { id: "seed/mse", got: () => mse(prediction, target), expected: 0.21606 },
  {
    id: "seed/cross_entropy_onehot",
    got: () => categoricalCrossEntropy([0.1, 0.3, 0.4, 0.2], [0, 1, 0, 0], { classes: 4 }),
    expected: 1.203972804325936,
  },
  { id: "seed/mape_regression", got: () => mape(prediction, target), expected: 23.8 },
  { id: "seed/mape_1000_vs_1010", got: () => mape([1000], [1010]), expected: 0.9900990099009901 },
  { id: "seed/mape_5_vs_15", got: () => mape([5], [15]), expected: 66.66666666666667 },
];

const gradients = [
  { id: "seed/mse", got: () => mse.grad(prediction, target), expected: [-0.16, 0.116, -0.004, 0.276, -0.24] },
  {
    id: "seed/cross_entropy_onehot",
    got: () => categoricalCrossEntropy.grad([0.1, 0.3, 0.4, 0.2], [0, 1, 0, 0], { classes: 4 }),
    expected: [0, -10 / 3, 0, 0],
  },
];

describe.each(backends)("%s", (backend) => {
  beforeAll(() => init({ backend }));

  test.each(examples)("$id is $expected", ({ got, expected }) => {
    expect(Math.abs(got() - expected)).toBeLessThanOrEqual(1e-12 * expected);
  });

  test.each(gradients)("the gradient of $id", ({ got, expected }) => {
    const grad = got();
    expect(grad.length).toBe(expected.length);
    expected.forEach((slope, i) => {
      expect(Math.abs(grad[i]! - slope)).toBeLessThanOrEqual(1e-15 + 1e-12 * Math.abs(slope));
    });
  });
});

test("an example of the library is one of the oracle, with its value", () => {
  const cases: { id: string; expected: { value: { data: number[] } } }[] = JSON.parse(
    readFileSync(new URL("./oracle/seed.json", import.meta.url), "utf8"),
  );
  expect(cases.map(({ id, expected }) => [id, expected.value.data[0]])).toEqual(examples.map(({ id, expected }) => [id, expected]));
});
