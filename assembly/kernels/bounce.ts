/** Copies of what does not fill the registers of a loop, so that the loop's body need not be written a second time. */

import { Machine } from "../machine";
import { REGISTER } from "./blocks";

/** Copies `left` elements. */
export function copy(m: Machine, from: usize, to: usize, left: i32): void {
  for (let at: usize = 0; left > 0; at += REGISTER, left -= m.lanes()) m.storePart(to + at, m.loadPart(from + at, left), left);
}
