/** Losses of a number predicted for a number. */

import { HalfSquaredError, halfSquaredError as halfSquaredErrorSweep } from "../../assembly/losses/halfSquaredError";
import { HuberError, huber as huberSweep } from "../../assembly/losses/huber";
import { AbsoluteError, mae as maeSweep } from "../../assembly/losses/mae";
import { AbsolutePercentageError, mape as mapeSweep } from "../../assembly/losses/mape";
import { mse as mseSweep, SquaredError } from "../../assembly/losses/mse";
import { SmoothAbsoluteError, smoothL1 as smoothL1Sweep } from "../../assembly/losses/smoothL1";
import { pointwiseLoss } from "../face/pointwise";
import { kernel } from "../staging/kernels";
import type { CurvedLoss, Numbers } from "../types";

/**
 * Squared error; its mean is the mean squared error.
 *
 * Prediction and target are of one length; the loss is in the square of their unit. The gradient is 2 (p - t).
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as PyTorch's `mse_loss` and scikit-learn's `mean_squared_error`.
 *
 * @formula (p - t)^2
 * @use numbers whose errors are about normal: large errors count most
 * @group regression
 * @also PyTorch F.mse_loss; Keras MeanSquaredError; TensorFlow.js losses.meanSquaredError; optax squared_error; scikit-learn mean_squared_error
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * mse([2.5, 0, 2, 8], [3, -0.5, 2, 7]); // 0.375
 * mse([2.5, 0, 2, 8], [3, -0.5, 2, 7], { weights: [1, 1, 1, 5] }); // 0.6875
 * mse.grad([2.5, 0, 2, 8], [3, -0.5, 2, 7]); // [-0.25, 0.25, 0, 0.5]
 */
export const mse: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "mse",
  kernel: kernel("mse", SquaredError, mseSweep),
});

/**
 * Half the squared error, the quadratic loss whose gradient is the error itself.
 *
 * Prediction and target are of one length; the loss is in the square of their unit. The gradient is p - t.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as optax's `l2_loss`.
 *
 * @formula (p - t)^2 / 2
 * @use squared error where the gradient should be p - t: textbook derivations, gradient boosting
 * @group regression
 * @also optax l2_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * halfSquaredError([1, 2, 3], [1, 2, 5]); // 0.6666667
 * halfSquaredError.grad([1, 2, 3], [1, 2, 5], { reduction: "sum" }); // [0, 0, -2]
 */
export const halfSquaredError: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "halfSquaredError",
  kernel: kernel("halfSquaredError", HalfSquaredError, halfSquaredErrorSweep),
});

/**
 * Absolute error; its mean is the mean absolute error.
 *
 * Prediction and target are of one length; the loss is in their unit. The gradient is the sign of p - t, and 0 where
 * they are equal. A weighted mean divides by the sum of the weights. NaN in gives NaN out, in the gradient too, where
 * PyTorch gives 0. Otherwise defined as PyTorch's `l1_loss` and scikit-learn's `mean_absolute_error`.
 *
 * @formula |p - t|
 * @use numbers with outliers, forecasts of the median: every unit of error counts the same
 * @group regression
 * @group demand forecasting
 * @also PyTorch F.l1_loss; Keras MeanAbsoluteError; TensorFlow.js losses.absoluteDifference; scikit-learn mean_absolute_error
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * mae([2.5, 0, 2, 8], [3, -0.5, 2, 7]); // 0.5
 * mae.grad([2.5, 0, 2, 8], [3, -0.5, 2, 7]); // [-0.25, 0.25, 0, 0.25]
 */
export const mae: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "mae",
  kernel: kernel("mae", AbsoluteError, maeSweep),
});

