/** An app that imports a few functions, computes what is known, and leaves the backend's report on the page. */

import { backend, binaryCrossEntropyWithLogits, crossEntropy, huber, mae, mse, softmax } from "simd-loss";
import { check } from "./known.mjs";

globalThis.report = check({ backend, binaryCrossEntropyWithLogits, crossEntropy, huber, mae, mse, softmax });
