/** The position sweep: losses over classes that look at all classes of a position more than once, a position to a lane. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import {
  COUNT,
  GRADIENT,
  GRADIENT_FACTOR_STRIDE,
  GRADIENT_FACTORS,
  GROUP_STRIDE,
  HIT_STRIDE,
  HITS,
  LABELS,
  POSITIONS,
  STRIDE,
  TARGET,
  VALUE_FACTOR_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";

/** A loss of a position's classes. Its method is abstract: so asc resolves the call at compile time. */
export abstract class PositionLoss {
  /**
   * The value of a register of positions, whose first element is at `x`, its target at `t`; `factor` times the slopes are
   * stored at `g`, unless that is 0. `labels` is where the positions' labels are, `hits` the numbers that go with them.
   */
  abstract position(m: Machine, call: usize, x: usize, t: usize, g: usize, labels: usize, hits: Lanes, factor: Lanes, left: i32): Lanes;
}

/** Sweeps COUNT groups of POSITIONS; strides, labels, factors and addresses are those of the column sweep, and TARGET is laid out as X. */
export function sweepPositions<F extends PositionLoss>(f: F, m: Machine, call: usize): void {
  const groups = m.integer(call + COUNT);
  const positions = m.integer(call + POSITIONS);
  const x = m.address(call + X);
  const t = m.address(call + TARGET);
  const v = m.address(call + VALUES);
  const g = m.address(call + GRADIENT);
  const stride = m.address(call + STRIDE);
  const groupStride = m.address(call + GROUP_STRIDE);
  const labels = m.address(call + LABELS);
  const hits = m.address(call + HITS);
  const hitRow = m.address(call + HIT_STRIDE);
  const valueRow = m.address(call + VALUE_FACTOR_STRIDE);
  const outputRow = m.address(call + GRADIENT_FACTOR_STRIDE);
  const zero = m.zero();
  for (let group = 0; group < groups; group++) {
    for (let position = 0; position < positions; position += m.lanes()) {
      for (let lane = 0; lane < m.passes(); lane++) {
        const left = positions - position - lane;
        if (!ONE_PASS && left <= 0) break;
        const row = (group * positions + position + lane) as usize;
        const at = (group as usize) * groupStride + ((position + lane) as usize) * stride;
        const factor = g ? m.strided(m.address(call + GRADIENT_FACTORS) + row * outputRow, outputRow, left) : zero;
        const hit = m.strided(hits + row * hitRow, hitRow, left);
        const value = f.position(m, call, x + at, t + at, g ? g + at : 0, labels + row * 4, hit, factor, left);
        if (v) {
          const share = m.strided(m.address(call + VALUE_FACTORS) + row * valueRow, valueRow, left);
          m.storePart(v + m.bytes(row as i32), m.unless(m.equal(share, zero), m.mul(share, value)), left);
        }
      }
    }
  }
}
