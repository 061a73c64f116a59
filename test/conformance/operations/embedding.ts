/** Operations with several differentiable inputs: of scores, of embeddings, of a mean and its variance. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations, upstreamOf } from "./operation";

export const embedding: Operations = {
  gaussian_nll_loss: ({ gaussianNll }, given) =>
    several(gaussianNll, given, { input: "prediction", target: "", var: "variance" }, { full: given.params.full, eps: given.params.eps }),
  margin_ranking_loss: ({ marginRanking }, given) =>
    several(marginRanking, given, { input1: "input1", input2: "input2", target: "" }, { margin: given.params.margin }),
  cosine_embedding_loss: ({ cosineEmbedding }, given) =>
    several(cosineEmbedding, given, { input1: "input1", input2: "input2", target: "" }, { margin: given.params.margin, axis: -1 }),
  triplet_margin_loss: ({ tripletMargin }, given) => {
    const { margin, p, swap, eps } = given.params;
    return several(
      tripletMargin,
      given,
      { anchor: "anchor", positive: "positive", negative: "negative" },
      { margin, p, swap, eps, axis: -1 },
    );
  },
};

/** A call with a case's inputs in the order of `names`, which are ours for each that is differentiable. */
function several(loss: unknown, given: Case, names: Readonly<Record<string, string>>, own: Readonly<Record<string, unknown>>): Call {
  const inputs = Object.keys(names).map((name) => input(given, name));
  const { reduction } = given.params;
  return {
    several: loss as Library.InputsLoss<readonly unknown[], string, object>,
    inputs: inputs.map(({ data }) => data),
    names: Object.fromEntries(Object.entries(names).filter(([, ours]) => ours !== "")),
    options: { reduction, ...own, ...("axis" in own && { shape: inputs[0]!.shape }) },
    upstream: upstreamOf(given),
  };
}
