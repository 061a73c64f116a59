/** All operations that the library has. To add one: its name and its call, in the table of its family. */

import { activations } from "./activations";
import { binary } from "./binary";
import { categorical } from "./categorical";
import { likelihood } from "./likelihood";
import { margins } from "./margins";
import { onnx } from "./onnx";
import type { Operations } from "./operation";
import { regression } from "./regression";
import { sklearn } from "./sklearn";

export const operations: Operations = {
  ...regression,
  ...likelihood,
  ...binary,
  ...margins,
  ...categorical,
  ...activations,
  ...sklearn,
  ...onnx,
};
