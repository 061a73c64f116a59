/** The constants of the elementary functions in the machine's precision. */

import { Lanes, Machine } from "../machine";
import { CONSTANTS_DOUBLE, CONSTANTS_SINGLE } from "./tables";

/** The constant of index `i` (tables.ts) in every lane. */
export function constant(m: Machine, i: i32): Lanes {
  return m.single() ? m.constant(CONSTANTS_SINGLE, i) : m.constant(CONSTANTS_DOUBLE, i);
}
