/** Operations on the parameters of distributions, and on distributions. */

import { input, type Operations } from "./operation";
import { pointwise } from "./regression";

export const likelihood: Operations = {
  poisson_nll_loss: ({ poissonNll }, given) => {
    const { log_input: logInput, full, eps } = given.params;
    return pointwise(poissonNll, given, { logInput, full, eps });
  },
  kl_div: ({ klDivergence }, given) => {
    const { log_target: logTarget, reduction } = given.params;
    const { shape } = input(given, "input");
    const batched = reduction === "batchmean";
    return pointwise(klDivergence, given, { logTarget, ...(batched && { reduction: "batchMean", shape }) });
  },
};
