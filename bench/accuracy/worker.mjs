/** A thread that measures the portions it is sent. */

import { parentPort } from "node:worker_threads";
import { measureDouble, measureSingle } from "./measure.mjs";

parentPort.on("message", (portion) => {
  parentPort.postMessage((portion.precision === "f32" ? measureSingle : measureDouble)(portion));
});
