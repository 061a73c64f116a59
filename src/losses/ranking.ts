/** Losses of pairs of scores, of which one should be the higher. */

import { MarginRanking, marginRanking as marginRankingSweep } from "../../assembly/losses/marginRanking";
import { ownOptions } from "../face/options";
import { ternaryLoss } from "../face/ternary";
import { kernel } from "../staging/kernels";
import type { InputsLoss, Numbers, Reals } from "../types";

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
> = ternaryLoss({
  name: "marginRanking",
  kernel: kernel("marginRanking", MarginRanking, marginRankingSweep),
  inputs: ["input1", "input2", "target"],
  differentiable: ["input1", "input2"],
  own: ownOptions({ margin: { default: 0 } }),
  a: ({ margin }) => margin,
});
