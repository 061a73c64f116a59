/**
 * The rest of the data that fills no whole register, copied to padded room.
 *
 * So a loop's body, written once, handles whole registers only.
 */

import { Machine } from "../machine";
import { REGISTER } from "./blocks";

/** Copies `left` elements. */
export function copy(m: Machine, from: usize, to: usize, left: i32): void {
  const lanes = m.lanes();
  // Without a call, of which each takes 5 ns.
  for (; left >= lanes; left -= lanes) {
    m.store(to, m.load(from));
    from += REGISTER;
    to += REGISTER;
  }
  if (left > 0) m.storePart(to, m.loadPart(from, left), left);
}
