/** Operations on regions: by sample over all other axes, or over the whole batch. */

import type { Call, Library } from "../call";
import type { Case } from "../case";
import { input, type Operations } from "./operation";
import { pointwise } from "./regression";

export const segmentation: Operations = {
  dice_loss: ({ dice }, given) => regions(dice, given, { smooth: given.params.smooth }),
  dice_loss_squared: ({ dice }, given) => regions(dice, given, { smooth: given.params.smooth, squared: true }),
  tversky_loss: ({ tversky }, given) => {
    const { alpha, beta, smooth } = given.params;
    return regions(tversky, given, { alpha, beta, smooth });
  },
};

function regions(loss: Library.Loss<Library.Numbers, object>, given: Case, own: object): Call {
  const { shape, size } = input(given, "input");
  return pointwise(loss, given, { ...own, dimensions: given.params.per_sample === true ? size / shape[0]! : undefined });
}
