/**
 * The margin loss of listed labels y against all classes j outside the list.
 *
 * It is the mean over classes of max(0, a - x_y + x_j)^b, with b 1 or 2.
 */

import { CHUNK_CLASSES, REGISTER } from "../kernels/blocks";
import { A, B, CLASS_STRIDE, CLASSES, ENTRIES, LIST_STRIDE, SCRATCH, STRIDE } from "../kernels/call";
import { CHUNK, gatherChunk, gatherChunks, scatterChunk } from "../kernels/columnSteps";
import { PositionLoss, sweepPositions } from "../kernels/positions";
import { clear } from "../kernels/rowSteps";
import { Lanes, Machine, ONE_PASS } from "../machine";

/**
 * Each position has a list of up to ENTRIES labels, `hits` of them, LIST_STRIDE bytes apart; a class is outside the list
 * where its target is 0. The gradient must hold zeros.
 */
export class MultiMargin extends PositionLoss {
  position(m: Machine, call: usize, x: usize, t: usize, g: usize, labels: usize, hits: Lanes, factor: Lanes, left: i32): Lanes {
    const classes = m.integer(call + CLASSES);
    const entries = m.integer(call + ENTRIES);
    const stride = m.address(call + STRIDE);
    const classStride = m.address(call + CLASS_STRIDE);
    const listStride = m.address(call + LIST_STRIDE);
    const zero = m.zero();
    const one = m.one();
    const margin = m.splat(m.double(call + A));
    const power = m.splat(m.double(call + B));
    const linear = m.equal(power, one);
    const size = m.splat(classes);
    const silent = m.equal(factor, zero);
    const each = m.div(m.mul(power, factor), size);
    let low = m.wideZero();
    let high = m.wideZero();
    const scratch = m.address(call + SCRATCH);
    for (let begin = 0; begin < classes; begin += CHUNK_CLASSES) {
      const at = (begin as usize) * classStride;
      const count = classes - begin < CHUNK_CLASSES ? classes - begin : CHUNK_CLASSES;
      // Only registers need a position's lanes side by side; the plain machine reads and writes them where they lie.
      const xs = ONE_PASS ? scratch : x + at;
      const ts = ONE_PASS ? scratch + CHUNK + REGISTER : t + at;
      const steps = ONE_PASS ? ts + CHUNK + REGISTER : g + at;
      const step = ONE_PASS ? REGISTER : classStride;
      const past = (count as usize) * step;
      if (ONE_PASS) {
        gatherChunks(m, x + at, t + at, stride, classStride, count, left, xs);
        clear(m, steps, count * m.lanes());
      }
      for (let entry = 0; entry < entries; entry++) {
        const list = labels + (entry as usize) * listStride;
        const listed = m.less(m.splat(entry), hits);
        const distance = m.sub(margin, m.pick(x, stride, list, classStride, left));
        let lowSlope = m.wideZero();
        let highSlope = m.wideZero();
        for (let c: usize = 0; c < past; c += step) {
          const outside = m.equal(m.load(ts + c), zero);
          // The maximum keeps a NaN.
          const z = m.max(m.add(distance, m.load(xs + c)), zero);
          const part = m.where(listed, m.where(outside, z));
          const rest = m.select(linear, one, part);
          const value = m.mul(part, rest);
          low = m.addWide(low, m.widenLow(value));
          high = m.addWide(high, m.widenHigh(value));
          if (g) {
            const share = m.unless(silent, m.mul(each, m.select(m.less(zero, part), rest, part)));
            m.store(steps + c, m.add(m.load(steps + c), share));
            lowSlope = m.addWide(lowSlope, m.widenLow(share));
            highSlope = m.addWide(highSlope, m.widenHigh(share));
          }
        }
        if (g) m.addAt(g, stride, list, classStride, m.neg(m.narrow(lowSlope, highSlope)), left);
      }
      if (ONE_PASS && g) {
        // The labels' slopes are there already.
        gatherChunk(m, g + at, stride, classStride, count, left, xs);
        for (let c: usize = 0; c < past; c += step) m.store(xs + c, m.add(m.load(xs + c), m.load(steps + c)));
        scatterChunk(m, xs, g + at, stride, classStride, count, left);
      }
    }
    return m.div(m.narrow(low, high), size);
  }
}

export function multiMargin(f: MultiMargin, m: Machine, call: usize): void {
  sweepPositions(f, m, call);
}
