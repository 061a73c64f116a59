/** The elementary functions: their bounds, where they are defined, and reference values for f32. */

const { exp, expm1, log, log1p, tanh, abs, max, LN2 } = Math;

/** Below, the first two terms of a Taylor series are right to 58 bits; most f32 lie here or beyond the clamps. */
const SMALL = 2 ** -20;
const SINGLE_NORMAL = 2 ** -126;

/** Right to 50 bits at least. The branches only save time: nine tenths of all f32 are tiny or huge. */
const reference = {
  exp: (x) => (abs(x) < SMALL ? 1 + x + (x * x) / 2 : x > 100 ? Infinity : x < -110 ? 0 : exp(x)),
  expm1: (x) => (abs(x) < SMALL ? x * (1 + x / 2) : x > 100 ? Infinity : x < -110 ? -1 : expm1(x)),
  log,
  log1p: (x) => (abs(x) < SMALL ? x * (1 - x / 2) : log1p(x)),
  sigmoid: (x) => (abs(x) < SMALL ? 0.5 + x / 4 : x > 100 ? 1 : x < -110 ? 0 : 1 / (1 + exp(-x))),
  softplus: (x) => {
    if (abs(x) < SMALL) return LN2 + x / 2 + (x * x) / 8;
    return x > 100 ? x : x < -110 ? 0 : max(x, 0) + log1p(exp(-abs(x)));
  },
  power: (x, k) => (x < 0 || !Number.isFinite(x) ? Number.NaN : max(x, SINGLE_NORMAL) ** k),
  tanh: (x) => (abs(x) < SMALL ? x : abs(x) > 30 ? Math.sign(x) : tanh(x)),
};

const everywhere = () => true;

/** What the exponentials of x ≤ 0 share. */
const notAbove0 = {
  single: reference.exp,
  within: (x) => x <= 0,
  domain: "x ≤ 0",
  flushes: true,
  spread: [-710, 0],
  branches: [-708.4, -709.1],
};

/** A bound of so many units in the last place. */
const ulp = (most) => ({ unit: "ULP", most, words: `${most} ULP` });
const both = (bound) => ({ f32: bound, f64: bound });

/**
 * name      as exported by assembly/elementary/exports.ts and by doubleDouble.mjs
 * bounds    for each precision what the result may be off by: a number, or one for each x and k, of a unit, which is an ULP
 *           of the exact result or the exact result itself; and the same in words
 * single    the reference value of an f32, as an f64
 * within    whether an argument belongs to the domain (NaN always does)
 * domain    the same in words
 * limit     whether the value is one that `single` knows: a limit, an exact zero or NaN
 * flushes   whether results below the smallest normal number may be 0
 * spread    the ends of the interval where the function is no constant, power or straight line: half of the f64 samples
 *           are uniform in it, the others uniform in their bits
 * branches  arguments at which the f64 code takes another turn
 * exponents of a function of two arguments, measured in both precisions over samples of pairs: the usual second ones
 */
export const functions = [
  { name: "exp", bounds: both(ulp(1)), single: reference.exp, spread: [-746, 710], branches: [-708.4, 709.8, -745.1] },
  {
    name: "expNonPositive",
    bounds: { f32: ulp(1), f64: ulp(1.1) },
    ...notAbove0,
  },
  {
    name: "expOfDifference",
    bounds: {
      f32: { unit: "relative", most: (x) => 2 ** -22 + 2 ** -24 * abs(x), words: "2^-22 + 2^-24 |x|, relative" },
      f64: { unit: "relative", most: (x) => 2 ** -52 + 1.5 * 2 ** -53 * abs(x), words: "2^-52 + 1.5 2^-53 |x|, relative" },
    },
    ...notAbove0,
  },
  { name: "expm1", bounds: both(ulp(2)), single: reference.expm1, spread: [-40, 710], branches: [2 ** -55, -(2 ** -55), -40, 709.8] },
  {
    name: "log",
    bounds: both(ulp(1)),
    single: reference.log,
    limit: (x) => !(x > 0 && x < Infinity),
    spread: [0, 16],
    branches: [Math.SQRT2, Math.SQRT1_2, 1, 2 ** -1022],
  },
  {
    name: "logFromOne",
    bounds: both(ulp(1)),
    single: reference.log,
    within: (x) => x >= 1 && x < Infinity,
    domain: "1 ≤ x < ∞",
    spread: [1, 16],
    branches: [Math.SQRT2, 1],
  },
  {
    name: "log1p",
    bounds: both(ulp(2)),
    single: reference.log1p,
    limit: (x) => x === 0 || !(x > -1 && x < Infinity),
    spread: [-1, 16],
    branches: [Math.SQRT2 - 1, Math.SQRT1_2 - 1, -1],
  },
  {
    name: "log1pUnit",
    bounds: both(ulp(2)),
    single: reference.log1p,
    within: (x) => x >= 0 && x <= 1,
    domain: "0 ≤ x ≤ 1",
    spread: [0, 1],
    branches: [1],
  },
  {
    name: "power",
    bounds: both({ unit: "ULP", most: (_x, k) => 3 + abs(k), words: "3 + |k| ULP" }),
    single: reference.power,
    limit: (x) => !(x >= 0 && x < Infinity),
    domain: "all x, |k| ≤ 1024",
    exponents: [-3, -2, -1.5, -1, -0.9, -0.5, 0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5],
    spread: [0, 16],
    branches: [],
  },
  { name: "sigmoid", bounds: both(ulp(2)), single: reference.sigmoid, spread: [-746, 40], branches: [-708.4, -745.1, -36.7, 36.7, 40] },
  { name: "softplus", bounds: both(ulp(2)), single: reference.softplus, spread: [-746, 60], branches: [-708.4, -745.1, 36.7] },
  { name: "tanh", bounds: both(ulp(2)), single: reference.tanh, spread: [-22, 22], branches: [0.55, -0.55, 20, -20] },
].map((f) => ({ within: everywhere, domain: "all x", flushes: false, limit: (x) => x === 0 || !Number.isFinite(x), ...f }));
