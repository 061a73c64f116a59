/**
 * Derives every number of assembly/elementary/tables.ts.
 *
 * The polynomials are minimax fits (remez.mjs): a Remez exchange in 50-digit arithmetic on Chebyshev nodes,
 * minimising the largest error relative to the function's value, then the coefficients rounded to the target
 * precision one by one, from the lowest power on, the remaining ones refitted after each. The other constants
 * are functions of the number format: its precision, its exponent's bias, and how far its denormals reach.
 *
 *   node bench/accuracy/coefficients.mjs           prints tables.ts and each fit's error
 *   node bench/accuracy/coefficients.mjs --write   writes it
 *   node bench/accuracy/coefficients.mjs --check   fails unless the file holds exactly these numbers
 */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { minimax, powers, Real } from "./remez.mjs";

const FILE = new URL("../../assembly/elementary/tables.ts", import.meta.url);

const FORMATS = {
  SINGLE: { name: "f32", precision: 24, bias: 127, round: Math.fround, ln2Bits: 16, greatest: 89 },
  DOUBLE: { name: "f64", precision: 53, bias: 1023, round: (x) => x, ln2Bits: 40, greatest: 710 },
};

const LN2 = new Real(2).ln();
const LOG2E = new Real(1).div(LN2);

/** A little more than half of ln 2: the rounding of x / ln 2 may prefer the farther of two integers. */
const REDUCED = 0.3466;
/** s = f / (2 + f) at f = sqrt 2 - 1, the far end of the reduced logarithm. */
const REDUCED_QUOTIENT = (Math.SQRT2 - 1) / (Math.SQRT2 + 1);
/** tanh exceeds 1/2 from here on, and 1 - 2 / (e^2x + 1) loses nothing. */
const TANH_SPLIT = 0.55;

/** log((1 + s) / (1 - s)). */
const twiceAtanh = (s) => s.plus(1).div(new Real(1).minus(s)).ln();

/**
 * Below 1 an error is twice as many ULP, and near the lower end the roundings of r and e^r - 1 add most to it: with a weight
 * of 4 there, the worst f32 e^x with FMA was off by 1.003 ULP, with 16 by 0.987.
 */
const exponential = (count) => ({
  low: -REDUCED,
  high: REDUCED,
  basis: (r) => powers(r, 2, count),
  target: (r) => r.exp().minus(1).minus(r),
  weight: (r) => new Real(r.lt(-0.2) ? 16 : r.lt(0) ? 2 : 1),
});

const logarithm = (count, quotient) => ({
  low: 0,
  high: quotient,
  basis: (s) => powers(s, 3, count, 2),
  target: (s) => twiceAtanh(s).minus(s.times(2)),
  weight: (s) => twiceAtanh(s).pow(-1),
});

const hyperbolic = (count) => ({
  low: 0,
  high: TANH_SPLIT,
  basis: (x) => powers(x, 3, count, 2),
  target: (x) => x.tanh().minus(x),
  weight: (x) => x.tanh().pow(-1),
});

const POLYNOMIALS = [
  {
    name: "EXP",
    contract: "(e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, by powers of r.",
    fits: { SINGLE: exponential(5), DOUBLE: exponential(10) },
  },
  {
    name: "EXP_SHORT",
    contract: "The same, one degree lower.",
    fits: { SINGLE: { ...exponential(4), weight: (r) => r.neg().exp() } },
  },
  {
    name: "LOG",
    contract: "(log(1 + f) / s - 2) / s^2 with s = f / (2 + f), for sqrt 1/2 <= 1 + f <= sqrt 2, by powers of s^2.",
    fits: { SINGLE: logarithm(3, REDUCED_QUOTIENT), DOUBLE: logarithm(7, REDUCED_QUOTIENT) },
  },
  {
    name: "LOG1P_UNIT",
    contract: "The same for 0 <= f <= 1.",
    fits: { SINGLE: logarithm(4, 1 / 3), DOUBLE: logarithm(10, 1 / 3) },
  },
  {
    name: "TANH",
    contract: `(tanh x / x - 1) / x^2 for |x| <= ${TANH_SPLIT}, by powers of x^2.`,
    fits: { SINGLE: hyperbolic(5), DOUBLE: hyperbolic(11) },
  },
];

/** ln 2 cut to few bits, so that its product with any exponent is exact. */
function ln2High(bits) {
  const scale = new Real(2).pow(bits);
  return LN2.times(scale).floor().div(scale);
}

/** The float of `format` that has these bits. */
function fromBits(format, bits) {
  const view = new DataView(new ArrayBuffer(8));
  if (format.precision === 24) view.setUint32(0, Number(bits));
  else view.setBigUint64(0, bits);
  return format.precision === 24 ? view.getFloat32(0) : view.getFloat64(0);
}

function bitsOf(format, x) {
  const view = new DataView(new ArrayBuffer(8));
  if (format.precision === 24) view.setFloat32(0, x);
  else view.setFloat64(0, x);
  return format.precision === 24 ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
}

/** n ln 2 or less, by so little that n is still the nearest: of few digits, which compress well. */
const below = (n) =>
  LN2.times(4 * n)
    .floor()
    .toNumber() / 4;

