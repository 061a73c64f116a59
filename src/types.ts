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
  reduction?: Reduction | undefined;
  /**
   * A weight for each sample or for each element. A weight of 0 silences even a NaN. Of a loss by element, weights fewer than the
   * elements are each for as many consecutive elements: the samples of [N, C], not its classes.
   */
  weights?: Numbers | undefined;
  /** Where to write the array that is returned: the gradient, or the values under `"none"`. It may be the prediction itself. */
  out?: Float32Array | Float64Array | undefined;
}

/** The options of gradients. */
export interface GradientOptions extends LossOptions {
  /** The gradient of what the loss flows into: a number (default 1), or under `"none"` also one for each value. */
  upstream?: number | Numbers | undefined;
}

/** A loss and its gradient from one sweep. */
export interface ValueAndGrad<P extends Reals, V = number | Output<P>> {
  /** The loss: a number, or the values under `"none"`. */
  value: V;
  /** The gradient, of the prediction's length. */
  grad: Output<P>;
}

/** The loss's own options that may come with each batch of an accumulator, or hold for all. */
export type OfBatch<O> = Extract<keyof O, "shape" | "mask" | "inputLengths" | "targetLengths">;

/** The options of an accumulator: the loss's own, and what its value is. Those that may come with each batch may be left to it. */
export type AccumulatorOptions<O, R = "mean" | "sum"> = Omit<O, OfBatch<O>> &
  Partial<Pick<O, OfBatch<O>>> & {
    /** `"mean"`, the default, of all batches, or their `"sum"`. */
    reduction?: R | undefined;
  };

/** The options that come with each batch of an accumulator. */
export type BatchOptions<O> = Pick<LossOptions, "weights"> & Partial<Pick<O, OfBatch<O>>>;

/**
 * The state of an accumulator, as JSON can hold it: NaN and the infinities are the strings `"NaN"`, `"Infinity"` and
 * `"-Infinity"`.
 */
export interface AccumulatorState {
  /** The name of the loss. */
  readonly loss: string;
  /** The options that the accumulator was made with, with their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The elements or samples so far. */
  readonly count: number;
  /** Numbers whose sum, without rounding, is the sum of the loss. */
  readonly sum: readonly (number | string)[];
  /** Numbers whose sum, without rounding, is what the mean divides by. */
  readonly weight: readonly (number | string)[];
}

/** What every accumulator has beside its batches: what they come to, and its state. */
export interface Accumulated {
  /** The mean or the sum so far. Of nothing, the mean is NaN and the sum 0. */
  value(): number;

  /**
   * The elements so far, or the samples of a loss over classes, but for those whose label is `ignoreIndex`. What has a
   * weight of 0 counts.
   */
  readonly count: number;

  /** What the mean divides the sum by: of data without weights, `count`. */
  readonly weight: number;

  /** Forgets all batches, not the options. */
  reset(): this;

  /** The state, from which {@link Accumulated.fromJSON} goes on: `JSON.stringify` of an accumulator keeps every bit. */
  toJSON(): AccumulatorState;

  /**
   * Takes the place of what was added so far: the state that an accumulator of the same loss and options had.
   *
   * @throws TypeError for what is no state; RangeError for one of another loss or other options; then nothing was changed
   */
  fromJSON(state: AccumulatorState): this;
}

/** Makes accumulators `A`: of options that hold for all batches, or of a state. */
export interface Accumulators<A, O> {
  (options?: AccumulatorOptions<O>): A;
  /**
   * An accumulator with the options and the sums of a state.
   *
   * @throws TypeError for what is no state; RangeError for one of another loss
   */
  fromJSON(state: AccumulatorState): A;
}

/**
 * The loss of data that come in batches: value = sum of w_i loss_i / sum of w_i under `"mean"`, over all batches.
 *
 * It adds the loss of each element, or of each sample of a loss over classes, as `"none"` gives it, without rounding
 * errors. So however the data are split, and in whichever order the batches come and accumulators are merged, the sum is
 * the same to the last bit, even where large terms cancel. (What one call gives of all data may differ from it by its own
 * rounding.) What the mean divides by is exact without weights, and within 1e-13 with them.
 * A NaN stays, as do Infinity and what goes beyond the range of f64. The state is a few numbers, whatever the data's size.
 *
 * @example
 * const total = mse.accumulator();
 * total.update([1, 2], [1, 4]).update([5], [2]);
 * total.value(); // 4.333333
 * total.count; // 3
 * const other = mse.accumulator().update([0, 0], [3, 1], { weights: [1, 2] });
 * total.merge(other).value(); // 4
 * total.weight; // 6
 * const state = JSON.stringify(total);
 * mse.accumulator.fromJSON(JSON.parse(state)).value(); // 4
 */
