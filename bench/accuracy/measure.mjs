/** Measures how far the elementary functions are off, in units in the last place (ULP) of the exact value. */

import { exponent, high, low, references, set } from "./doubleDouble.mjs";
import { functions } from "./functions.mjs";
import { edgesOf, randomOf } from "./samples.mjs";

/** How many elements an instance must be able to map at once. */
export const BLOCK = 1 << 14;

/** 2^(23 - e) for each exponent field of an f64: how many ULP of an f32 one unit is, denormals included. */
const SINGLE_ULPS = Float64Array.from({ length: 2048 }, (_, field) => 2 ** (23 - Math.max(field - 1023, -126)));
const SINGLE_OVERFLOW = 2 ** 128 - 2 ** 103;
const SINGLE_NORMAL = 2 ** -126;
const DOUBLE_NORMAL = 2 ** -1022;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The worst error of one backend, and an argument whose result breaks the contract for NaN, infinity or zero. */
class Worst {
  ulp = 0;
  at = Number.NaN;
  fault = undefined;

  enter(ulp, x) {
    if (ulp > this.ulp) {
      this.ulp = ulp;
      this.at = x;
    }
  }
}

/** Whether a special value is as it must be; undefined where `expected` is nonzero and finite and so is measured. */
function special(expected, got) {
  if (Number.isNaN(expected)) return Number.isNaN(got);
  if (expected === 0 || Math.abs(expected) === Infinity) return Object.is(expected, got);
  return Number.isFinite(got) ? undefined : false;
}

/** Every `stride`-th of the f32 whose bits are from `from` to `to`; returns the Worst of every instance. */
export function measureSingle({ name, instances, from, to, stride }) {
  const { single, within, flushes } = functions.find((f) => f.name === name);
  const worsts = instances.map(() => new Worst());
  const xs = new Float32Array(BLOCK);
  const exact = new Float64Array(BLOCK);
  for (let first = from; first < to; first += BLOCK * stride) {
    const n = fillSingle(xs, first, Math.min(first + BLOCK * stride, to), stride, within);
    evaluateSingle(single, xs, exact, n);
    for (const [b, { x, y, apply }] of instances.entries()) {
      x.set(xs);
      apply(name, Math.ceil(n / 4) * 4);
      compareSingle(worsts[b], xs, y, exact, n, flushes);
    }
  }
  return worsts;
}

/** The f32 of the domain among those bits, and the NaN; returns how many. All 2^32 pass through this and the next two loops. */
function fillSingle(xs, from, to, stride, within) {
  const bits = new Uint32Array(xs.buffer);
  let n = 0;
  for (let k = from; k < to; k += stride) {
    bits[n] = k;
    if (within(xs[n]) || Number.isNaN(xs[n])) n++;
  }
  return n;
}

function evaluateSingle(single, xs, exact, n) {
  for (let i = 0; i < n; i++) exact[i] = single(xs[i]);
}

function compareSingle(worst, xs, y, exact, n, flushes) {
  const fields = new Uint32Array(exact.buffer);
  for (let i = 0; i < n; i++) {
    const error = Math.abs(y[i] - exact[i]) * SINGLE_ULPS[(fields[2 * i + 1] >>> 20) & 2047];
    if (!(error <= worst.ulp) || exact[i] === 0) judgeSingle(worst, xs[i], exact[i], y[i], error, flushes);
  }
}

/** What the sweep's one comparison lets through: NaN, infinities, zeros, and errors larger than those before. */
function judgeSingle(worst, x, exact, got, error, flushes) {
  if (flushes && got === 0 && exact < SINGLE_NORMAL) return;
  const right = special(Math.abs(exact) >= SINGLE_OVERFLOW ? Math.sign(exact) * Infinity : exact, got);
  if (right === false) worst.fault ??= x;
  else if (right === undefined) worst.enter(error, x);
}

/** `samples` pseudo-random f64 from `seed`, or with `edges` the powers of two and what lies about the branches. */
export function measureDouble({ name, instances, samples, seed, edges }) {
  const { within, flushes, spread, branches } = functions.find((f) => f.name === name);
  const worsts = instances.map(() => new Worst());
  const source = edges ? edgesOf(branches) : randomOf(samples, seed, spread);
  const xs = new Float64Array(BLOCK);
  for (let done = false; !done; ) {
    let n = 0;
    while (n < BLOCK && !done) {
      const next = source.next();
      done = next.done;
      if (!done && (within(next.value) || Number.isNaN(next.value))) xs[n++] = next.value;
    }
    for (const { x, apply } of instances) {
      x.set(xs);
      apply(name, Math.ceil(n / 2) * 2);
    }
    for (let i = 0; i < n; i++) {
      const exact = nearest(name, xs[i]);
      for (let b = 0; b < instances.length; b++) {
        const got = instances[b].y[i];
        if (flushes && got === 0 && exact < DOUBLE_NORMAL) continue;
        const right = special(exact, got);
        if (right === false) worsts[b].fault ??= xs[i];
        else if (right === undefined) worsts[b].enter(ulps(got), xs[i]);
      }
    }
  }
  return worsts;
}

/**
 * The f64 nearest to the function's value, which stays in doubleDouble.mjs; limits and exact zeros come from Math. What
 * underflows comes as some denormal: only exact zeros must be met exactly.
 */
function nearest(name, x) {
  if (!Number.isFinite(x) || x === 0 || (name.startsWith("log") && x <= -1) || (name === "log" && x < 0)) return limit(name, x);
  references[name](x);
  return exponent > 0 ? (high + low) * 2 ** (exponent - 1) * 2 : (high + low) * 2 ** Math.max(exponent, -1073);
}

function limit(name, x) {
  const value = functions.find((f) => f.name === name).single(x);
  set(value);
  return value;
}

/** How far `got` is from doubleDouble's value. Both are scaled so that the ULP of denormals is 2^-52 too. */
function ulps(got) {
  const unscaled = exponent > 0 ? (got / 2) * 2 ** (1 - exponent) : got * 2 ** (-exponent >> 1) * 2 ** (-exponent - (-exponent >> 1));
  double[0] = high;
  const field = ((words[1] >>> 20) & 2047) - 1023;
  return Math.abs(unscaled - high - low) * 2 ** (52 - Math.max(field, -1022 - exponent));
}
