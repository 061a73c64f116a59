/** Operations whose target is 1 or -1, and the focal loss. */

import type { Operations } from "./operation";
import { pointwise } from "./regression";

export const margins: Operations = {
  hinge_loss: ({ hinge }, given) => pointwise(hinge, given),
  squared_hinge_loss: ({ squaredHinge }, given) => pointwise(squaredHinge, given),
  soft_margin_loss: ({ softMargin }, given) => pointwise(softMargin, given),
  hinge_embedding_loss: ({ hingeEmbedding }, given) => pointwise(hingeEmbedding, given, { margin: given.params.margin }),
  sigmoid_focal_loss: ({ focal }, given) => pointwise(focal, given, { alpha: given.params.alpha, gamma: given.params.gamma }),
};
