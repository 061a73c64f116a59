/** What the self-test's kernels must give, to the last digit of f64: `test/knownAnswers.test.ts` computes them with 50 digits. */

/** Elements: three registers of four, two of one, and a ragged one. */
export const COUNT: i32 = 23;
/** The inputs, exact in f32: (i - MIDDLE) STEP, with the targets i mod 2 and the label LABEL. */
export const MIDDLE: i32 = 11;
export const STEP: f64 = 1.625;
export const LABEL: i32 = 3;

/** The sum of the binary cross-entropies of logits, and the sum of i + 1 times the slope at element i. */
export const BINARY_CROSS_ENTROPY: f64 = 108.39767316989189;
export const BINARY_CROSS_ENTROPY_SLOPES: f64 = 71.46032054085106;
/** The cross-entropy of all inputs as one row of logits, and the sum of i + 1 times the slope at logit i. */
export const CROSS_ENTROPY: f64 = 31.094290577565157;
export const CROSS_ENTROPY_SLOPES: f64 = 18.7548069507121;
