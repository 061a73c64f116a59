/** A thread that measures the portions it is sent. */

import { parentPort } from "node:worker_threads";
import { instantiate } from "./elementary.mjs";
import { BLOCK, measureDouble, measureSingle } from "./measure.mjs";

parentPort.on("message", ({ modules, ...portion }) => {
  const instances = modules.map((module) => instantiate(module, portion.precision, BLOCK));
  parentPort.postMessage((portion.precision === "f32" ? measureSingle : measureDouble)({ ...portion, instances }));
});
