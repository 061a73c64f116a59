/** Losses of a number predicted for a number. */

import { HalfSquaredError, halfSquaredError as halfSquaredErrorSweep } from "../../assembly/losses/halfSquaredError";
import { HuberError, huber as huberSweep } from "../../assembly/losses/huber";
import { LogCosh, logCosh as logCoshSweep } from "../../assembly/losses/logCosh";
import { AbsoluteError, mae as maeSweep } from "../../assembly/losses/mae";
import { AbsolutePercentageError, mape as mapeSweep } from "../../assembly/losses/mape";
import { mse as mseSweep, SquaredError } from "../../assembly/losses/mse";
import { msle as msleSweep, SquaredLogarithmicError } from "../../assembly/losses/msle";
import { PseudoHuber, pseudoHuber as pseudoHuberSweep } from "../../assembly/losses/pseudoHuber";
import { PinballLoss, quantile as quantileSweep } from "../../assembly/losses/quantile";
import { SmoothAbsoluteError, smoothL1 as smoothL1Sweep } from "../../assembly/losses/smoothL1";
import { hessians } from "../face/hessians";
import { ownOptions } from "../face/options";
import { pointwiseLoss } from "../face/pointwise";
import { kernel } from "../staging/kernels";
import type { CurvedLoss, Numbers } from "../types";

/**
 * Squared error; its mean is the mean squared error.
 *
 * Prediction and target are of one length; the loss is in the square of their unit. The gradient is 2 (p - t), the Hessian 2;
 * XGBoost and LightGBM halve both: {@link halfSquaredError}. A weighted mean divides by the sum of the weights. NaN in gives NaN out.
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
 * PyTorch gives 0. The Hessian is 0; by `"xgboost"` and `"lightgbm"` it is 1. Otherwise
 * defined as PyTorch's `l1_loss` and scikit-learn's `mean_absolute_error`.
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
  hessian: hessians({ xgboost: { constant: 1 }, lightgbm: { constant: 1 } }),
});

/**
 * Absolute error in percent of the target; its mean is the mean absolute percentage error.
 *
 * Prediction and target are of one length; the loss is in percent. The gradient is 100 sign(p - t) / max(|t|, eps).
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out. Option `eps`, default 1e-7, must be
 * above 0: it holds the denominator off 0, so that a target of 0 gives a very large loss rather than Infinity.
 * The Hessian is 0; by `"lightgbm"` it is 100, as its loss is a fraction, not percent, and its Hessian 1.
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
    eps?: number | undefined;
  }
> = pointwiseLoss({
  name: "mape",
  kernel: kernel("mape", AbsolutePercentageError, mapeSweep),
  hessian: hessians({ lightgbm: { constant: 100 } }),
  own: ownOptions({ eps: { default: 1e-7, above: 0 } }),
  a: ({ eps }) => eps,
});

/**
 * Huber loss: quadratic for small errors, linear for large ones.
 *
 * Prediction and target are of one length. With d = p - t, the loss is d^2 / 2 up to |d| = delta and
 * delta (|d| - delta / 2) beyond; the gradient is d, held between -delta and delta. Option `delta`, default 1, is in the
 * unit of the prediction and must be above 0. A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * The Hessian is 1 within delta, else 0; by `"lightgbm"` it is 1 everywhere. Defined as PyTorch's `huber_loss`,
 * whose mean with a `weight` divides by the number of elements, unlike that of its `mse_loss` and `l1_loss`.
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
    delta?: number | undefined;
  }
> = pointwiseLoss({
  name: "huber",
  kernel: kernel("huber", HuberError, huberSweep),
  hessian: hessians({ lightgbm: { constant: 1 } }),
  own: ownOptions({ delta: { default: 1, above: 0 } }),
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
    beta?: number | undefined;
  }
> = pointwiseLoss({
  name: "smoothL1",
  kernel: kernel("smoothL1", SmoothAbsoluteError, smoothL1Sweep),
  own: ownOptions({ beta: { default: 1, atLeast: 0 } }),
  a: ({ beta }) => beta,
  b: ({ beta }) => 1 / beta,
});

/**
 * Squared logarithmic error; its mean is the mean squared logarithmic error.
 *
 * Prediction and target are of one length; the loss has no unit. Both are held at `eps` or above, default 1e-7, which must
 * be at least -1; with -1 nothing is held that has a logarithm. The gradient is 2 r / (1 + p), with
 * r = log(1 + p) - log(1 + t), and 0 where p is held. Small differences keep their digits.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Of the Hessian, `"gaussNewton"` is 2 / (1 + p)^2, and `"xgboost"` is held at 2e-6 from below: its loss is half of this one.
 * Defined as Keras' `MeanSquaredLogarithmicError`; scikit-learn's `mean_squared_log_error` has no `eps`.
 *
 * @formula (log(1 + max(p, eps)) - log(1 + max(t, eps)))^2
 * @use counts and prices over several orders of magnitude, where the ratio counts
 * @group regression
 * @group demand forecasting
 * @also Keras MeanSquaredLogarithmicError; TensorFlow.js meanSquaredLogarithmicError; scikit-learn mean_squared_log_error
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, an `eps` below -1 or NaN
 * @example
 * msle([1, 9], [3, 9]); // 0.2402265
 * msle.grad([1, 9], [3, 9]); // [-0.3465736, 0]
 * msle([-0.5], [0], { eps: -1 }); // 0.4804530
 */
