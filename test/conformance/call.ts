/** A call of the library, and what it gives: every way to ask for the same number must give the same number. */

import type * as Library from "../../src/index";

export type { Library };

type Numbers = Library.Numbers;
type Values = Float32Array | Float64Array;

/** A call of a loss. */
export interface LossCall {
  readonly loss: Library.Loss<never, object>;
  readonly prediction: Library.Reals;
  readonly target: Numbers;
  /** What the case calls the prediction. Default `input`. */
  readonly name?: string;
  readonly options: object;
  readonly upstream?: number | Numbers;
  /** What the operation makes of the loss's value: a change of unit, a root. */
  readonly after?: (value: number) => number;
}

/** A call of a loss with several inputs, and by which names the case knows those that are differentiable. */
interface InputsCall {
  readonly several: Library.InputsLoss<readonly unknown[], string, object>;
  readonly inputs: readonly Numbers[];
  readonly names: Readonly<Record<string, string>>;
  readonly options: object;
  readonly upstream?: number | Numbers;
}

/** A call of an activation. */
interface ActivationCall {
  readonly activation: Library.Activation<object>;
  readonly x: Library.Reals;
  readonly options: object;
  /** One number for each of the results; default ones. */
  readonly upstream?: Numbers;
}

/** A call for each output of an operation whose value is a list. */
interface CallByOutput {
  readonly outputs: readonly LossCall[];
}

/** A call, and the calls that give outputs beside the value. */
export type Call = (LossCall | InputsCall | ActivationCall | CallByOutput) & { readonly others?: Readonly<Record<string, Call>> };

/** What a call gave. */
export interface Results {
  readonly value: ArrayLike<number>;
  readonly grad: Readonly<Record<string, ArrayLike<number>>>;
  readonly others?: Readonly<Record<string, ArrayLike<number>>>;
  /** How the ways to ask for the same numbers disagreed. */
  readonly disagreements: readonly string[];
}

/** Makes a call; with its gradient if `graded`. */
export function perform(call: Call, graded: boolean): Results {
  if ("outputs" in call) {
    const value = call.outputs.flatMap((output) => Array.from(performLoss(output, false).value));
    return { value, grad: {}, disagreements: [] };
  }
  const results =
    "loss" in call ? performLoss(call, graded) : "several" in call ? performInputs(call, graded) : performActivation(call, graded);
  if (call.others === undefined) return results;
  const others = Object.entries(call.others).map(([name, other]) => [name, perform(other, false).value]);
  return { ...results, others: Object.fromEntries(others) };
}

function performLoss(
  { loss, prediction, target, name = "input", options, upstream, after = (value) => value }: LossCall,
  graded: boolean,
): Results {
  const value = loss(prediction, target as never, options) as number | Values;
  const values = (given: number | Values) => Float64Array.from(typeof given === "number" ? [given] : given, after);
  if (!graded) return { value: values(value), grad: {}, disagreements: [] };
  const gradientOptions = { ...options, upstream };
  const grad = loss.grad(prediction, target as never, gradientOptions);
  const both = loss.valueAndGrad(prediction, target as never, gradientOptions) as { value: number | Values; grad: Values };
  const disagreements: string[] = [];
  if (!same(values(value), values(both.value))) disagreements.push("the value is not that of valueAndGrad");
  if (!same(grad, both.grad)) disagreements.push("grad is not that of valueAndGrad");
  return { value: values(value), grad: { [name]: grad }, disagreements };
}

function performInputs({ several, inputs, names, options, upstream }: InputsCall, graded: boolean): Results {
  const call = (f: unknown, given: object) => (f as (...given: readonly unknown[]) => unknown)(...inputs, given);
  const listed = (given: unknown) => (typeof given === "number" ? [given] : (given as Values));
  const value = listed(call(several, options));
  if (!graded) return { value, grad: {}, disagreements: [] };
  const gradientOptions = { ...options, upstream };
  const grads = call(several.grad, gradientOptions) as Record<string, Values>;
  const both = call(several.valueAndGrad, gradientOptions) as { value: number | Values; grad: Record<string, Values> };
  const disagreements: string[] = [];
  if (!same(value, listed(both.value))) disagreements.push("the value is not that of valueAndGrad");
  for (const name in grads) if (!same(grads[name]!, both.grad[name]!)) disagreements.push(`grad.${name} is not that of valueAndGrad`);
  const grad = Object.fromEntries(Object.entries(names).map(([name, ours]) => [name, grads[ours]!]));
  return { value, grad, disagreements };
}

function performActivation({ activation, x, options, upstream }: ActivationCall, graded: boolean): Results {
  const value = activation(x, options);
  if (!graded) return { value, grad: {}, disagreements: [] };
  const grad = activation.grad(x, upstream ?? new Float64Array(value.length).fill(1), options);
  return { value, grad: { input: grad }, disagreements: [] };
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.prototype.every.call(a, (value, i) => Object.is(value, b[i]));
}
