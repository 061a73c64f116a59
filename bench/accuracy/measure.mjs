/** Measures how far the elementary functions are off, as a share of the error that their bounds allow. */

import { exponent, high, low, references, set } from "./doubleDouble.mjs";
import { functions } from "./functions.mjs";
import { edgesOf, pairEdgesOf, pairsOf, randomOf } from "./samples.mjs";

/** How many elements an instance must be able to map at once. */
export const BLOCK = 1 << 14;

/** How many ULP of an f32 one is, for each exponent field of an f64, denormals included. */
const SINGLE_ULPS = Float64Array.from({ length: 2048 }, (_, field) => 2 ** (23 - Math.max(field - 1023, -126)));
const SINGLE_OVERFLOW = 2 ** 128 - 2 ** 103;
const SINGLE_NORMAL = 2 ** -126;
const DOUBLE_NORMAL = 2 ** -1022;
/** The logarithms of the greatest numbers. */
const GREATEST = { f32: 88, f64: 709 };

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * How many units of a bound one is, given the exact result, how many ULP of it one is, and how many of its ULP a power of two
 * is. Relative errors are those of the smallest normal number where the result is below.
 */
const units = {
  ULP: (_exact, ulps) => ulps,
  relative: (exact, ulps, digits) => 1 / Math.max(Math.abs(exact), digits / ulps),
};

const mostOf = ({ most }, x, k) => (typeof most === "number" ? most : most(x, k));

/** The worst error of one backend, and arguments whose result breaks the contract for NaN, infinity or zero. */
class Worst {
  /** Of what the bound allows. */
  share = 0;
  /** In the bound's unit. */
  error = 0;
  at = Number.NaN;
  exponent = Number.NaN;
  fault = undefined;

  enter(share, most, x, k) {
    if (!(share > this.share)) return;
    this.share = share;
    this.error = share * most;
    this.at = x;
    this.exponent = k;
  }

  wrong(x, k) {
    this.fault ??= Number.isNaN(k) ? `${x}` : `${x} to the power of ${k}`;
  }
}

/** Whether a special value is as it must be; undefined where `expected` is nonzero and finite and so is measured. */
function special(expected, got) {
  if (Number.isNaN(expected)) return Number.isNaN(got);
  if (expected === 0 || Math.abs(expected) === Infinity) return Object.is(expected, got);
  return Number.isFinite(got) ? undefined : false;
}

/** A portion's function, and for a block what holds the arguments, the exact results, and the share of the bound that one is. */
function prepared(name, precision, array) {
  const f = functions.find((each) => each.name === name);
  const blocks = [new array(BLOCK), new array(BLOCK).fill(Number.NaN), new Float64Array(BLOCK), new Float64Array(BLOCK)];
  return { f, bound: f.bounds[precision], blocks };
}

/** Samples or edges, one by one; a function of one argument has no exponent. */
function* sourceOf({ exponents, spread, branches }, precision, { samples, seed, edges }) {
  if (exponents !== undefined) yield* edges ? pairEdgesOf(exponents) : pairsOf(samples, seed, exponents, GREATEST[precision]);
  else for (const x of edges ? edgesOf(branches) : randomOf(samples, seed, spread)) yield [x, Number.NaN];
}

/** Fills blocks from a source, of what is in the domain; yields how many there are. */
function* sampledBlocks(f, precision, portion, xs, ks) {
  let n = 0;
  for (const [x, k] of sourceOf(f, precision, portion)) {
    xs[n] = x;
    ks[n] = k;
    if (f.within(xs[n]) || Number.isNaN(xs[n])) n++;
    if (n < BLOCK) continue;
    yield n;
    n = 0;
  }
  if (n > 0) yield n;
}

function map({ x, k, apply }, { name, exponents }, xs, ks, n, lanes) {
  x.set(xs);
  if (exponents !== undefined) k.set(ks);
  apply(name, Math.ceil(n / lanes) * lanes);
}

/** Every `stride`-th of the f32 whose bits are from `from` to `to`, or samples; returns the Worst of every instance. */
export function measureSingle({ name, instances, ...portion }) {
  const { f, bound, blocks } = prepared(name, "f32", Float32Array);
  const [xs, ks, exact, shares] = blocks;
  const fixed = bound.unit === "ULP" && typeof bound.most === "number";
  const table = fixed ? SINGLE_ULPS.map((ulps) => ulps / bound.most) : SINGLE_ULPS;
  const worsts = instances.map(() => new Worst());
  for (const n of portion.stride === undefined ? sampledBlocks(f, "f32", portion, xs, ks) : sweptBlocks(f, portion, xs)) {
    evaluateSingle(f.single, xs, ks, exact, n);
    fillShares(bound, table, xs, ks, exact, shares, n);
    for (const [b, instance] of instances.entries()) {
      map(instance, f, xs, ks, n, 4);
      compareSingle(worsts[b], xs, ks, instance.y, exact, shares, n, f.flushes, bound);
    }
  }
  return worsts;
}