/**
 * Absolute error in percent of the target; its mean is the mean absolute percentage error.
 *
 * Prediction and target are of one length; the loss is in percent. The gradient is 100 sign(p - t) / max(|t|, eps).
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out. Option `eps`, default 1e-7, must be
 * above 0: it holds the denominator off 0, so that a target of 0 gives a very large loss rather than Infinity.
 * Defined as Keras' `MeanAbsolutePercentageError`; scikit-learn's function of that name gives a fraction, not percent.
 *
 * @formula 100 |p - t| / max(|t|, eps)
 * @use positive quantities of different size, compared in percent; not where targets come near 0
 * @group regression
 * @group demand forecasting
 * @also Keras MeanAbsolutePercentageError; TensorFlow.js metrics.meanAbsolutePercentageError; scikit-learn mean_absolute_percentage_error
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, an `eps` of 0 or less or NaN
 * @example
 * mape([110, 45], [100, 50]); // 10
 * mape.grad([110, 45], [100, 50]); // [0.5, -1]
 */
export const mape: CurvedLoss<
  Numbers,
  {
    /** The least denominator, above 0. Default 1e-7. */
    eps?: number;
  }
> = pointwiseLoss({
  name: "mape",
  kernel: kernel("mape", AbsolutePercentageError, mapeSweep),
  parameters: { eps: { default: 1e-7, above: 0 } },
  a: ({ eps }) => eps,
});

/**
 * Huber loss: quadratic for small errors, linear for large ones.
 *
 * Prediction and target are of one length. With d = p - t, the loss is d^2 / 2 up to |d| = delta and
 * delta (|d| - delta / 2) beyond; the gradient is d, held between -delta and delta. Option `delta`, default 1, is in the
 * unit of the prediction and must be above 0. A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as PyTorch's `huber_loss`.
 *
 * @formula d^2 / 2 if |d| <= delta, else delta (|d| - delta / 2), with d = p - t
 * @use numbers with outliers, where small errors should count as in squared error
 * @group regression
 * @group demand forecasting
 * @also PyTorch F.huber_loss; Keras Huber; TensorFlow.js losses.huberLoss; optax huber_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `delta` of 0 or less or NaN
 * @example
 * huber([1, 2, 6], [1.5, 2, 3]); // 0.875
 * huber([1, 2, 6], [1.5, 2, 3], { delta: 2, reduction: "none" }); // [0.125, 0, 4]
 * huber.grad([1, 2, 6], [1.5, 2, 3], { reduction: "sum" }); // [-0.5, 0, 1]
 */
export const huber: CurvedLoss<
  Numbers,
  {
    /** The error from which on the loss is linear, above 0, in the unit of the prediction. Default 1. */
    delta?: number;
  }
> = pointwiseLoss({
  name: "huber",
  kernel: kernel("huber", HuberError, huberSweep),
  parameters: { delta: { default: 1, above: 0 } },
  a: ({ delta }) => delta,
});

/**
 * Smooth L1 loss: absolute error, rounded off near 0.
 *
 * Prediction and target are of one length. With d = p - t, the loss is d^2 / (2 beta) below |d| = beta and
 * |d| - beta / 2 from there on; the gradient is d / beta, held between -1 and 1. It is the Huber loss divided by its
 * delta. Option `beta`, default 1, is in the unit of the prediction and must be at least 0; with 0 the loss is `mae`.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as PyTorch's `smooth_l1_loss`.
 *
 * @formula d^2 / (2 beta) if |d| < beta, else |d| - beta / 2, with d = p - t
 * @use absolute error with a smooth gradient at 0: box coordinates in object detection
 * @group regression
 * @also PyTorch F.smooth_l1_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `beta` below 0 or NaN
 * @example
 * smoothL1([1, 2, 6], [1.5, 2, 3]); // 0.875
 * smoothL1([1, 2, 6], [1.5, 2, 3], { beta: 2, reduction: "none" }); // [0.0625, 0, 2]
 * smoothL1([1, 2, 6], [1.5, 2, 3], { beta: 0 }); // 1.1666667
 */
export const smoothL1: CurvedLoss<
  Numbers,
  {
    /** The error from which on the loss is linear, at least 0, in the unit of the prediction. Default 1. */
    beta?: number;
  }
> = pointwiseLoss({
  name: "smoothL1",
  kernel: kernel("smoothL1", SmoothAbsoluteError, smoothL1Sweep),
  parameters: { beta: { default: 1, atLeast: 0 } },
  a: ({ beta }) => beta,
  b: ({ beta }) => 1 / beta,
});
