/** The product of two matrices, added to a third: in f64 alone. */

import { Machine } from "../machine";
import { CLASSES, COUNT, GRADIENT, GROUP_STRIDE, POSITIONS, STRIDE, TARGET, X } from "./call";

/** What stands for the formula of the kernel, which has none. */
export class Matrices {}

/**
 * Adds the product of X, COUNT by POSITIONS, and TARGET, POSITIONS by CLASSES, to what is at GRADIENT. X has GROUP_STRIDE
 * bytes from row to row and STRIDE from column to column; the others have their rows side by side. POSITIONS must be a
 * multiple of 4, CLASSES of 2.
 */
export function multiplyMatrices(f: Matrices, m: Machine, call: usize): void {
  if (m.single()) return;
  const rows = m.integer(call + COUNT);
  const inner = m.integer(call + POSITIONS);
  const size = m.bytes(m.integer(call + CLASSES));
  let x = m.address(call + X);
  const row = m.address(call + GROUP_STRIDE);
  const column = m.address(call + STRIDE);
  const y = m.address(call + TARGET);
  let out = m.address(call + GRADIENT);
  // Lanes do not meet here: the plain machine goes element by element.
  const step = m.passes() > 1 ? m.bytes(1) : m.bytes(m.lanes());
  for (let i = 0; i < rows; i++) {
    let from = x;
    let y0 = y;
    // Four rows at a time: the sums are loaded and stored once for four products.
    for (let k = 0; k < inner; k += 4) {
      const a0 = m.loadSplat(from);
      const a1 = m.loadSplat(from + column);
      const a2 = m.loadSplat(from + 2 * column);
      const a3 = m.loadSplat(from + 3 * column);
      const y1 = y0 + size;
      const y2 = y1 + size;
      const y3 = y2 + size;
      for (let at: usize = 0; at < size; at += step) {
        const s0 = m.mulAdd(a0, m.load(y0 + at), m.load(out + at));
        const s1 = m.mulAdd(a1, m.load(y1 + at), s0);
        m.store(out + at, m.mulAdd(a3, m.load(y3 + at), m.mulAdd(a2, m.load(y2 + at), s1)));
      }
      from += 4 * column;
      y0 = y3 + size;
    }
    x += row;
    out += size;
  }
}
