/**
 * Exponential and logarithm of f32 accuracy in plain JavaScript: V8's Math.exp and Math.log1p are calls, these are inlined.
 * Coefficients: bench/accuracy/coefficients.mjs.
 */

/** Added to a number below 2^51, it rounds it to an integer. */
const ROUND = 6755399441055744;
const BIAS = 1022;
/** Beyond, 2^n or its reciprocal is no normal number. Held by comparisons: V8's Math.max and Math.min branch on every number. */
const LIMIT = 708;
const powers = Float64Array.from({ length: 2 * BIAS + 1 }, (_, i) => 2 ** (i - BIAS));

/** e^x for any x; beyond the limit that of the limit. */
export function exp(x) {
  let bounded = x;
  if (x > LIMIT) bounded = LIMIT;
  else if (x < -LIMIT) bounded = -LIMIT;
  const n = bounded * Math.LOG2E + ROUND - ROUND;
  const r = bounded - n * Math.LN2;
  const r2 = r * r;
  const low = 0.4999997913837433 + r * 0.1666652262210846;
  const high = 0.041671864688396454 + r * 0.008368538692593575 + r2 * 0.00136191479396075;
  return powers[(n + BIAS) | 0] * (1 + r + r2 * (low + r2 * high));
}

/** log(1 + y) for 0 <= y <= 1, as a series in s = y / (2 + y). */
export function log1pUnit(y) {
  const s = y / (2 + y);
  const z = s * s;
  const h = 0.5 * y * y;
  const p = 0.666664183139801 + z * (0.40021437406539917 + z * (0.2800302505493164 + z * 0.2800678312778473));
  return y - (h - s * (h + p * z));
}
