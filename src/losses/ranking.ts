/** Losses of two numbers for each element, both of which a model gives: a score and another one, a mean and a variance. */

import { GaussianNll, gaussianNll as gaussianNllSweep } from "../../assembly/losses/gaussianNll";
import { MarginRanking, marginRanking as marginRankingSweep } from "../../assembly/losses/marginRanking";
import { ownOptions } from "../face/options";
import { tripleLoss } from "../face/triples";
import { kernel } from "../staging/kernels";
import type { InputsLoss, Numbers, Reals } from "../types";

/**
 * Gaussian negative log-likelihood: a prediction and its variance, both learned.
 *
 * Prediction and target are of one length. The variance has a number for each element, or fewer, each for as many
 * consecutive elements: one for each row. With v = max(variance, eps), the gradient is (p - t) / v for the prediction and
 * (1 - (p - t)^2 / v) / (2 v) for the variance, summed over the elements that share it; it is 0 where the variance is below
 * `eps`. `eps`, default 1e-6, is in the square of the target's unit and must be above 0. `full: true` adds log(2 pi) / 2.
 * The loss is in nats; a weighted mean divides by the sum of the weights. NaN in gives NaN out. Defined as PyTorch's
 * `gaussian_nll_loss`, but PyTorch has a gradient below `eps`, and throws at a variance below 0, which counts as `eps` here.
 *
 * @formula (log v + (p - t)^2 / v) / 2, with v = max(variance, eps)
 * @use numbers predicted with their uncertainty
 * @group regression
 * @also PyTorch F.gaussian_nll_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, an `eps` of 0 or less or NaN
 * @example
 * gaussianNll([1, 2], [1.5, 4], [1, 4]); // 0.6590736
 * gaussianNll.grad([1, 2], [1.5, 4], [1, 4]); // { prediction: [-0.25, -0.25], variance: [0.1875, 0] }
 * gaussianNll.grad([1, 2], [1.5, 4], [2]); // { prediction: [-0.125, -0.5], variance: [-0.015625] }
 */
export const gaussianNll: InputsLoss<
  [target: Numbers, variance: Reals],
  "prediction" | "variance",
  {
    /** The least variance, above 0. Default 1e-6. */
    eps?: number | undefined;
    /** Whether to add log(2 pi) / 2, which depends on nothing. Default false. */
    full?: boolean | undefined;
  }
> = tripleLoss({
  name: "gaussianNll",
  kernel: kernel("gaussianNll", GaussianNll, gaussianNllSweep),
  inputs: ["prediction", "target", "variance"],
  differentiable: ["prediction", "variance"],
  shared: true,
  own: ownOptions({ eps: { default: 1e-6, above: 0 }, full: { default: false } }),
  a: ({ eps }) => eps,
  b: ({ full }) => (full ? Math.log(2 * Math.PI) / 2 : 0),
});

/**
 * Margin ranking loss: which of two scores should be the higher one, and by how much.
 *
 * All three arrays are of one length; the target is 1 where input1 should be higher, and -1 where input2 should. The loss
 * is in the unit of the scores. The gradient is -t for input1 and t for input2 where the loss is above 0 or its argument
 * just 0, and 0 elsewhere. `margin`, default 0, is what a score should be higher by. A weighted mean divides by the sum of
 * the weights. NaN in gives a loss of NaN, and a gradient of 0. Defined as PyTorch's `margin_ranking_loss`.
 *
 * @formula max(0, margin - t (x1 - x2))
 * @use learning to rank from pairs
 * @group embedding and ranking
 * @also PyTorch F.margin_ranking_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `margin` of NaN
 * @example
 * marginRanking([1, 2, 3], [2, 1, 3], [1, 1, -1], { margin: 0.5 }); // 0.6666667
 * marginRanking.grad([1, 2], [2, 1], [1, 1]); // { input1: [-0.5, 0], input2: [0.5, 0] }
 */
export const marginRanking: InputsLoss<
  [input2: Reals, target: Numbers],
  "input1" | "input2",
  {
    /** What a score should be higher by. Default 0. */
    margin?: number | undefined;
  }
> = tripleLoss({
  name: "marginRanking",
  kernel: kernel("marginRanking", MarginRanking, marginRankingSweep),
  inputs: ["input1", "input2", "target"],
  differentiable: ["input1", "input2"],
  own: ownOptions({ margin: { default: 0 } }),
  a: ({ margin }) => margin,
});