function* sweptBlocks({ within }, { from, to, stride }, xs) {
  for (let first = from; first < to; first += BLOCK * stride)
    yield fillSingle(xs, first, Math.min(first + BLOCK * stride, to), stride, within);
}

/** The f32 of the domain among those bits, and the NaN; returns how many. All 2^32 pass through this and the next loops. */
function fillSingle(xs, from, to, stride, within) {
  const bits = new Uint32Array(xs.buffer);
  let n = 0;
  for (let k = from; k < to; k += stride) {
    bits[n] = k;
    if (within(xs[n]) || Number.isNaN(xs[n])) n++;
  }
  return n;
}

function evaluateSingle(single, xs, ks, exact, n) {
  for (let i = 0; i < n; i++) exact[i] = single(xs[i], ks[i]);
}

/** Of a bound that is the same everywhere, `table` has the shares by exponent field. */
function fillShares(bound, table, xs, ks, exact, shares, n) {
  const fields = new Uint32Array(exact.buffer);
  for (let i = 0; i < n; i++) shares[i] = table[(fields[2 * i + 1] >>> 20) & 2047];
  if (table !== SINGLE_ULPS) return;
  for (let i = 0; i < n; i++) shares[i] = units[bound.unit](exact[i], shares[i], 2 ** 23) / mostOf(bound, xs[i], ks[i]);
}

function compareSingle(worst, xs, ks, y, exact, shares, n, flushes, bound) {
  for (let i = 0; i < n; i++) {
    const share = Math.abs(y[i] - exact[i]) * shares[i];
    if (!(share <= worst.share) || exact[i] === 0) judgeSingle(worst, xs[i], ks[i], exact[i], y[i], share, flushes, bound);
  }
}

/** What the sweep's one comparison lets through: NaN, infinities, zeros, and errors larger than those before. */
function judgeSingle(worst, x, k, exact, got, share, flushes, bound) {
  if (flushes && got === 0 && exact < SINGLE_NORMAL) return;
  const right = special(Math.abs(exact) >= SINGLE_OVERFLOW ? Math.sign(exact) * Infinity : exact, got);
  if (right === false) worst.wrong(x, k);
  else if (right === undefined) worst.enter(share, mostOf(bound, x, k), x, k);
}

/** `samples` pseudo-random f64 from `seed`, or with `edges` the powers of two and what lies about the branches. */
export function measureDouble({ name, instances, ...portion }) {
  const { f, bound, blocks } = prepared(name, "f64", Float64Array);
  const [xs, ks] = blocks;
  const worsts = instances.map(() => new Worst());
  for (const n of sampledBlocks(f, "f64", portion, xs, ks)) {
    for (const instance of instances) map(instance, f, xs, ks, n, 2);
    for (let i = 0; i < n; i++) {
      const exact = nearest(f, xs[i], ks[i]);
      for (let b = 0; b < instances.length; b++) {
        const got = instances[b].y[i];
        if (f.flushes && got === 0 && exact < DOUBLE_NORMAL) continue;
        const right = special(exact, got);
        const most = mostOf(bound, xs[i], ks[i]);
        if (right === false) worsts[b].wrong(xs[i], ks[i]);
        else if (right === undefined) worsts[b].enter(error(got, bound.unit) / most, most, xs[i], ks[i]);
      }
    }
  }
  return worsts;
}

/**
 * The f64 nearest to the function's value, which stays in doubleDouble.mjs; limits and exact zeros come from Math. What
 * underflows comes as some denormal: only exact zeros must be met exactly.
 */
function nearest({ name, limit, single }, x, k) {
  if (limit(x)) {
    const value = single(x, k);
    set(value);
    return value;
  }
  references[name](x, k);
  return exponent > 0 ? (high + low) * 2 ** (exponent - 1) * 2 : (high + low) * 2 ** Math.max(exponent, -1073);
}

/** How far `got` is from doubleDouble's value. Both are scaled so that the ULP of denormals is 2^-52 too. */
function error(got, unit) {
  const unscaled = exponent > 0 ? (got / 2) * 2 ** (1 - exponent) : got * 2 ** (-exponent >> 1) * 2 ** (-exponent - (-exponent >> 1));
  double[0] = high;
  const field = ((words[1] >>> 20) & 2047) - 1023;
  const ulps = 2 ** (52 - Math.max(field, -1022 - exponent));
  return Math.abs(unscaled - high - low) * units[unit](high, ulps, 2 ** 52);
}
