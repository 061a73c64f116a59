/** The class sweep: a pointwise formula summed over the classes of each position. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import { CHUNK_CLASSES, REGISTER } from "./blocks";
import {
  A,
  B,
  CLASS_STRIDE,
  CLASSES,
  COUNT,
  GRADIENT,
  GRADIENT_FACTOR_STRIDE,
  GRADIENT_FACTORS,
  GROUP_STRIDE,
  POSITIONS,
  SCRATCH,
  STRIDE,
  TARGET,
  THIRD,
  VALUE_FACTOR_STRIDE,
  VALUE_FACTORS,
  VALUES,
  X,
} from "./call";
import { CHUNK, gatherChunk, gatherChunks, scatterChunk } from "./columnSteps";
import { CompactBinary, Pointwise } from "./pointwiseFormulas";

/** A formula of a class's prediction and target that serves class sweeps alone, which ask for no curvature. */
export abstract class ClassTerm extends CompactBinary {
  curvature(m: Machine, c: Lanes, p: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    return c;
  }
}

/**
 * Adds up the formula over the classes of each position, a position to a lane. Strides, labels, factors and
 * addresses are those of the column sweep; TARGET is laid out as X. GRADIENT may be X.
 * Unless THIRD is 0, a factor for each class lies there; one of 0 silences its class.
 */
export function sweepClasses<F extends Pointwise>(f: F, m: Machine, call: usize): void {
  const groups = m.integer(call + COUNT);
  const positions = m.integer(call + POSITIONS);
  const classes = m.integer(call + CLASSES);
  const x = m.address(call + X);
  const groupStride = m.address(call + GROUP_STRIDE);
  const stride = m.address(call + STRIDE);
  const classStride = m.address(call + CLASS_STRIDE);
  const t = m.address(call + TARGET);
  const classFactors = m.address(call + THIRD);
  const v = m.address(call + VALUES);
  const valueFactors = m.address(call + VALUE_FACTORS);
  const valueRow = m.address(call + VALUE_FACTOR_STRIDE);
  const g = m.address(call + GRADIENT);
  const outputFactors = m.address(call + GRADIENT_FACTORS);
  const outputRow = m.address(call + GRADIENT_FACTOR_STRIDE);
  const scratch = m.address(call + SCRATCH);
  const zero = m.zero();
  const first = m.splat(m.double(call + A));
  const second = m.splat(m.double(call + B));
  for (let group = 0; group < groups; group++) {
    for (let position = 0; position < positions; position += m.lanes()) {
      for (let lane = 0; lane < m.passes(); lane++) {
        const left = positions - position - lane;
        if (!ONE_PASS && left <= 0) break;
        const row = (group * positions + position + lane) as usize;
        const offset = (group as usize) * groupStride + ((position + lane) as usize) * stride;
        const valueFactor = v ? m.strided(valueFactors + row * valueRow, valueRow, left) : zero;
        const factor = g ? m.strided(outputFactors + row * outputRow, outputRow, left) : zero;
        const silent = m.equal(factor, zero);
        let low = m.wideZero();
        let high = m.wideZero();
        for (let begin = 0; begin < classes; begin += CHUNK_CLASSES) {
          const at = offset + (begin as usize) * classStride;
          const count = classes - begin < CHUNK_CLASSES ? classes - begin : CHUNK_CLASSES;
          // Only registers need a position's lanes side by side; the plain machine reads and writes them where they lie.
          if (ONE_PASS) {
            if (f.target()) gatherChunks(m, x + at, t + at, stride, classStride, count, left, scratch);
            else gatherChunk(m, x + at, stride, classStride, count, left, scratch);
          }
          for (let c = 0; c < count; c++) {
            const chunkAt = scratch + (c as usize) * REGISTER;
            const lineAt = at + (c as usize) * classStride;
            const p = m.load(ONE_PASS ? chunkAt : x + lineAt);
            const q = f.target() ? m.load(ONE_PASS ? chunkAt + CHUNK + REGISTER : t + lineAt) : p;
            const shared = f.common(m, p, q, p, first);
            // Never read: this use outside of the branches keeps V8 from computing it once in each of them.
            m.store(scratch + CHUNK, shared);
            const share = classFactors ? m.loadSplat(classFactors + m.bytes(begin + c)) : zero;
            if (v) {
              let value = f.value(m, shared, p, q, p, first, second);
              if (classFactors) value = m.unless(m.equal(share, zero), m.mul(share, value));
              low = m.addWide(low, m.widenLow(value));
              high = m.addWide(high, m.widenHigh(value));
            }
            if (g) {
              let slope = m.mul(factor, f.slope(m, shared, p, q, p, first, second));
              if (classFactors) slope = m.unless(m.equal(share, zero), m.mul(share, slope));
              m.store(ONE_PASS ? chunkAt : g + lineAt, m.unless(silent, slope));
            }
          }
          if (ONE_PASS && g) scatterChunk(m, scratch, g + at, stride, classStride, count, left);
        }
        if (v) {
          const value = m.mul(valueFactor, m.narrow(low, high));
          m.storePart(v + m.bytes(row as i32), m.unless(m.equal(valueFactor, zero), value), left);
        }
      }
    }
  }
}
