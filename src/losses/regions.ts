/** Losses of regions: how far a predicted mask is from the true one. */

import { checkLength, checkNumbers } from "../checks";
import { momentCall, type VectorOptions, vectorOptions, vectorsOf } from "../face/moments";
import { ownOptions } from "../face/options";
import { sampleLoss } from "../face/samples";
import type { Numbers, SampleLoss } from "../types";

/**
 * Dice loss: one less twice the overlap of two regions over the sum of their sizes.
 *
 * Prediction (probabilities) and target (0 and 1, or shares) are of one length. Without further options they are one region:
 * the whole batch. With `dimensions`, every so many consecutive elements are a region of their own: a mask of an image, or
 * one channel of it; or regions lie along `axis` (default -1) of `shape`. The loss, from 0 to 1, has one value for each
 * region, and `weights` one number. `smooth`, default 1, at least 0, is added above and below; with 0 the loss of two empty
 * regions is NaN. `squared: true` takes sums of squares for the sizes. A weighted mean divides by the sum of the weights. NaN
 * in gives NaN out. With `smooth: 0` and `squared: true` defined as in Milletari et al., "V-Net", 2016; with `smooth: 0` alone
 * as Keras' `Dice`, which adds 1e-7 below.
 *
 * @formula 1 - (2 sum of p t + smooth) / (sum of p + sum of t + smooth)
 * @use segmentation, where most of an image is background
 * @group segmentation
 * @also Keras Dice
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `smooth` below 0 or NaN
 * @example
 * dice([0.9, 0.1, 0.8], [1, 0, 1]); // 0.08333333
 * dice([0.9, 0.1, 0.8, 0.3], [1, 0, 1, 0], { dimensions: 2, smooth: 0, reduction: "none" }); // [0.1, 0.2380952]
 * dice.grad([1, 0], [0, 0]); // [0.25, 0.25]
 */
export const dice: SampleLoss<
  Numbers,
  VectorOptions & {
    /** What is added to overlap and sizes, at least 0. Default 1. */
    smooth?: number | undefined;
    /** Whether the sizes are sums of squares. Default false. */
    squared?: boolean | undefined;
  }
> = sampleLoss({
  name: "dice",
  inputs: ["prediction", "target"],
  own: ownOptions({ smooth: { default: 1, atLeast: 0 }, squared: { default: false } }),
  options: vectorOptions,
  check([p, t]: readonly Numbers[], options, { smooth, squared }) {
    return momentCall(regionsOf(p!, t!, options), p!, t!, ({ xt, xx, tt, x, t }) => {
      const sizes = squared ? xx + tt : x + t;
      const whole = sizes + smooth;
      const slope = (2 * xt + smooth) / whole / whole;
      return { value: (sizes - 2 * xt) / whole, k: squared ? 0 : slope, kx: squared ? 2 * slope : 0, kt: -2 / whole };
    });
  },
});

/**
 * Tversky loss: the Dice loss with weights of its own for what is wrongly in and what is wrongly out.
 *
 * Prediction (probabilities) and target (0 and 1, or shares) are of one length; regions are as with {@link dice}. With the
 * true positives TP = sum of p t, false positives FP = sum of p (1 - t) and false negatives FN = sum of (1 - p) t, `alpha`
 * (default 0.5) weighs FP and `beta` (default 0.5) FN, both at least 0; with 0.5 and 0.5 it is the Dice loss with twice
 * the `smooth`, whose default is 1 and which is at least 0. The loss, from 0 to 1, has one value for each region, and
 * `weights` one number. A weighted mean divides by the sum of the weights. NaN in gives NaN out. With `smooth: 0` defined as in
 * Salehi et al., "Tversky loss function for image segmentation", 2017. Keras' `Tversky` has `alpha` for the false negatives and
 * `beta` for the false positives. With its defaults the same as optax's `dice_loss` of probabilities.
 *
 * @formula 1 - (TP + smooth) / (TP + alpha FP + beta FN + smooth)
 * @use segmentation where a miss costs more than a false alarm, or less
 * @group segmentation
 * @also Keras Tversky; optax dice_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, an `alpha`, `beta` or `smooth` below 0 or NaN
 * @example
 * tversky([0.9, 0.1, 0.8], [1, 0, 1], { alpha: 0.3, beta: 0.7 }); // 0.08163265
 * tversky.grad([1, 0], [0, 0]); // [0.2222222, 0.2222222]
 */
export const tversky: SampleLoss<
  Numbers,
  VectorOptions & {
    /** The weight of what is predicted and not so, at least 0. Default 0.5. */
    alpha?: number | undefined;
    /** The weight of what is so and not predicted, at least 0. Default 0.5. */
    beta?: number | undefined;
    /** What is added above and below, at least 0. Default 1. */
    smooth?: number | undefined;
  }
> = sampleLoss({
  name: "tversky",
  inputs: ["prediction", "target"],
  own: ownOptions({ alpha: { default: 0.5, atLeast: 0 }, beta: { default: 0.5, atLeast: 0 }, smooth: { default: 1, atLeast: 0 } }),
  options: vectorOptions,
  check([p, t]: readonly Numbers[], options, { alpha, beta, smooth }) {
    return momentCall(regionsOf(p!, t!, options), p!, t!, ({ xt, x, t }) => {
      const wrong = alpha * (x - xt) + beta * (t - xt);
      const whole = xt + wrong + smooth;
      const slope = (xt + smooth) / whole / whole;
      return { value: wrong / whole, k: alpha * slope, kx: 0, kt: (1 - alpha - beta) * slope - 1 / whole };
    });
  },
});

function regionsOf(p: Numbers, t: Numbers, options: object) {
  checkNumbers("target", t);
  checkLength("target", t.length, p.length, "the prediction's length");
  return vectorsOf(p.length, options as VectorOptions);
}
