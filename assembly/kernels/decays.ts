/** e^-|x| of a run of logits, which value and slope of binary losses share. */

import { constant } from "../elementary/constant";
import { expOfRemainder } from "../elementary/exp";
import { remainder } from "../elementary/reduced";
import { FLUSH, LN2_HIGH, LN2_LOW, LOG2E, ROUND } from "../elementary/tables";
import { Machine } from "../machine";
import { REGISTER } from "./blocks";
import { INTERIM_HALF } from "./call";

/** Those of `size` bytes of whole pairs of registers at `x` go to `to`. Behind it, at INTERIM_HALF, is room for as much again. */
export function decays(m: Machine, x: usize, size: usize, to: usize): void {
  const flush = constant(m, FLUSH);
  const log2e = constant(m, LOG2E);
  const round = constant(m, ROUND);
  const ln2High = constant(m, LN2_HIGH);
  const ln2Low = constant(m, LN2_LOW);
  const past = to + size;
  for (let at = to; at < past; at += 2 * REGISTER) {
    const x0 = m.max(m.negAbs(m.load(x)), flush);
    const x1 = m.max(m.negAbs(m.load(x + REGISTER)), flush);
    const k0 = m.mulAdd(x0, log2e, round);
    const k1 = m.mulAdd(x1, log2e, round);
    const r0 = remainder(m, x0, m.sub(k0, round), ln2High, ln2Low);
    const r1 = remainder(m, x1, m.sub(k1, round), ln2High, ln2Low);
    m.store(at, r0);
    m.store(at + REGISTER, r1);
    m.store(at + INTERIM_HALF, m.toExponent(k0));
    m.store(at + REGISTER + INTERIM_HALF, m.toExponent(k1));
    x += 2 * REGISTER;
  }
  for (let at = to; at < past; at += 2 * REGISTER) {
    const e0 = expOfRemainder(m, m.load(at), m.load(at + INTERIM_HALF));
    const e1 = expOfRemainder(m, m.load(at + REGISTER), m.load(at + REGISTER + INTERIM_HALF));
    m.store(at, e0);
    m.store(at + REGISTER, e1);
  }
}