export const msle: CurvedLoss<
  Numbers,
  {
    /** Where both arguments are held from below, at least -1. Default 1e-7. */
    eps?: number | undefined;
  }
> = pointwiseLoss({
  name: "msle",
  kernel: kernel("msle", SquaredLogarithmicError, msleSweep),
  own: ownOptions({ eps: { default: 1e-7, atLeast: -1 } }),
  a: ({ eps }) => eps,
  b: () => 1,
  hessian: hessians({ gaussNewton: { b: 0 }, xgboost: { least: 2e-6 } }),
});

/**
 * Logarithm of the hyperbolic cosine of the error: about d^2 / 2 for small errors, |d| - log 2 for large ones.
 *
 * Prediction and target are of one length; d = p - t must be a number without unit. The gradient is tanh(d), the Hessian
 * 1 - tanh(d)^2. Accurate for errors of any size: tiny ones keep their digits, large ones do not overflow.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as Keras' `LogCosh`.
 *
 * @formula log(cosh(p - t))
 * @use numbers with outliers, where the loss should have a second derivative everywhere
 * @group regression
 * @also Keras LogCosh; TensorFlow.js logcosh; optax log_cosh
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * logCosh([1, 2, 6], [1.5, 2, 3]); // 0.8098143
 * logCosh.grad([1, 2, 6], [1.5, 2, 3], { reduction: "sum" }); // [-0.4621172, 0, 0.9950548]
 * logCosh([1e-8], [0]); // 5e-17
 */
export const logCosh: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "logCosh",
  kernel: kernel("logCosh", LogCosh, logCoshSweep),
});

/**
 * Quantile loss, or pinball loss: its least mean is at a quantile of the targets.
 *
 * Prediction and target are of one length; the loss is in their unit. Option `quantile`, default 0.5, from 0 to 1, is the
 * share of targets that should lie below the prediction. The gradient is 1 - quantile where the prediction is above the
 * target, -quantile where it is below, and 0 where they are equal (XGBoost and LightGBM take the first there).
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out, and so do equal infinities, in the gradient too.
 * The Hessian is 0; by `"xgboost"` and `"lightgbm"` it is 1. Defined as scikit-learn's `mean_pinball_loss`.
 *
 * @formula max(quantile (t - p), (quantile - 1) (t - p))
 * @use forecasts of a quantile: a stock that should last on nine days of ten, the bounds of an interval
 * @group regression
 * @group demand forecasting
 * @also scikit-learn mean_pinball_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `quantile` below 0, above 1 or NaN
 * @example
 * quantile([1, 2, 6], [2, 2, 2], { quantile: 0.9 }); // 0.4333333
 * quantile.grad([1, 2, 6], [2, 2, 2], { quantile: 0.9, reduction: "sum" }); // [-0.9, 0, 0.1]
 */
export const quantile: CurvedLoss<
  Numbers,
  {
    /** The share of targets that should lie below the prediction, from 0 to 1. Default 0.5. */
    quantile?: number | undefined;
  }
> = pointwiseLoss({
  name: "quantile",
  kernel: kernel("quantile", PinballLoss, quantileSweep),
  own: ownOptions({ quantile: { default: 0.5, atLeast: 0, atMost: 1 } }),
  a: ({ quantile }) => quantile,
  b: ({ quantile }) => 1 - quantile,
  hessian: hessians({ xgboost: { constant: 1 }, lightgbm: { constant: 1 } }),
});

/**
 * Pseudo-Huber loss: the Huber loss with derivatives of every order, which bends from quadratic to linear around `delta`.
 *
 * Prediction and target are of one length. With d = p - t and s = sqrt(1 + (d / delta)^2), the loss is delta^2 (s - 1),
 * the gradient d / s, the Hessian 1 / s^3. Option `delta`, default 1, is in the unit of the prediction and must be above 0.
 * Small errors keep their digits, large ones do not overflow before the loss does.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as XGBoost's objective `reg:pseudohubererror`, whose `huber_slope` is `delta`.
 *
 * @formula delta^2 (sqrt(1 + ((p - t) / delta)^2) - 1)
 * @use numbers with outliers, where a method needs a Hessian that is above 0
 * @group regression
 * @also XGBoost reg:pseudohubererror
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `delta` of 0 or less or NaN
 * @example
 * pseudoHuber([1, 2, 6], [1.5, 2, 3]); // 0.7601039
 * pseudoHuber([1, 2, 6], [1.5, 2, 3], { delta: 2, reduction: "none" }); // [0.1231056, 0, 3.211103]
 * pseudoHuber.grad([1, 2, 6], [1.5, 2, 3], { reduction: "sum" }); // [-0.4472136, 0, 0.9486833]
 */
export const pseudoHuber: CurvedLoss<
  Numbers,
  {
    /** The error around which the loss bends, above 0, in the unit of the prediction. Default 1. */
    delta?: number | undefined;
  }
> = pointwiseLoss({
  name: "pseudoHuber",
  kernel: kernel("pseudoHuber", PseudoHuber, pseudoHuberSweep),
  own: ownOptions({ delta: { default: 1, above: 0 } }),
  a: ({ delta }) => 1 / delta,
  b: ({ delta }) => delta,
});
