/** Operations whose target is a yes or no. */

import type { Library } from "../call";
import type { Case, Tensor } from "../case";
import { broadcast, input, type Operations } from "./operation";
import { pointwise } from "./regression";

export const binary: Operations = {
  binary_cross_entropy: ({ binaryCrossEntropy }, given) => pointwise(binaryCrossEntropy, given, weightsOf(given)),
  binary_cross_entropy_with_logits: ({ binaryCrossEntropyWithLogits }, given) =>
    pointwise(binaryCrossEntropyWithLogits, given, { ...weightsOf(given), posWeight: posWeightOf(given) }),
};

function weightsOf(given: Case): { weights?: Library.Numbers } {
  const { weight } = given.inputs;
  return weight === undefined ? {} : { weights: broadcast(weight, input(given, "input").shape) };
}

/** The weights of positives: as they are where they repeat along the last axes, which the library does by itself. */
function posWeightOf(given: Case): Library.Numbers | undefined {
  const { pos_weight: weight } = given.inputs;
  const { shape } = input(given, "input");
  if (weight === undefined) return undefined;
  return isSuffix(weight, shape) ? weight.data : broadcast(weight, shape);
}

function isSuffix({ shape: own }: Tensor, shape: readonly number[]): boolean {
  return own.every((size, i) => size === shape[shape.length - own.length + i]);
}
