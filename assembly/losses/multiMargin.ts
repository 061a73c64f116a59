/** The margin loss of listed labels y against all classes j outside the list: the mean over classes of max(0, a - x_y + x_j)^b, b 1 or 2. */

import { A, B, CLASS_STRIDE, CLASSES, ENTRIES, LIST_STRIDE, STRIDE } from "../kernels/call";
import { PositionLoss, sweepPositions } from "../kernels/positions";
import { Lanes, Machine } from "../machine";

const ONE: StaticArray<Real> = [1];

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
    const one = m.constant(ONE, 0);
    const margin = m.splat(m.double(call + A));
    const linear = m.equal(m.splat(m.double(call + B)), one);
    const size = m.splat(classes);
    const silent = m.equal(factor, zero);
    const share = m.div(factor, size);
    let low = m.wideZero();
    let high = m.wideZero();
    for (let entry = 0; entry < entries; entry++) {
      const list = labels + (entry as usize) * listStride;
      const listed = m.less(m.splat(entry), hits);
      const distance = m.sub(margin, m.pick(x, stride, list, classStride, left));
      let lowSlope = m.wideZero();
      let highSlope = m.wideZero();
      for (let c = 0; c < classes; c++) {
        const at = (c as usize) * classStride;
        const outside = m.equal(m.strided(t + at, stride, left), zero);
        // The maximum keeps a NaN.
        const z = m.max(m.add(distance, m.strided(x + at, stride, left)), zero);
        const part = m.where(listed, m.where(outside, z));
        const value = m.mul(part, m.select(linear, one, part));
        low = m.addWide(low, m.widenLow(value));
        high = m.addWide(high, m.widenHigh(value));
        if (g) {
          const slope = m.select(linear, m.sign(part), m.add(part, part));
          const step = m.unless(silent, m.mul(share, slope));
          m.scatterStrided(g + at, stride, m.add(m.strided(g + at, stride, left), step), left);
          lowSlope = m.addWide(lowSlope, m.widenLow(step));
          highSlope = m.addWide(highSlope, m.widenHigh(step));
        }
      }
      if (g) m.addAt(g, stride, list, classStride, m.neg(m.narrow(lowSlope, highSlope)), left);
    }
    return m.div(m.narrow(low, high), size);
  }
}

export function multiMargin(f: MultiMargin, m: Machine, call: usize): void {
  sweepPositions(f, m, call);
}
