/** The column sweep: the softmax family with a position to a lane, for few classes and for classes that lie apart. */

import { Machine } from "../machine";
import { REGISTER } from "./blocks";
import { RowFormula } from "./softmax";

/** Classes added in the lanes' own precision before the sum goes on in f64. */
const COLUMN_RUN: i32 = 16;

/**
 * Sweeps `groups` groups of `positions` rows. The logit of class c at position j of group k stands at
 * `x + k * groupStride + j * stride + c * classStride`, the output likewise at `g`, the formula's operand at
 * `t + k * tGroup + j * tStride + c * tClass` (strides of 0: the same for all). Labels, hits, factors and values are
 * consecutive over groups and positions; `hitRow`, `valueRow` and `outputRow` are 0 or an element's bytes.
 * `scratch` holds a register for each class. Factors and `g` are as in the row sweep.
 */
export function sweepColumns<F extends RowFormula>(
  f: F,
  m: Machine,
  x: usize,
  groupStride: usize,
  stride: usize,
  classStride: usize,
  t: usize,
  tGroup: usize,
  tStride: usize,
  tClass: usize,
  labels: usize,
  hits: usize,
  hitRow: usize,
  groups: i32,
  positions: i32,
  classes: i32,
  v: usize,
  valueFactors: usize,
  valueRow: usize,
  g: usize,
  outputFactors: usize,
  outputRow: usize,
  scratch: usize,
): void {
  const element = m.bytes(1);
  const side = stride === element;
  for (let group = 0; group < groups; group++) {
    const xGroup = x + (group as usize) * groupStride;
    const gGroup = g + (group as usize) * groupStride;
    const operand = t + (group as usize) * tGroup;
    for (let position = 0; position < positions; position += m.lanes()) {
      for (let lane = 0; lane < m.passes(); lane++) {
        const left = positions - position - lane;
        const inGroup = (position + lane) as usize;
        const row = (group * positions + position + lane) as usize;
        const at = xGroup + inGroup * stride;
        const source = side ? at : scratch;
        const sourceClass = side ? classStride : REGISTER;

        let maximum = m.splat(-Infinity);
        for (let c = 0; c < classes; c++) {
          const logit = m.strided(at + (c as usize) * classStride, stride, left);
          maximum = m.max(logit, maximum);
          if (!side) m.store(scratch + (c as usize) * REGISTER, logit);
        }
        const shift = f.shift(m, maximum);

        let hit = m.zero();
        let labelZ = m.zero();
        if (f.labelled()) {
          hit = m.strided(hits + row * hitRow, hitRow, left);
          labelZ = m.sub(m.pick(at, stride, labels + row * 4, classStride, left), shift);
        }

        let low = m.wideZero();
        let high = m.wideZero();
        let lowD = m.wideZero();
        let highD = m.wideZero();
        let lowK = m.wideZero();
        let highK = m.wideZero();
        for (let begin = 0; begin < classes; begin += COLUMN_RUN) {
          const end = begin + COLUMN_RUN < classes ? begin + COLUMN_RUN : classes;
          let s = m.zero();
          let d = m.zero();
          let k = m.zero();
          for (let c = begin; c < end; c++) {
            const z = m.sub(
              side ? m.loadPart(source + (c as usize) * sourceClass, left) : m.load(source + (c as usize) * sourceClass),
              shift,
            );
            const e = m.expNonPositive(z);
            s = m.add(s, e);
            if (f.sums() > 0) {
              const target = f.operand() ? m.strided(operand + inGroup * tStride + (c as usize) * tClass, tStride, left) : z;
              d = m.add(d, f.gather(m, z, e, target));
              if (f.sums() > 1) k = m.add(k, target);
            }
            if (f.exponential() && g) m.store(scratch + (c as usize) * REGISTER, e);
          }
          low = m.addWide(low, m.widenLow(s));
          high = m.addWide(high, m.widenHigh(s));
          if (f.sums() > 0) {
            lowD = m.addWide(lowD, m.widenLow(d));
            highD = m.addWide(highD, m.widenHigh(d));
          }
          if (f.sums() > 1) {
            lowK = m.addWide(lowK, m.widenLow(k));
            highK = m.addWide(highK, m.widenHigh(k));
          }
        }
        const S = m.narrow(low, high);
        const D = m.narrow(lowD, highD);
        const K = m.add(hit, m.narrow(lowK, highK));

        if (v) {
          const factor = m.strided(valueFactors + row * valueRow, valueRow, left);
          const value = m.mul(factor, f.value(m, maximum, S, D, K, hit, labelZ));
          m.storePart(v + row * element, m.unless(m.equal(factor, m.zero()), value), left);
        }
        if (g) {
          const factor = m.strided(outputFactors + row * outputRow, outputRow, left);
          const silent = m.equal(factor, m.zero());
          const first = f.first(m, maximum, S, D, K, factor);
          const second = f.second(m, S, D, factor);
          const out = gGroup + inGroup * stride;
          for (let c = 0; c < classes; c++) {
            const y = f.exponential()
              ? m.load(scratch + (c as usize) * REGISTER)
              : m.sub(side ? m.loadPart(source + (c as usize) * sourceClass, left) : m.load(source + (c as usize) * sourceClass), shift);
            const target = f.operand() ? m.strided(operand + inGroup * tStride + (c as usize) * tClass, tStride, left) : y;
            const output = m.unless(silent, f.output(m, y, target, first, second));
            m.scatterStrided(out + (c as usize) * classStride, stride, output, left);
          }
          if (f.labelled()) m.addAt(out, stride, labels + row * 4, classStride, m.neg(m.mul(hit, factor)), left);
        }
      }
    }
  }
}
