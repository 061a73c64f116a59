/** The hinge of the best wrong class, max(0, 1 + max over c of (1 - t_c) x_c - sum of t_c x_c). */

import { CHUNK_CLASSES, REGISTER } from "../kernels/blocks";
import { B, CLASS_STRIDE, CLASSES, SCRATCH, STRIDE } from "../kernels/call";
import { CHUNK, gatherChunk, scatterChunk } from "../kernels/columnSteps";
import { PositionLoss, sweepPositions } from "../kernels/positions";
import { Lanes, Machine, ONE_PASS } from "../machine";

/** With B of 1, the targets are the one-hots of the labels, of which `hits` are the numbers: there is none to read. */
export class CategoricalHinge extends PositionLoss {
  position(m: Machine, call: usize, x: usize, t: usize, g: usize, labels: usize, hits: Lanes, factor: Lanes, left: i32): Lanes {
    const classes = m.integer(call + CLASSES);
    const stride = m.address(call + STRIDE);
    const classStride = m.address(call + CLASS_STRIDE);
    const targets: usize = m.double(call + B) === 1 ? 0 : t;
    const zero = m.zero();
    const one = m.one();
    const none = m.splat(-Infinity);
    let most = none;
    let ties = zero;
    let faulty = zero;
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
        if (targets) gatherChunk(m, targets + at, stride, classStride, count, left, operands);
      }
      for (let c = 0; c < count; c++) {
        const past = ONE_PASS ? (c as usize) * REGISTER : at + (c as usize) * classStride;
        const logit = m.load((ONE_PASS ? scratch : x) + past);
        let other = m.unless(m.equal(m.splat(begin + c), hits), logit);
        if (targets) {
          const target = m.load((ONE_PASS ? operands : targets) + past);
          other = this.wrong(m, logit, target);
          const hit = m.unless(m.equal(target, zero), m.mul(target, logit));
          low = m.addWide(low, m.widenLow(hit));
          high = m.addWide(high, m.widenHigh(hit));
        }
        const kept = m.unless(m.less(most, other), ties);
        ties = ONE_PASS ? m.add(kept, m.unless(m.less(other, most), one)) : m.select(m.less(other, most), ties, m.add(kept, one));
        most = m.max(other, most);
        // The maximum may pass over a NaN.
        faulty = m.select(m.equal(logit, logit), faulty, logit);
      }
    }
    const hit = targets ? m.narrow(low, high) : m.pick(x, stride, labels, classStride, left);
    const hinge = m.max(m.add(m.add(one, m.sub(most, hit)), faulty), zero);
    if (!g) return hinge;
    const silent = m.equal(factor, zero);
    const active = m.unless(silent, m.select(m.equal(hinge, hinge), m.where(m.less(zero, hinge), factor), hinge));
    const each = m.div(active, m.max(ties, one));
    // Nothing is less than the best, and nothing than a NaN.
    const best = m.select(m.equal(hinge, hinge), most, hinge);
    for (let begin = 0; begin < classes; begin += CHUNK_CLASSES) {
      const at = (begin as usize) * classStride;
      const count = classes - begin < CHUNK_CLASSES ? classes - begin : CHUNK_CLASSES;
      // A single chunk is still there.
      if (ONE_PASS && classes > CHUNK_CLASSES) {
        gatherChunk(m, x + at, stride, classStride, count, left, scratch);
        if (targets) gatherChunk(m, targets + at, stride, classStride, count, left, operands);
      }
      for (let c = 0; c < count; c++) {
        const past = ONE_PASS ? (c as usize) * REGISTER : at + (c as usize) * classStride;
        const logit = m.load((ONE_PASS ? scratch : x) + past);
        let slope = m.unless(m.less(logit, best), each);
        if (targets) {
          const target = m.load((ONE_PASS ? operands : targets) + past);
          const share = m.unless(m.less(this.wrong(m, logit, target), best), m.mul(m.sub(one, target), each));
          slope = m.unless(silent, m.sub(share, m.mul(target, active)));
        }
        m.store((ONE_PASS ? scratch : g) + past, slope);
      }
      if (ONE_PASS) scatterChunk(m, scratch, g + at, stride, classStride, count, left);
    }
    if (!targets) {
      m.addAt(g, stride, labels, classStride, m.neg(m.pick(g, stride, labels, classStride, left)), left);
      m.addAt(g, stride, labels, classStride, m.sub(zero, active), left);
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

export function categoricalHinge(f: CategoricalHinge, m: Machine, call: usize): void {
  sweepPositions(f, m, call);
}
