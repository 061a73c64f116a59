/** The two halves of the exponentials of a softmax, each for a loop of its own, which leave and find numbers INTERIM_HALF apart. */

import { expOfHalf, halfOfDifference } from "../elementary/exp";
import { Lanes, Machine } from "../machine";
import { INTERIM_HALF } from "./call";

/** The first half, of the register of logits `past` bytes on from `x`, to `past` bytes on from `to`. `past` is a constant. */
export function halveAt(
  m: Machine,
  x: usize,
  to: usize,
  past: usize,
  shift: Lanes,
  flush: Lanes,
  log2e: Lanes,
  round: Lanes,
  ln2: Lanes,
): void {
  const bounded = m.max(m.sub(m.load(x + past), shift), flush);
  const k = m.mulAdd(bounded, log2e, round);
  m.store(to + past, halfOfDifference(m, bounded, k, round, ln2));
  m.store(to + past + INTERIM_HALF, m.toExponent(k));
}

/** The second half: the exponential, which is stored at `y`. */
export function finishAt(m: Machine, from: usize, y: usize, past: usize, c0: Lanes, c1: Lanes, c2: Lanes, c3: Lanes): Lanes {
  const e = expOfHalf(m, m.load(from + past), m.load(from + past + INTERIM_HALF), c0, c1, c2, c3);
  m.store(y + past, e);
  return e;
}
