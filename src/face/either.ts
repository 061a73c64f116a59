/** Losses that are pointwise or over classes, as the target says. */

import { checkOptions } from "../checks";
import type { GradientOptions, Labels, Loss, Numbers, Reals } from "../types";
import { type ClassDefinition, classEvaluation } from "./classes";
import { lossFace, type Valued } from "./loss";
import { type PointwiseDefinition, pointwiseEvaluation } from "./pointwise";

type Target = Labels | Numbers;
type Options = GradientOptions & Readonly<Record<"classes" | "shape" | "axis", unknown>>;

/** Whether the target is as long as the prediction, and nothing says where classes would be. */
function isPointwise(prediction: Reals, target: Target, options: Options | undefined): boolean {
  const laidOut = options?.classes !== undefined || options?.shape !== undefined || options?.axis !== undefined;
  return !laidOut && target?.length === prediction?.length;
}

/** Makes a loss that is the one or the other, of options that both take. */
/* @__NO_SIDE_EFFECTS__ */
export function eitherLoss<T extends Target, O>(
  pointwise: PointwiseDefinition<Record<never, never>>,
  classes: ClassDefinition,
): Loss<T, O> {
  const byElement = pointwiseEvaluation(pointwise);
  const { own, known, evaluate } = classEvaluation(classes);
  const evaluated = (p: Reals, t: Target, given: Options | undefined, valued: Valued, graded: boolean) => {
    if (!isPointwise(p, t, given)) return evaluate(p, t, given as never, { valued, graded, curved: false });
    if (given !== undefined) checkOptions(given, known);
    const { reduction, weights, out, upstream } = given ?? ({} as Options);
    return byElement.evaluate(p, t, { reduction, weights, out, upstream } as never, valued, graded, false);
  };
  return lossFace(classes.name, own, known, evaluated as never);
}
