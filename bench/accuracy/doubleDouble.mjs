/** Reference values in double-double: a pair of f64 whose sum is right to about 100 bits. Each function leaves its result in `high` and `low`. */

import { Real } from "./remez.mjs";

export let high = 0;
export let low = 0;

const SPLITTER = 2 ** 27 + 1;
const TERMS = 12;
const STEPS = 64;

const pair = (x) => {
  const h = x.toNumber();
  return [h, x.minus(h).toNumber()];
};
