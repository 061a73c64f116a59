/** The known-answer test that a WebAssembly backend must pass: some engines accept SIMD and compute it wrongly. */

import {
  CALL_BYTES,
  CLASSES,
  COUNT as FIELD_COUNT,
  GRADIENT,
  GRADIENT_FACTORS,
  HITS,
  LABELS,
  POSITIONS,
  SCALE,
  SUMMED,
  TARGET,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./kernels/call";
import {
  BINARY_CROSS_ENTROPY,
  BINARY_CROSS_ENTROPY_SLOPES,
  COUNT,
  CROSS_ENTROPY,
  CROSS_ENTROPY_SLOPES,
  LABEL,
  MIDDLE,
  STEP,
} from "./knownAnswers";
import { CrossEntropy, crossEntropyRows } from "./losses/crossEntropy";
import { Machine } from "./machine";

/** Bytes of room for an array. */
const ROOM: usize = 256;

/**
 * Leaves in memory of zeros, at `call`, a call of the binary cross-entropy of logits with its gradient, for the caller to run:
 * run from here, its sweep would stand apart from those that it resembles, and the binary compress to 250 bytes more. Gives
 * the bytes of a number in this binary's precision.
 */
export function prepareTest(call: usize): usize {
  const x = call + CALL_BYTES;
  for (let i = 0; i < COUNT; i++) {
    const at = <usize>i * sizeof<Real>();
    store<Real>(x + at, <Real>(<f64>(i - MIDDLE) * STEP));
    store<Real>(x + ROOM + at, <Real>(i & 1));
  }
  store<usize>(call + X, x);
  store<usize>(call + TARGET, x + ROOM);
  store<usize>(call + GRADIENT, x + 2 * ROOM);
  store<i32>(call + SUMMED, 1);
  store<i32>(call + FIELD_COUNT, COUNT);
  store<f64>(call + SCALE, 1);
  return sizeof<Real>();
}

/** Takes the sum that came of it, and goes on to the cross-entropy. Gives 0, or which of the four answers is wrong. */
export function selfTest(call: usize, sum: f64): i32 {
  const gradient = call + CALL_BYTES + 2 * ROOM;
  const value = gradient + ROOM;
  const one = value + 16;
  const label = one + 16;
  if (differs(sum, BINARY_CROSS_ENTROPY)) return 1;
  if (differs(weighted(gradient), BINARY_CROSS_ENTROPY_SLOPES)) return 2;
  store<Real>(one, 1);
  store<i32>(label, LABEL);
  store<i32>(call + POSITIONS, 1);
  store<i32>(call + CLASSES, COUNT);
  store<usize>(call + LABELS, label);
  store<usize>(call + HITS, one);
  store<usize>(call + VALUES, value);
  store<usize>(call + VALUE_FACTORS, one);
  store<usize>(call + GRADIENT_FACTORS, one);
  crossEntropyRows(changetype<CrossEntropy>(0), changetype<Machine>(0), call);
  if (differs(<f64>load<Real>(value), CROSS_ENTROPY)) return 3;
  return differs(weighted(gradient), CROSS_ENTROPY_SLOPES) ? 4 : 0;
}

/** The sum of i + 1 times element i: no two lanes may change places. */
function weighted(x: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < COUNT; i++) sum += <f64>(i + 1) * <f64>load<Real>(x + <usize>i * sizeof<Real>());
  return sum;
}

function differs(got: f64, expected: f64): bool {
  return !(Math.abs(got - expected) <= (sizeof<Real>() === 4 ? 1e-5 : 1e-13) * expected);
}
