/** Losses by sample: what the shared options make of the value of each sample and of its gradient. */

import type { Precision } from "../backends/kinds";
import { checkOptions, checkOut, checkOuts, checkReals, checkReduction, checkSampleWeights, checkUpstream, seedOf } from "../checks";
import { outputFactor } from "../staging/factors";
import type { Values } from "../staging/stage";
import type { GradientOptions, InputsLoss, Numbers, Reals, SampleLoss } from "../types";
import { type EvaluateInputs, type InputsEvaluation, inputsFace, sampleFace } from "./inputs";
import { checkedAhead, NO_OPTIONS, NO_OWN, type OwnOptions, optionNames } from "./options";
import { sumOf } from "./sum";

type Options = GradientOptions & Readonly<Record<string, unknown>>;

/** A call of a loss whose inputs and own options are checked. */
export interface CheckedCall {
  readonly samples: number;
  /** What the mean divides the value of each sample by, before it is weighted. Default 1. */
  readonly sizes?: Float64Array;
  /**
   * Returns the value of each sample. If there are factors, one for each sample, it writes the gradients, each sample's
   * times its factor, to `grads`: 0 where the factor is, whatever the sample holds.
   */
  run(precision: Precision, factors: Float64Array | undefined, grads: readonly Values[]): Float64Array;
}

/** A loss by sample. */
export interface SampleDefinition<Own> {
  readonly name: string;
  /** The names of the inputs. The first is differentiable. */
  readonly inputs: readonly string[];
  /** The names of those that are differentiable, if they are several. */
  readonly differentiable?: readonly string[];
  readonly own?: OwnOptions<Own>;
  /** Options beside the numeric ones. */
  readonly options?: readonly string[];
  /** Checks the inputs and the own options; those that are differentiable are known to be real numbers. */
  check(inputs: readonly never[], options: Readonly<Record<string, unknown>>, own: Own): CheckedCall;
}

/** Makes a loss by sample with gradients for several inputs. */
/* @__NO_SIDE_EFFECTS__ */
export function sampleInputsLoss<Rest extends readonly unknown[], D extends string, O, Own extends object>(
  definition: SampleDefinition<Own> & { readonly differentiable: readonly D[] },
): InputsLoss<Rest, D, O> {
  const parts = partsOf(definition);
  return inputsFace(
    { ...parts, own: checkedAhead(parts.own) },
    definition.differentiable,
    evaluation(definition, parts.own, parts.options),
  );
}

/** Makes a loss by sample of two inputs with a gradient for the first. */
/* @__NO_SIDE_EFFECTS__ */
export function sampleLoss<Target, O, Own extends object>(definition: SampleDefinition<Own>): SampleLoss<Target, O> {
  const parts = partsOf(definition);
  return sampleFace({ ...parts, own: checkedAhead(parts.own) }, evaluation(definition, parts.own, parts.options));
}

function partsOf<Own extends object>({ name, inputs, own = NO_OWN as OwnOptions<Own>, options = [] }: SampleDefinition<Own>) {
  return { name, inputs, own, options: optionNames([...Object.keys(own.parameters), ...options]) };
}

function evaluation<Own>(definition: SampleDefinition<Own>, own: OwnOptions<Own>, known: ReadonlySet<string>): EvaluateInputs {
  const { inputs: names, differentiable } = definition;
  const graded = differentiable ?? [names[0]!];

  return (...given): InputsEvaluation => {
    const arity = names.length;
    const inputs = given.slice(0, arity) as Numbers[];
    const options = (given[arity] === undefined ? NO_OPTIONS : given[arity]) as Options;
    const valued = given[arity + 1];
    const differentiated = given[arity + 2] === true;
    const precision = checkReals(names[0]!, inputs[0] as Reals);
    for (let i = 1; i < arity; i++) if (graded.includes(names[i]!)) checkReals(names[i]!, inputs[i] as Reals);
    if (given[arity] !== undefined) checkOptions(options, known);
    const call = definition.check(inputs as never[], options, own.of(options));
    const { samples } = call;
    const reduction = checkReduction(options.reduction);
    const each = reduction === "none" || valued === "each";
    const { weights, out, upstream } = options;
    const seeds = checkUpstream(upstream, reduction, samples);
    checkSampleWeights(weights, samples);
    const lengthOf = (name: string) => inputs[names.indexOf(name)]!.length;
    let grads: Values[] = [];
    let values: Values | undefined;
    if (differentiable === undefined) {
      if (differentiated) grads = [checkOut(out, precision, inputs[0]!.length)];
      if (valued && each) values = checkOut(differentiated ? undefined : out, precision, samples);
    } else {
      const outs = checkOuts(out, [...differentiable, "value"]);
      if (differentiated) grads = differentiable.map((name) => checkOut(outs[name], precision, lengthOf(name), `out.${name}`));
      if (valued && each) values = checkOut(outs.value, precision, samples, "out.value");
    }

    const mean = reduction === "mean";
    let divisor = 1;
    if (mean || valued === "each") divisor = weights === undefined ? samples : sumOf(weights);
    const scale = seedOf(upstream) / divisor;
    const shares = new Float64Array(samples);
    for (let i = 0; i < samples; i++) {
      const weight = weights === undefined ? 1 : weights[i]!;
      shares[i] = mean && call.sizes !== undefined ? weight / call.sizes[i]! : weight;
    }
    let factors: Float64Array | undefined;
    if (differentiated) {
      factors = new Float64Array(samples);
      for (let i = 0; i < samples; i++) factors[i] = outputFactor(shares[i]!, scale, seeds === undefined ? 1 : seeds[i]!);
    }
    const computed = call.run(precision, factors, grads);
    let sum = 0;
    for (let i = 0; i < samples; i++) {
      const value = shares[i] === 0 ? 0 : shares[i]! * computed[i]!;
      sum += value;
      if (values !== undefined) values[i] = value;
    }
    return { value: values ?? sum / divisor, grads, divisor, count: samples };
  };
}
