/** Losses of the mean of a distribution: likelihoods of counts and of numbers, deviances of quantities that are not negative. */

import { GammaDeviance, gammaDeviance as gammaDevianceSweep } from "../../assembly/losses/gammaDeviance";
import { GaussianNll, gaussianNll as gaussianNllSweep } from "../../assembly/losses/gaussianNll";
import { mse as mseSweep, SquaredError } from "../../assembly/losses/mse";
import { PoissonLikelihood, poissonNll as poissonNllSweep } from "../../assembly/losses/poissonNll";
import { PoissonLikelihoodOfRate, poissonNllOfRate } from "../../assembly/losses/poissonNllOfRate";
import { TweedieDeviance, tweedie as tweedieSweep } from "../../assembly/losses/tweedie";
import { checkPower } from "../checks";
import { hessians } from "../face/hessians";
import { ownOptions } from "../face/options";
import { pointwiseLoss } from "../face/pointwise";
import { ternaryLoss } from "../face/ternary";
import { kernel } from "../staging/kernels";
import type { CurvedLoss, InputsLoss, Numbers, Reals } from "../types";

/**
 * Negative log-likelihood of counts under a Poisson distribution.
 *
 * Prediction and target are of one length; targets are counts from 0. The prediction x is the logarithm of the rate, or with
 * `logInput: false` the rate itself; then the loss is p - t log(p + eps). Option `full`, default false, adds Stirling's
 * approximation of log(t!), t log t - t + log(2 pi t) / 2, for targets above 1; the gradient is the same without. Option
 * `eps`, default 1e-8, must be above 0. The gradient is e^x - t, or 1 - t / (p + eps).
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Of the Hessian in x, e^x, `"xgboost"` and `"lightgbm"` take e^(x + 0.7), after their `max_delta_step`.
 * Defined as PyTorch's `poisson_nll_loss`; with `logInput: false` and an `eps` of 1e-7 as Keras' `Poisson`.
 *
 * @formula e^x - t x
 * @use counts of independent events: calls, sales, accidents
 * @group regression
 * @group demand forecasting
 * @also PyTorch F.poisson_nll_loss; Keras Poisson; TensorFlow.js poisson
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, an `eps` of 0 or less or NaN
 * @example
 * poissonNll([0, 1, 2], [1, 3, 5]); // -0.6308874
 * poissonNll([1, 3, 5], [1, 3, 5], { logInput: false, full: true }); // 1.397301
 * poissonNll.grad([0, 1, 2], [1, 3, 5], { reduction: "sum" }); // [0, -0.2817182, 2.389056]
 */
export const poissonNll: CurvedLoss<
  Numbers,
  {
    /** Whether the prediction is the logarithm of the rate. Default true. */
    logInput?: boolean | undefined;
    /** Whether to add Stirling's approximation of log(t!). Default false. */
    full?: boolean | undefined;
    /** What is added to a rate before its logarithm is taken, above 0. Default 1e-8. */
    eps?: number | undefined;
  }