export interface Accumulator<Target, O> extends Accumulated {
  /**
   * Adds a batch, which may be of f32 or f64 as any call. A `shape` may come with each batch instead of with the options.
   *
   * @throws what the loss itself throws; then nothing was added
   */
  update(prediction: Reals, target: Target, options?: BatchOptions<O>): this;

  /**
   * Adds all that another accumulator of the same loss and options has, or had when it gave its state; it stays as it is.
   *
   * @throws TypeError for what is neither; RangeError for another loss or other options; then nothing was added
   */
  merge(other: Accumulator<Target, O> | AccumulatorState): this;
}

/** What a loss says of itself. */
export interface LossDescription {
  /** The name under which the library exports the loss. */
  readonly lossName: string;
  /** The names of all options that the loss takes. */
  readonly options: ReadonlySet<string>;
  /** The loss's own options with their defaults and what they must be. */
  readonly parameters: LossParameters;
}

/** A loss: a function of prediction and target, with its gradient as a method. `O` are the loss's own options. */
export interface Loss<Target, O> extends LossDescription {
  <P extends Reals>(prediction: P, target: Target, options: O & LossOptions & { reduction: "none" }): Output<P>;
  (prediction: Reals, target: Target, options?: O & LossOptions & { reduction?: "mean" | "sum" | undefined }): number;
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
    options?: O & GradientOptions & { reduction?: "mean" | "sum" | undefined },
  ): ValueAndGrad<P, number>;
  /** The same, where the reduction is known only at run time. */
  valueAndGrad<P extends Reals>(prediction: P, target: Target, options?: O & GradientOptions): ValueAndGrad<P>;

  /** Makes accumulators: of options that hold for all batches, or of a state. */
  readonly accumulator: Accumulators<Accumulator<Target, O>, O>;
}

/** The gradients of a loss with several differentiable inputs, by the input's name, each of its length. */
export type Gradients<P extends Reals, D extends string> = { [K in D]: Output<P> };

/** A loss and its gradients, by the input's name. */
export interface ValueAndGradients<P extends Reals, D extends string, V = number | Output<P>> {
  /** The loss: a number, or the values under `"none"`. */
  value: V;
  /** The gradients, each of its input's length. */
  grad: Gradients<P, D>;
}

/** The options of losses with several differentiable inputs. */
export interface InputsOptions<D extends string> extends Omit<LossOptions, "out"> {
  /** Where to write what is returned: each gradient, and under `"none"` the values. Each may be an input itself. */
  out?: { readonly [K in D | "value"]?: Float32Array | Float64Array | undefined } | undefined;
}

/** The options of their gradients. */
export type InputsGradientOptions<D extends string> = InputsOptions<D> & Pick<GradientOptions, "upstream">;

/** An accumulator of a loss with several inputs. */
export interface InputsAccumulator<Rest extends readonly unknown[], O> extends Accumulated {
  /** Adds a batch. @throws what the loss itself throws; then nothing was added */
  update(first: Reals, ...rest: [...inputs: Rest, options?: BatchOptions<O>]): this;
  /** Adds all that another accumulator of the same loss and options has. */
  merge(other: InputsAccumulator<Rest, O> | AccumulatorState): this;
}

/**
 * A loss with several differentiable inputs, named `D`. The first input, of whose precision everything is computed, comes
 * before the `Rest`; `O` are the loss's own options.
 */
export interface InputsLoss<Rest extends readonly unknown[], D extends string, O> extends LossDescription {
  <P extends Reals>(first: P, ...rest: [...inputs: Rest, options: O & InputsOptions<D> & { reduction: "none" }]): Output<P>;
  (first: Reals, ...rest: [...inputs: Rest, options?: O & InputsOptions<D> & { reduction?: "mean" | "sum" | undefined }]): number;
  <P extends Reals>(first: P, ...rest: [...inputs: Rest, options?: O & InputsOptions<D>]): number | Output<P>;

