/** A consumer that runs in Cloudflare's workerd, as a test of its own. */

import * as library from "simd-loss";
import { check } from "./known.mjs";

export default {
  test() {
    console.log(JSON.stringify(check(library)));
  },
};