> = /* @__PURE__ */ (() => {
  const ofLogarithm = kernel("poissonNll", PoissonLikelihood, poissonNllSweep);
  const ofRate = kernel("poissonNllOfRate", PoissonLikelihoodOfRate, poissonNllOfRate);
  const raised = { factor: Math.exp(0.7) };
  return pointwiseLoss({
    name: "poissonNll",
    kernel: ({ logInput }) => (logInput ? ofLogarithm : ofRate),
    own: ownOptions({ logInput: { default: true }, full: { default: false }, eps: { default: 1e-8, above: 0 } }),
    a: ({ eps }) => eps,
    b: ({ full }) => (full ? 1 : 0),
    hessian: hessians(({ logInput }) => (logInput ? { xgboost: raised, lightgbm: raised } : {})),
  });
})();

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
> = ternaryLoss({
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
 * Deviance of the Tweedie distributions, of which the normal, Poisson, gamma and inverse Gaussian are members.
 *
 * Prediction p, a mean, and target y are of one length. Option `power`, default 0, is that of the mean to which the variance
 * is proportional: 0 normal, where the deviance is the squared error; 1 Poisson; between 1 and 2 counts of gamma-distributed
 * amounts; 2 gamma; 3 inverse Gaussian; below 0 extreme stable. Between 0 and 1 there is no such distribution. The gradient is
 * 2 (p - y) p^-power. From a power of 1 on the target must be at least 0, from 2 on above 0; unless the power is 0, p must be
 * above 0. Elsewhere the loss is no number to rely on: NaN or infinite. It keeps its digits where p is near y.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Of the Hessian, `"gaussNewton"` is 2 p^-power, the Fisher information of the mean times 2. XGBoost's and LightGBM's
 * objectives of this name are in the logarithm of the mean.
 * Defined as scikit-learn's `mean_tweedie_deviance`, which throws for such data.
 *
 * @formula 2 (max(y, 0)^(2 - power) / ((1 - power) (2 - power)) - y p^(1 - power) / (1 - power) + p^(2 - power) / (2 - power))
 * @use amounts of which many are 0 and some large: rainfall, insurance claims
 * @group regression
 * @group demand forecasting
 * @also scikit-learn mean_tweedie_deviance
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `power` between 0 and 1 or NaN
 * @example
 * tweedie([1, 2, 4], [0, 2, 5], { power: 1.5 }); // 1.370485
 * tweedie([1, 2, 4], [0, 2, 5], { power: 1, reduction: "none" }); // [2, 0, 0.2314355]
 * tweedie.grad([1, 2, 4], [0, 2, 5], { power: 1.5, reduction: "sum" }); // [2, 0, -0.25]
 */
export const tweedie: CurvedLoss<
  Numbers,
  {
    /** The power of the mean to which the variance is proportional: at most 0 or at least 1. Default 0. */
    power?: number | undefined;
  }
> = /* @__PURE__ */ (() => {
  const deviance = kernel("tweedie", TweedieDeviance, tweedieSweep);
  const squares = kernel("mse", SquaredError, mseSweep);
  return pointwiseLoss({
    name: "tweedie",
    kernel: ({ power }) => (power === 0 ? squares : deviance),
    own: ownOptions({ power: { default: 0 } }, ({ power }) => checkPower(power)),
    a: ({ power }) => 1 - power,
    b: ({ power }) => (power < 1 ? -Infinity : power < 2 ? 0 : Infinity),
    // By NaN the formula leaves out what has the residual as a factor.
    hessian: hessians({ gaussNewton: { b: NaN } }),
  });
})();

/**
 * Deviance of the gamma distribution: {@link tweedie} with a power of 2.
 *
 * Prediction p, a mean, and target y are of one length and above 0; elsewhere the loss means nothing. It depends on
 * their ratio alone, and has no unit. The gradient is 2 (p - y) / p^2. Where p is near y the loss keeps its digits.
 * A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Of the Hessian, `"gaussNewton"` is 2 / p^2. XGBoost's and LightGBM's objectives of this name are in the logarithm of the mean.
 * Defined as scikit-learn's `mean_gamma_deviance`, which throws for data that are not above 0.
 *
 * @formula 2 (log(p / y) + y / p - 1)
 * @use positive amounts whose spread grows with their size: claims, waiting times
 * @group regression
 * @also scikit-learn mean_gamma_deviance
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match
 * @example
 * gammaDeviance([1, 2, 4], [2, 2, 5]); // 0.2224728
 * gammaDeviance.grad([1, 2, 4], [2, 2, 5], { reduction: "sum" }); // [-2, 0, -0.125]
 */
export const gammaDeviance: CurvedLoss<Numbers, object> = pointwiseLoss({
  name: "gammaDeviance",
  kernel: kernel("gammaDeviance", GammaDeviance, gammaDevianceSweep),
  b: () => 1,
  hessian: hessians({ gaussNewton: { b: 0 } }),
});