  /** The gradients of the loss with respect to each differentiable input, by name. */
  grad<P extends Reals>(first: P, ...rest: [...inputs: Rest, options?: O & InputsGradientOptions<D>]): Gradients<P, D>;

  /** The loss, value by value, and its gradients. */
  valueAndGrad<P extends Reals>(
    first: P,
    ...rest: [...inputs: Rest, options: O & InputsGradientOptions<D> & { reduction: "none" }]
  ): ValueAndGradients<P, D, Output<P>>;
  /** The loss, a number, and its gradients. */
  valueAndGrad<P extends Reals>(
    first: P,
    ...rest: [...inputs: Rest, options?: O & InputsGradientOptions<D> & { reduction?: "mean" | "sum" | undefined }]
  ): ValueAndGradients<P, D, number>;
  /** The same, where the reduction is known only at run time. */
  valueAndGrad<P extends Reals>(first: P, ...rest: [...inputs: Rest, options?: O & InputsGradientOptions<D>]): ValueAndGradients<P, D>;

  /** Makes accumulators: of options that hold for all batches, or of a state. */
  readonly accumulator: Accumulators<InputsAccumulator<Rest, O>, O>;

  /** The names of the arguments before the options. */
  readonly inputs: readonly string[];
}

/** A loss whose samples are vectors, regions or sequences. */
export interface SampleLoss<Target, O> extends Loss<Target, O> {
  /** The names of the arguments before the options. */
  readonly inputs: readonly string[];
}

/** The options under which the sum is divided by the size of the batch: the first axis of `shape`, or the rows of `classes`. */
export interface BatchMeanOptions extends Omit<GradientOptions, "reduction"> {
  /** The sum over the number of samples. */
  reduction: "batchMean";
}

/** A loss that also has the reduction `"batchMean"`: the sum over the number of samples. */
export interface BatchLoss<Target, O> extends CurvedLoss<Target, O> {
  (prediction: Reals, target: Target, options: O & BatchMeanOptions): number;
  readonly grad: Loss<Target, O>["grad"] & (<P extends Reals>(prediction: P, target: Target, options: O & BatchMeanOptions) => Output<P>);
  readonly valueAndGrad: Loss<Target, O>["valueAndGrad"] &
    (<P extends Reals>(prediction: P, target: Target, options: O & BatchMeanOptions) => ValueAndGrad<P, number>);
  readonly gradAndHess: CurvedLoss<Target, O>["gradAndHess"] &
    (<P extends Reals>(prediction: P, target: Target, options: O & Omit<BatchMeanOptions, "upstream"> & HessianOptions) => GradAndHess<P>);
  /** Makes accumulators, also of the sum of all batches over the number of their samples. */
  readonly accumulator: Loss<Target, O>["accumulator"] &
    ((options: AccumulatorOptions<O, "mean" | "sum" | "batchMean">) => Accumulator<Target, O>);
}

/**
 * What stands for the Hessian: the second derivative, XGBoost's or LightGBM's, or the Gauss-Newton part of it, which is
 * never negative. They are the same unless the loss says otherwise.
 */
export type Hessian = "exact" | "xgboost" | "lightgbm" | "gaussNewton";

/** The options of `gradAndHess` beside those of the value. */
export interface HessianOptions {
  /** Which Hessian. Default `"exact"`. */
  hessian?: Hessian | undefined;
  /** Where to write the Hessian that is returned. */
  outHess?: Float32Array | Float64Array | undefined;
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

/** A loss's own option, a number or a boolean: its default and, of numbers, the values it may take. */
export interface LossParameter {
  /** What an option that is not given counts as. */
  readonly default: number | boolean;
  /** The least value, itself included. */
  readonly atLeast?: number;
  /** The bound that a value must exceed. */
  readonly above?: number;
  /** The greatest value, itself included. */
  readonly atMost?: number;
}

/** A loss's own options, numbers and booleans, by name. */
export type LossParameters = Readonly<Record<string, LossParameter>>;

/** The option types that `parameters` declare. */
export type OptionsOf<P extends LossParameters> = { [K in keyof P]?: P[K]["default"] extends boolean ? boolean : number };
