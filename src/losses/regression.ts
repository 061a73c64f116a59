/** Losses of a number predicted for a number. */

import { HalfSquaredError, halfSquaredError as halfSquaredErrorSweep } from "../../assembly/losses/halfSquaredError";
import { HuberError, huber as huberSweep } from "../../assembly/losses/huber";
import { AbsoluteError, mae as maeSweep } from "../../assembly/losses/mae";
import { AbsolutePercentageError, mape as mapeSweep } from "../../assembly/losses/mape";
import { mse as mseSweep, SquaredError } from "../../assembly/losses/mse";
import { SmoothAbsoluteError, smoothL1 as smoothL1Sweep } from "../../assembly/losses/smoothL1";
import { pointwiseLoss } from "../face/pointwise";
import { kernel } from "../staging/kernels";
import type { Loss, Numbers } from "../types";

export const mse: Loss<Numbers, object> = /* @__PURE__ */ pointwiseLoss({
  name: "mse",
  kernel: kernel("mse", new SquaredError(), mseSweep),
});

export const halfSquaredError: Loss<Numbers, object> = /* @__PURE__ */ pointwiseLoss({
  name: "halfSquaredError",
  kernel: kernel("halfSquaredError", new HalfSquaredError(), halfSquaredErrorSweep),
});

export const mae: Loss<Numbers, object> = /* @__PURE__ */ pointwiseLoss({
  name: "mae",
  kernel: kernel("mae", new AbsoluteError(), maeSweep),
});

export const mape: Loss<Numbers, { eps?: number }> = /* @__PURE__ */ pointwiseLoss({
  name: "mape",
  kernel: kernel("mape", new AbsolutePercentageError(), mapeSweep),
  parameters: { eps: { default: 1e-7, above: 0 } },
  a: ({ eps }) => eps,
});

export const huber: Loss<Numbers, { delta?: number }> = /* @__PURE__ */ pointwiseLoss({
  name: "huber",
  kernel: kernel("huber", new HuberError(), huberSweep),
  parameters: { delta: { default: 1, above: 0 } },
  a: ({ delta }) => delta,
});

export const smoothL1: Loss<Numbers, { beta?: number }> = /* @__PURE__ */ pointwiseLoss({
  name: "smoothL1",
  kernel: kernel("smoothL1", new SmoothAbsoluteError(), smoothL1Sweep),
  parameters: { beta: { default: 1, atLeast: 0 } },
  a: ({ beta }) => beta,
  b: ({ beta }) => 1 / beta,
});
