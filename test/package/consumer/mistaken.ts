/** A consumer in TypeScript whose every call is a mistake; beside each the error that must come. */

import { huber, mse } from "simd-loss";
import { init } from "simd-loss/js";

mse("1", [1]); // TS2769
huber([1], [1], { detla: 1 }); // TS2769
init({ backend: "gpu" }); // TS2322
