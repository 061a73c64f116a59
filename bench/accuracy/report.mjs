/** The measured bounds in words: docs/accuracy.md. */

import { functions } from "./functions.mjs";

const RELAXED = {
  true: `was run on a processor that fuses multiplication and addition. Where it does not, relaxed SIMD computes what simd
  computes.`,
  false: `was run on a processor that does not fuse multiplication and addition: it computes what simd computes.`,
  undefined: `was not run: this engine does not have it.`,
};

const cell = (text) => text.replaceAll("|", "\\|");

/** A Markdown table of the measured rows. */
export function table(rows) {
  return [
    "| function | domain | precision | backend | bound | largest error | of the bound | at |",
    "|---|---|---|---|---|---:|---:|---|",
    ...rows.map(({ name, domain, precision, backend, bound, share, error, at, exponent }) => {
      const off = bound.unit === "ULP" ? `${error.toFixed(4)} ULP` : error.toExponential(3);
      const where = Number.isNaN(exponent) ? `x = ${at}` : `x = ${at}, k = ${exponent}`;
      return `| ${name} | ${cell(domain)} | ${precision} | ${backend} | ${cell(bound.words)} | ${off} | ${Math.round(100 * share)} % | ${where} |`;
    }),
  ].join("\n");
}

/**
 * @param fused whether relaxed SIMD fused multiplication and addition; undefined if it did not run
 * @param coverage the step between the f32 inputs, and the number of f64 inputs of all functions together
 */
export function report(rows, fused, { stride, samples }) {
  return `# Accuracy of the elementary functions

Written by \`npm run accuracy${stride === 1 ? "" : " -- --quick --write"}\` (bench/accuracy/run.mjs), which fails if a bound is exceeded. An error of 1 ULP is the
distance between the two floats around the exact value, denormal ones included; a correctly rounded result is off by at
most 0.5. Where a bound depends on the arguments, the error shown is the one that takes the largest share of its bound.

${table(rows)}

How the numbers were established:

- **f32**: ${stride === 1 ? "every one" : `one in ${stride}`} of the 2^32 inputs of the domain was computed and compared with a reference in f64 (the engine's
  \`Math\` functions, good to 50 bits).
- **f64**: ${samples.toExponential(0).replace("e+", " x 10^")} inputs in all, less those outside a domain, half of them uniform in the range where the function is neither constant nor a straight
  line, half uniform in their bits (so that all magnitudes, denormals included, are equally likely), from a fixed
  pseudo-random sequence; besides, the neighbours of every power of two, of every multiple of ln 2 / 2 (where the reduction
  changes over) and of every branch of the code. The reference is double-double arithmetic (bench/accuracy/doubleDouble.mjs),
  good to 65 bits. These bounds are measured, not proved.
- **power**: x^k, in each precision at ${(samples / functions.length).toExponential(0).replace("e+", " x 10^")} pairs from a fixed pseudo-random sequence. A third of the exponents are usual
  ones (${functions.flatMap(({ exponents = [] }) => exponents).join(", ")}), a third uniform from -16 to 16, a third uniform in their logarithm from 2^-10 to 2^10, of either
  sign. Of half of the pairs the logarithm of the power is uniform over all that is finite; of the others that of x is. Besides,
  zeros, infinities, NaN, numbers below 0, denormals and neighbours of 1, with every usual exponent. In f32 the reference is the
  engine's \`Math.pow\`.
- **expOfDifference** is the exponential of a softmax, whose argument is itself rounded: its bound is relative to the result and
  grows with |x| as that rounding does.
- **Special values**: NaN, both infinities, both zeros, overflow and underflow are part of the inputs; a wrong one fails the run.
  NaN gives NaN; expm1, log1p and tanh keep the sign of zero. Only expNonPositive and expOfDifference may return 0 where the
  exact result is below the smallest normal number. power takes what is below the smallest normal number as that, and gives
  NaN for x below 0 or infinite.
- **simd** uses no operation whose result is left to the machine: its results, and this table's rows, are the same
  everywhere. The plain machine run over the same polynomials equals it bit for bit (test/elementary.test.ts).
- **relaxed** ${RELAXED[fused]}

The coefficients are derived by bench/accuracy/coefficients.mjs; \`--check\` holds the sources to it.
`;
}
