/** A consumer that imports the library. */

import * as library from "simd-loss";
import { check } from "./known.mjs";

console.log(JSON.stringify(check(library)));
