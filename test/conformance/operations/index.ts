/** All operations that the library has. To add one: its name and its call, in the table of its family. */

import { activations } from "./activations";
import { binary } from "./binary";
import { categorical } from "./categorical";
import { classMargins } from "./classMargins";
import { embedding } from "./embedding";
import { likelihood } from "./likelihood";
import { margins } from "./margins";
import { onnx } from "./onnx";
import type { Operations } from "./operation";
import { regression } from "./regression";
import { segmentation } from "./segmentation";
import { sequence } from "./sequence";
import { sklearn } from "./sklearn";

export const operations: Operations = {
  ...regression,
  ...binary,
  ...categorical,
  ...embedding,
  ...classMargins,
  ...segmentation,
  ...sequence,
  ...likelihood,
  ...margins,
  ...activations,
  ...sklearn,
  ...onnx,
};