/** The numbers that are no polynomial's, in the order of their indices. */
function constants(format) {
  const { precision, bias, round, greatest, ln2Bits } = format;
  const unit = 2 ** (precision - 1);
  const high = ln2High(ln2Bits);
  const rootHalf = round(Math.SQRT1_2);
  return [
    ["ONE", 1, ""],
    ["TWO", 2, ""],
    ["HALF", 0.5, ""],
    ["QUARTER", 0.25, ""],
    ["SIGN", -0, "Its bits are the sign bit alone."],
    ["INFINITE", Infinity, "Its bits are those of the exponent."],
    ["UNDEFINED", NaN, ""],
    ["LOG2E", round(LOG2E.toNumber()), ""],
    ["LN2_HIGH", high.toNumber(), "ln 2 cut so that its product with any exponent is exact."],
    ["LN2_LOW", round(LN2.minus(high).toNumber()), "The rest of ln 2."],
    ["LN2", round(LN2.toNumber()), ""],
    ["ROUND", 1.5 * unit + bias, "Added, it rounds to an integer n and leaves n + bias in the lowest bits."],
    ["ROUND_LOWER", 1.5 * unit + bias - 1, "The same with n - 1."],
    ["ROUND_UP", 1.5 * unit + bias + 64, "The same with n + 64."],
    ["ROUND_DOWN", 1.5 * unit + bias - 64, "The same with n - 64."],
    ["SCALE", 2 ** -64, ""],
    ["FLUSH", round(LN2.times(-bias).toNumber()), "Here n + bias = 0, the exponent bits of 0."],
    ["FLUSH_UP", below(-bias - 64), "Here n + 64 + bias = 0."],
    ["HIGHEST_DOWN", 1.5 * unit + 2 * bias, "What ROUND_DOWN is added to may come to, for a finite 2^(n - 64)."],
    ["LEAST", below(-2 * bias), "Here n / 2 + bias = 0."],
    ["GREATEST", greatest, "e^x is infinite from here up."],
    ["SATURATED", 40, "1 + e^-x is 1 from here up."],
    ["TINY", 2 ** -(precision + 2), "e^x - 1 is x for |x| below."],
    ["TANH_SPLIT", round(TANH_SPLIT), "Below, tanh is a polynomial."],
    ["NORMAL", 2 ** (1 - bias), "The smallest normal number."],
    ["RAISE", 2 ** precision - 1, "The factor that makes every denormal normal, less 1."],
    ["RAISED", precision, "That factor's exponent."],
    ["LARGEST", fromBits(format, bitsOf(format, Infinity) - 1n), "The largest finite number."],
    [
      "CENTRE",
      fromBits(format, bitsOf(format, rootHalf) - bitsOf(format, 0.5)),
      "Taken from bits, it makes the exponent one less, and two less where the mantissa is below sqrt 2.",
    ],
    ["ROOT_HALF", rootHalf, ""],
    ["MANTISSA", fromBits(format, BigInt(unit) - 1n), "Its bits are those of the mantissa."],
    ["INTEGER", unit, "Its lowest bits take an integer."],
    ["INTEGER_BIAS", unit + bias - 1, "Subtracted, it makes a centred exponent field the exponent."],
  ];
}

function literal(x) {
  if (Object.is(x, -0)) return "-0.0";
  return /^-?\d+$/.test(String(x)) ? `${x}.0` : String(x);
}

const table = (name, items) => `export const ${name}: StaticArray<Real> = [${items.map(literal).join(", ")}];\n`;

function indices() {
  return constants(FORMATS.SINGLE)
    .map(([name, , contract], i) => `${contract && `/** ${contract} */\n`}export const ${name} = ${i};\n`)
    .join("");
}

function source() {
  const parts = [
    "/** The numbers of the elementary functions, exactly as bench/accuracy/coefficients.mjs derives them. */\n",
    indices(),
    ...Object.entries(FORMATS).map(
      ([key, format]) =>
        `/** The constants of ${format.name} lanes, by the indices above. */\n` +
        table(
          `CONSTANTS_${key}`,
          constants(format).map(([, value]) => value),
        ),
    ),
  ];
  for (const { name, contract, fits } of POLYNOMIALS) {
    const tables = Object.entries(fits).map(([key, problem]) => {
      const { coefficients, error } = minimax(problem, FORMATS[key].round);
      console.error(`${name}_${key}: relative error 2^${Math.log2(error).toFixed(2)}`);
      return table(`${name}_${key}`, coefficients);
    });
    parts.push(`/** ${contract} */\n${tables.join("\n")}`);
  }
  return parts.join("\n");
}

/** As biome formats it. */
const text = execFileSync("npx", ["--no-install", "biome", "format", "--stdin-file-path", FILE.pathname], {
  input: source(),
  encoding: "utf8",
});
if (process.argv.includes("--write")) writeFileSync(FILE, text);
else if (!process.argv.includes("--check")) console.log(text);
else if (readFileSync(FILE, "utf8") !== text) {
  console.error("assembly/elementary/tables.ts differs from what this script derives");
  process.exitCode = 1;
}
