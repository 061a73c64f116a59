/** A consumer that imports the build without WebAssembly. */

import * as library from "simd-loss/js";
import { check } from "./known.mjs";

console.log(JSON.stringify(check(library)));
