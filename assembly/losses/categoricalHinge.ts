/** The hinge of the best wrong class, max(0, 1 + max over c of (1 - t_c) x_c - sum of t_c x_c). */

import { CHUNK_CLASSES, REGISTER } from "../kernels/blocks";
import { B, CLASS_STRIDE, CLASSES, SCRATCH, STRIDE } from "../kernels/call";
import { CHUNK, gatherChunk, scatterChunk } from "../kernels/columnSteps";
import { PositionLoss, sweepPositions } from "../kernels/positions";
import { Lanes, Machine, ONE_PASS } from "../machine";

/** With B of 1, the position's label in `hits` stands for a one-hot target, which saves reading one. */
export class CategoricalHinge extends PositionLoss {
  position(m: Machine, call: usize, x: usize, t: usize, g: usize, labels: usize, hits: Lanes, factor: Lanes, left: i32): Lanes {
    const classes = m.integer(call + CLASSES);
    const stride = m.address(call + STRIDE);
    const classStride = m.address(call + CLASS_STRIDE);
    const targets: usize = m.double(call + B) === 1 ? 0 : t;
    const zero = m.zero();
    const one = m.one();
    let most = m.splat(-Infinity);
    let ties = zero;
    let low = m.wideZero();
    let high = m.wideZero();
    const scratch = m.address(call + SCRATCH);
    const operands = scratch + CHUNK + REGISTER;
    for (let begin = 0; begin < classes; begin += CHUNK_CLASSES) {
      const at = (begin as usize) * classStride;
      const count = classes - begin < CHUNK_CLASSES ? classes - begin : CHUNK_CLASSES;
      // Only registers need a position's lanes side by side; the plain machine reads and writes them where they lie.
      if (ONE_PASS) {
        gatherChunk(m, x + at, stride, classStride, count, left, scratch);
        gatherTargets(m, call, targets, begin, count, hits, left, operands);
      }
      for (let c = 0; c < count; c++) {
        const line = ((begin + c) as usize) * classStride;
        const logit = m.load(ONE_PASS ? scratch + (c as usize) * REGISTER : x + line);
        const target = ONE_PASS ? m.load(operands + (c as usize) * REGISTER) : targetAt(m, targets, begin + c, classStride, hits);
        const other = this.wrong(m, logit, target);
        ties = m.select(m.less(other, most), ties, m.add(m.unless(m.less(most, other), ties), one));
        most = m.max(other, most);
        // A NaN may be passed over by the maximum: it is kept here.
        const hit = m.add(m.unless(m.equal(target, zero), m.mul(target, logit)), m.unless(m.equal(logit, logit), logit));
        low = m.addWide(low, m.widenLow(hit));
        high = m.addWide(high, m.widenHigh(hit));
      }
    }
    const hinge = m.max(m.add(one, m.sub(most, m.narrow(low, high))), zero);
    if (!g) return hinge;
    const silent = m.equal(factor, zero);
    const active = m.select(m.equal(hinge, hinge), m.where(m.less(zero, hinge), factor), hinge);
    const each = m.div(active, ties);
    for (let begin = 0; begin < classes; begin += CHUNK_CLASSES) {
      const at = (begin as usize) * classStride;
      const count = classes - begin < CHUNK_CLASSES ? classes - begin : CHUNK_CLASSES;
      // A single chunk is still there.
      if (ONE_PASS && classes > CHUNK_CLASSES) {
        gatherChunk(m, x + at, stride, classStride, count, left, scratch);
        gatherTargets(m, call, targets, begin, count, hits, left, operands);
      }
      for (let c = 0; c < count; c++) {
        const line = ((begin + c) as usize) * classStride;
        const from = ONE_PASS ? scratch + (c as usize) * REGISTER : x + line;
        const target = ONE_PASS ? m.load(operands + (c as usize) * REGISTER) : targetAt(m, targets, begin + c, classStride, hits);
        const best = m.where(m.equal(this.wrong(m, m.load(from), target), most), m.mul(m.sub(one, target), each));
        m.store(ONE_PASS ? from : g + line, m.unless(silent, m.sub(best, m.mul(target, active))));
      }
      if (ONE_PASS) scatterChunk(m, scratch, g + at, stride, classStride, count, left);
    }
    return hinge;
  }

  /** (1 - t) x, and 0 at t = 1 even where x is infinite. */
  wrong(m: Machine, x: Lanes, t: Lanes): Lanes {
    const one = m.one();
    const product = m.mul(m.sub(one, t), x);
    return m.unless(m.equal(t, one), ONE_PASS ? product : m.select(m.equal(t, m.zero()), x, product));
  }
}

/** The target of a class: what lies at `t`, or, where that is 0, the one-hot of the labels. */
function targetAt(m: Machine, t: usize, c: i32, classStride: usize, hits: Lanes): Lanes {
  return t ? m.load(t + (c as usize) * classStride) : m.where(m.equal(m.splat(c), hits), m.one());
}

/** Brings some classes' targets side by side: what lies at `t`, or, where that is 0, the one-hot of the labels. */
function gatherTargets(m: Machine, call: usize, t: usize, begin: i32, count: i32, hits: Lanes, left: i32, to: usize): void {
  if (t) {
    const classStride = m.address(call + CLASS_STRIDE);
    gatherChunk(m, t + (begin as usize) * classStride, m.address(call + STRIDE), classStride, count, left, to);
    return;
  }
  for (let c = begin; c < begin + count; c++) {
    m.store(to, targetAt(m, 0, c, 0, hits));
    to += REGISTER;
  }
}

export function categoricalHinge(f: CategoricalHinge, m: Machine, call: usize): void {
  sweepPositions(f, m, call);
}
