/** The face of losses of which each sample is more than an element: with several inputs, of vectors, regions and sequences. */

import type { InputsLoss, SampleLoss } from "../types";
import { accumulatorOf } from "./accumulator";
import { type Evaluate, type Evaluation, lossFace } from "./loss";
import type { OwnOptions } from "./options";

/** What the faces need to know of a loss; an evaluation takes its inputs as the first arguments. */
export interface FaceOfInputs {
  readonly name: string;
  /** The names of all inputs. */
  readonly inputs: readonly string[];
  readonly own: OwnOptions;
  readonly options: ReadonlySet<string>;
}

/** An evaluation whose gradients are several, in the order of the differentiable inputs. */
export interface InputsEvaluation extends Omit<Evaluation, "grad" | "hess"> {
  readonly grads: readonly (Float32Array | Float64Array)[];
}

/** Evaluates a loss of its inputs, options, and whether value and gradients are asked for. */
export type EvaluateInputs = (...given: readonly unknown[]) => InputsEvaluation;

/** A loss whose gradients are an object by the names of its differentiable inputs. */
/* @__NO_SIDE_EFFECTS__ */
export function inputsFace<Rest extends readonly unknown[], D extends string, O>(
  { name, inputs, own, options }: FaceOfInputs,
  differentiable: readonly string[],
  evaluate: EvaluateInputs,
): InputsLoss<Rest, D, O> {
  const arity = inputs.length;
  const run = (given: readonly unknown[], valued: unknown, graded: boolean) =>
    evaluate(...Array.from({ length: arity + 1 }, (_, i) => given[i]), valued, graded);
  const named = ({ grads }: InputsEvaluation) => Object.fromEntries(differentiable.map((input, i) => [input, grads[i]]));
  return Object.assign((...given: readonly unknown[]) => run(given, true, false).value, {
    grad: (...given: readonly unknown[]) => named(run(given, false, true)),
    valueAndGrad: (...given: readonly unknown[]) => {
      const evaluation = run(given, true, true);
      return { value: evaluation.value, grad: named(evaluation) };
    },
    accumulator: accumulatorOf(name, own, options, evaluate as unknown as Evaluate, arity),
    lossName: name,
    inputs,
    parameters: own.parameters,
    options,
  }) as unknown as InputsLoss<Rest, D, O>;
}

/** A loss of two inputs, of which the first alone is differentiable: with the face of any loss. */
/* @__NO_SIDE_EFFECTS__ */
export function sampleFace<Target, O>({ name, inputs, own, options }: FaceOfInputs, evaluate: EvaluateInputs): SampleLoss<Target, O> {
  const single = (...given: readonly unknown[]): Evaluation => {
    const { grads, ...evaluation } = evaluate(...given);
    return { ...evaluation, grad: grads[0] };
  };
  return Object.assign(lossFace<Target, O>(name, own, options, single as unknown as Evaluate), { inputs });
}
