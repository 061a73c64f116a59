/** The regularisation terms of a cost function: penalties on the size of a model's parameters. */

import { AbsoluteValue, l1Penalty as l1PenaltySweep } from "../../assembly/losses/l1Penalty";
import { l2Penalty as l2PenaltySweep, Square } from "../../assembly/losses/l2Penalty";
import { type Penalty, penalty } from "../face/penalty";
import { kernel } from "../staging/kernels";

export const l1Penalty: Penalty = /* @__PURE__ */ penalty("l1Penalty", kernel("l1Penalty", new AbsoluteValue(), l1PenaltySweep));

export const l2Penalty: Penalty = /* @__PURE__ */ penalty("l2Penalty", kernel("l2Penalty", new Square(), l2PenaltySweep));
