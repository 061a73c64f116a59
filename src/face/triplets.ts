/** Losses of the distances between three vectors, which are p-norms of their differences. */

import type { Layout } from "../layout";
import { stageFor } from "../staging/stages";
import { differentiateRows, distancesOf } from "../staging/vectors";
import type { Numbers } from "../types";
import type { CheckedCall } from "./samples";

/** The options of a triplet loss. */
export interface TripletParameters {
  readonly margin: number;
  readonly p: number;
  readonly eps: number;
  readonly swap: boolean;
}

/** A call of the triplet margin loss of anchors, positives and negatives. */
export function tripletCall(layout: Layout, arrays: readonly [Numbers, Numbers, Numbers], options: TripletParameters): CheckedCall {
  const samples = layout.groups * layout.positions;
  const { margin, p, eps, swap } = options;
  return {
    samples,
    run(precision, factors, grads) {
      const [anchor, positive, negative] = arrays;
      const stage = stageFor(precision, anchor, positive, negative);
      const norms = (x: Numbers, t: Numbers) => distancesOf(stage, layout, x, t, eps, p).map((sum) => sum ** (1 / p));
      const near = norms(anchor, positive);
      const far = norms(anchor, negative);
      const across = swap ? norms(positive, negative) : undefined;
      const [nearFactors, farFactors, acrossFactors] = [0, 1, 2].map(() => new Float64Array(samples)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      const values = near.map((distance, i) => {
        const swapped = across !== undefined && !(across[i]! >= far[i]!);
        const other = swapped ? across[i]! : far[i]!;
        const loss = distance - other + margin;
        if (factors !== undefined && factors[i] !== 0 && !(loss < 0)) {
          const factor = Number.isNaN(loss) ? NaN : factors[i]!;
          nearFactors[i] = slopeOf(distance, p, factor);
          (swapped ? acrossFactors : farFactors)[i] = -slopeOf(other, p, factor);
        }
        return loss < 0 ? 0 : loss;
      });
      if (factors !== undefined) {
        const differences = [
          { x: 0, t: 1, factors: nearFactors },
          { x: 0, t: 2, factors: farFactors },
          ...(swap ? [{ x: 1, t: 2, factors: acrossFactors }] : []),
        ];
        differentiateRows(stage, layout, arrays, differences, eps, p, grads);
      }
      return values;
    },
  };
}

/** The factor of sign(d) |d|^(p - 1) in the gradient of a norm; at a distance of 0 there is none. */
function slopeOf(distance: number, p: number, factor: number): number {
  return distance === 0 ? 0 : factor / distance ** (p - 1);
}
