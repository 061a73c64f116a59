/** How an oracle's operation is put to the library. */

import type { Call, Library } from "../call";
import type { Case, Tensor } from "../case";

/** The library's call for a case, or undefined where its parameters ask for what the library does not have. */
export type Operation = (library: typeof Library, given: Case) => Call | undefined;

/** Operations by the names that cases use. */
export type Operations = Readonly<Record<string, Operation>>;

/** The reals that a case gives as an input. */
export function reals(given: Case, name: string): Library.Reals {
  return input(given, name).data as Library.Reals;
}

/** An input that a case must have. */
export function input(given: Case, name: string): Tensor {
  const tensor = given.inputs[name];
  if (tensor === undefined) throw new Error(`case ${given.id} has no input ${name}`);
  return tensor;
}

/** The upstream gradient of a case: one for each value, or a number for a single value. */
export function upstreamOf({ inputs, params }: Case): number | Library.Numbers | undefined {
  const data = inputs.upstream?.data;
  return data === undefined || params.reduction === "none" ? data : data[0];
}

/** A tensor repeated to a shape, by the rules of NumPy. */
export function broadcast({ shape: from, data }: Tensor, shape: readonly number[]): Library.Numbers {
  const size = shape.reduce((a, b) => a * b, 1);
  return Float64Array.from({ length: size }, (_, flat) => {
    let source = 0;
    let stride = 1;
    let rest = flat;
    for (let axis = shape.length - 1, own = from.length - 1; own >= 0; axis--, own--) {
      const at = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
      if (from[own] !== 1) source += at * stride;
      stride *= from[own]!;
    }
    return data[source]!;
  });
}
