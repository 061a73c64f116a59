/**
 * Reference values of the elementary functions in double-double: an f64 and a second one of what the first lacks.
 *
 * Every function leaves its value as (high + low) * 2^exponent, right to at least 65 bits: 0.0003 ULP of an f64.
 * The power of two stays apart so that values are as exact where an f64 is denormal or overflows.
 */

import { exact, Real } from "./remez.mjs";

export let high = 0;
export let low = 0;
export let exponent = 0;

const SPLITTER = 2 ** 27 + 1;
/** The exponential is tabulated in steps of 1 / STEPS. */
const STEPS = 64;
/** From here on 1 + e^-x is 1 to 72 bits. */
const NEGLIGIBLE = 50;

/** The f64 nearest to a decimal, and the one nearest to the rest. */
function split(x) {
  const nearest = x.toNumber();
  return [nearest, x.minus(exact(nearest)).toNumber()];
}

const LN2 = new Real(2).ln();
const LN2_SHORT = LN2.times(2 ** 40)
  .floor()
  .div(2 ** 40);
const SHORT = LN2_SHORT.toNumber();
const [REST, REST_LOW] = split(LN2.minus(LN2_SHORT));
const [LN2_HIGH, LN2_LOW] = split(LN2);
const EXPM1 = Array.from({ length: STEPS + 1 }, (_, i) => split(new Real(i - STEPS / 2).div(STEPS).exp().minus(1)));
const EXPM1_HIGH = Float64Array.from(EXPM1, ([h]) => h);
const EXPM1_LOW = Float64Array.from(EXPM1, ([, l]) => l);

function add(ah, al, bh, bl) {
  const sum = ah + bh;
  const part = sum - ah;
  const rest = ah - (sum - part) + (bh - part) + (al + bl);
  high = sum + rest;
  low = sum - high + rest;
}

function multiply(ah, al, bh, bl) {
  const product = ah * bh;
  const as = SPLITTER * ah;
  const ahh = as - (as - ah);
  const ahl = ah - ahh;
  const bs = SPLITTER * bh;
  const bhh = bs - (bs - bh);
  const bhl = bh - bhh;
  const rest = ahl * bhl - (product - ahh * bhh - ahl * bhh - ahh * bhl) + (ah * bl + al * bh);
  high = product + rest;
  low = product - high + rest;
}

function divide(ah, al, bh, bl) {
  const quotient = ah / bh;
  multiply(quotient, 0, bh, bl);
  add(ah, al, -high, -low);
  const rest = high / bh;
  high = quotient + rest;
  low = quotient - high + rest;
}

/** e^r - 1 for r = x - exponent * ln 2, which it chooses. */
function reduced(x) {
  exponent = Math.round(x * Math.LOG2E);
  multiply(exponent, 0, REST, REST_LOW);
  add(x - exponent * SHORT, 0, -high, -low);
  const step = Math.round(high * STEPS);
  add(high, low, -step / STEPS, 0);
  const r = high;
  const rLow = low;
  const tail = 1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r / 40320))));
  multiply(r, rLow, r / 2, rLow / 2);
  add(high, low, r * r * r * tail, 0);
  add(r, rLow, high, low);
  if (step === 0) return;
  const h = high;
  const l = low;
  const th = EXPM1_HIGH[step + STEPS / 2];
  const tl = EXPM1_LOW[step + STEPS / 2];
  multiply(th, tl, h, l);
  add(high, low, h, l);
  add(th, tl, high, low);
}

/** e^x - 1 with `exponent` 0, for |x| < 700. */
function expm1Near(x) {
  reduced(x);
  if (exponent === 0) return;
  const power = 2 ** exponent;
  add(1, 0, high, low);
  add(high * power, low * power, -1, 0);
  exponent = 0;
}

/** log(1 + f + fLow) for small f, by a Newton step from the f64 value. */
function log1pNear(f, fLow) {
  const guess = Math.log1p(f);
  expm1Near(guess);
  const h = high;
  const l = low;
  add(f, fLow, -h, -l);
  const step = (high + low) / (1 + h);
  add(guess, 0, step, 0);
}

function exp(x) {
  const bounded = Math.max(-800, Math.min(800, x));
  reduced(bounded);
  add(1, 0, high, low);
}

function expm1(x) {
  if (x > NEGLIGIBLE) exp(x);
  else expm1Near(Math.max(x, -100));
}

/** log(x / 2^n); returns the n that makes it small. */
function logReduced(x) {
  let scaled = x;
  let n = 0;
  while (scaled > Math.SQRT2) {
    const by = scaled > 2 ** 32 ? 32 : 1;
    scaled *= 2 ** -by;
    n += by;
  }
  while (scaled < Math.SQRT1_2) {
    const by = scaled < 2 ** -32 ? 32 : 1;
    scaled *= 2 ** by;
    n -= by;
  }
  log1pNear(scaled - 1, 0);
  return n;
}

function log(x) {
  const n = logReduced(x);
  const h = high;
  const l = low;
  multiply(n, 0, LN2_HIGH, LN2_LOW);
  add(high, low, h, l);
  exponent = 0;
}

/** Beyond it a power overflows or underflows, whatever its mantissa. */
const FURTHEST = 1200;

/** x^k for x of at least the smallest normal number, which any below counts as; right to 65 bits less those of |k|. */
function power(x, k) {
  const n = logReduced(Math.max(x, 2 ** -1022));
  multiply(k, 0, high, low);
  const h = high;
  const l = low;
  multiply(k, 0, n, 0);
  const whole = Math.round(high);
  add(high - whole, low, 0, 0);
  multiply(high, low, LN2_HIGH, LN2_LOW);
  add(high, low, h, l);
  const rest = low;
  reduced(high);
  add(1, 0, high, low);
  add(high, low, high * rest, 0);
  exponent = Math.max(-FURTHEST, Math.min(FURTHEST, exponent + whole));
}

function log1p(x) {
  if (x > -0.25 && x < 0.4) return log1pNear(x, 0);
  add(x, 0, 1, 0);
  const u = high;
  const rest = low / u;
  log(u);
  add(high, low, rest, 0);
}

function sigmoid(x) {
  if (x < -NEGLIGIBLE) return exp(x);
  expm1Near(-Math.min(x, 2 * NEGLIGIBLE));
  add(high, low, 2, 0);
  divide(1, 0, high, low);
}

function softplus(x) {
  if (x < -NEGLIGIBLE) return exp(x);
  expm1Near(-Math.min(Math.abs(x), 2 * NEGLIGIBLE));
  add(high, low, 1, 0);
  log1pNear(high, low);
  if (x > 0) add(x, 0, high, low);
}

function tanh(x) {
  expm1Near(Math.max(-2 * NEGLIGIBLE, Math.min(2 * NEGLIGIBLE, 2 * x)));
  const h = high;
  const l = low;
  add(h, l, 2, 0);
  divide(h, l, high, low);
}

export const references = {
  exp,
  expNonPositive: exp,
  expOfDifference: exp,
  expm1,
  log,
  log1p,
  logFromOne: log,
  log1pUnit: log1p,
  power,
  sigmoid,
  softplus,
  tanh,
};

/** Makes `value` the result: a limit, which has no low part. */
export function set(value) {
  high = value;
  low = 0;
  exponent = 0;
}
