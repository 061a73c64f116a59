/** Elementary functions that are called, not inlined: a loss of many operations takes a third of the room in the binary with them. */

import { Lanes, Machine } from "../machine";

export function exp(m: Machine, x: Lanes): Lanes {
  return m.exp(x);
}

export function expm1(m: Machine, x: Lanes): Lanes {
  return m.expm1(x);
}

export function log(m: Machine, x: Lanes): Lanes {
  return m.log(x);
}

export function logFromOne(m: Machine, x: Lanes): Lanes {
  return m.logFromOne(x);
}

export function log1p(m: Machine, x: Lanes): Lanes {
  return m.log1p(x);
}
