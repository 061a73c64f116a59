/** The public types: what arrays go in, what comes out, and the options that every loss shares. */

/** Real numbers. A `Float32Array` is computed in f32; a `Float64Array` and a plain array in f64. */
export type Reals = Float32Array | Float64Array | readonly number[];

/** Numbers that are only read, and converted to the prediction's precision: targets, weights. */
export type Numbers = Reals | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** Class indices: integers from 0. */
export type Labels = Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array | readonly number[];

/** The array type of results for predictions `P`: f32 for `Float32Array`, f64 for all else. */
export type Output<P extends Reals> = P extends Float32Array ? Float32Array : Float64Array;

/** What becomes of the values by element or sample: their mean, their sum, or the values themselves. */
export type Reduction = "mean" | "sum" | "none";

/** The options that every loss takes. */
export interface LossOptions {
  /** Default `"mean"`. The mean over nothing is NaN; the sum is 0. */
  reduction?: Reduction;
  /** A weight for each sample or for each element. A weight of 0 silences even a NaN. */
  weights?: Numbers;
  /** Where to write the array that is returned: the gradient, or the values under `"none"`. It may be the prediction itself. */
  out?: Float32Array | Float64Array;
}

/** The options of gradients. */
export interface GradientOptions extends LossOptions {
  /** The gradient of what the loss flows into: a number (default 1), or under `"none"` also one for each value. */
  upstream?: number | Numbers;
}

/** A loss and its gradient from one sweep. */
export interface ValueAndGrad<P extends Reals, V = number | Output<P>> {
  /** The loss: a number, or the values under `"none"`. */
  value: V;
  /** The gradient, of the prediction's length. */
  grad: Output<P>;
}

/** The parts of a mean. */
export interface SumAndDivisor {
  /** The sum of the loss, each sample or element times its weight. */
  sum: number;
  /** What the mean divides the sum by. */
  divisor: number;
}

/** A loss: a function of prediction and target, with its gradient as a method. `O` are the loss's own options. */
export interface Loss<Target, O> {
  <P extends Reals>(prediction: P, target: Target, options: O & LossOptions & { reduction: "none" }): Output<P>;
  (prediction: Reals, target: Target, options?: O & LossOptions & { reduction?: "mean" | "sum" }): number;
  <P extends Reals>(prediction: P, target: Target, options?: O & LossOptions): number | Output<P>;

  /** The gradient of the loss with respect to the prediction, of the prediction's length. */
  grad<P extends Reals>(prediction: P, target: Target, options?: O & GradientOptions): Output<P>;

  /** The loss, value by value, and its gradient from one sweep over the data; `out` takes the gradient. */
  valueAndGrad<P extends Reals>(
    prediction: P,
    target: Target,
    options: O & GradientOptions & { reduction: "none" },
  ): ValueAndGrad<P, Output<P>>;
  /** The loss, a number, and its gradient from one sweep over the data; `out` takes the gradient. */
  valueAndGrad<P extends Reals>(
    prediction: P,
    target: Target,
    options?: O & GradientOptions & { reduction?: "mean" | "sum" },
  ): ValueAndGrad<P, number>;
  /** The same, where the reduction is known only at run time. */
  valueAndGrad<P extends Reals>(prediction: P, target: Target, options?: O & GradientOptions): ValueAndGrad<P>;

  /**
   * The sum of the loss and what its mean divides the sum by. Both add up over batches: the mean of the whole is the
   * sums' sum over the divisors' sum, whatever the weights and ignored labels of each batch.
   */
  sumAndDivisor(prediction: Reals, target: Target, options?: O & Pick<LossOptions, "weights">): SumAndDivisor;

  /** The name under which the library exports the loss. */
  readonly lossName: string;
  /** The names of all options that the loss takes. */
  readonly options: ReadonlySet<string>;
  /** The loss's own options with their defaults and what they must be. */
  readonly parameters: LossParameters;
}

/**
 * What stands for the Hessian: the second derivative, XGBoost's or LightGBM's, or the Gauss-Newton part of it, which is
 * never negative. They are the same unless the loss says otherwise.
 */
export type Hessian = "exact" | "xgboost" | "lightgbm" | "gaussNewton";

/** The options of `gradAndHess` beside those of the value. */
export interface HessianOptions {
  /** Which Hessian. Default `"exact"`. */
  hessian?: Hessian;
  /** Where to write the Hessian that is returned. */
  outHess?: Float32Array | Float64Array;
}

/** A gradient and a Hessian diagonal from one sweep. */
export interface GradAndHess<P extends Reals> {
  /** The gradient, of the prediction's length. */
  grad: Output<P>;
  /** The diagonal of the Hessian, of the prediction's length. */
  hess: Output<P>;
}

/** A loss that also has a Hessian diagonal, as gradient boosting and Newton's method ask for. */
export interface CurvedLoss<Target, O> extends Loss<Target, O> {
  /**
   * The gradient and the diagonal of the Hessian with respect to the prediction, from one sweep over the data. Boosting
   * wants them of the sum: `reduction: "sum"`, which is no default here either. `out` takes the gradient, `outHess` the Hessian.
   */
  gradAndHess<P extends Reals>(prediction: P, target: Target, options?: O & LossOptions & HessianOptions): GradAndHess<P>;
}

/** A loss's own numeric option: its default and the values it may take. */
export interface LossParameter {
  /** What an option that is not given counts as. */
  readonly default: number;
  /** The least value, itself included. */
  readonly atLeast?: number;
  /** The bound that a value must exceed. */
  readonly above?: number;
  /** The greatest value, itself included. */
  readonly atMost?: number;
}

/** A loss's own numeric options by name. */
export type LossParameters = Readonly<Record<string, LossParameter>>;

/** The option types that `parameters` declare. */
export type OptionsOf<P extends LossParameters> = { [K in keyof P]?: number };
