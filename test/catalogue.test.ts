/** Holds the catalogue complete: every public function has inputs, a reference and the face of its kind. */

import { expect, test } from "vitest";
import * as library from "../src/index";
import { activations, inputLosses, inputs, losses, penalties } from "./catalogue";
import { classFormulas } from "./classReference";
import { activationFormulas, formulas, penaltyFormulas } from "./formulas";
import { inputFormulas } from "./inputFormulas";
import { random } from "./random";
import { rowLossFormulas } from "./rowLossReference";

const named = Object.entries(library).filter(([, value]) => typeof value === "function");

test("the public functions are found", () => {
  expect(losses.length).toBeGreaterThanOrEqual(11);
  expect(activations.length).toBeGreaterThanOrEqual(6);
  expect(penalties.length).toBeGreaterThanOrEqual(2);
});

test("every public loss has inputs in the catalogue, and nothing else has", () => {
  expect(Object.keys(inputs).sort()).toEqual(losses.map(({ lossName }) => lossName).sort());
});

test("every public function has a textbook reference", () => {
  for (const { lossName } of losses) {
    expect(lossName in formulas || lossName in classFormulas || lossName in inputFormulas || lossName in rowLossFormulas, lossName).toBe(
      true,
    );
  }
  for (const { activationName } of activations) expect(Object.keys(activationFormulas)).toContain(activationName);
  for (const { penaltyName } of penalties) expect(Object.keys(penaltyFormulas)).toContain(penaltyName);
});

test.each(named)("%s bears the name under which it is exported", (name, value) => {
  const { lossName, activationName, penaltyName } = value as { lossName?: string; activationName?: string; penaltyName?: string };
  expect([name, undefined]).toContain(lossName ?? activationName ?? penaltyName);
});

test.each(inputLosses.map((entry) => [entry.name, entry] as const))("%s names its inputs as the catalogue does", (_, { loss, draw }) => {
  expect(Object.keys(draw(random(1), 3, 4).operands)).toEqual(loss.inputs);
});

test.each(losses.map((loss) => [loss.lossName, loss] as const))("%s has the face of a loss", (_, loss) => {
  expect(loss.grad).toBeTypeOf("function");
  expect(loss.valueAndGrad).toBeTypeOf("function");
  for (const parameter of Object.values(loss.parameters)) expect(["number", "boolean"]).toContain(typeof parameter.default);
});
