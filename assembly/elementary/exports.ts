/** The elementary functions over memory, for the accuracy script and the tests; not shipped. */

import { Machine } from "../machine";

export function exp(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.exp(m.load(x + i)));
}

export function expNonPositive(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.expNonPositive(m.load(x + i)));
}

export function expOfDifference(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.expOfDifference(m.load(x + i)));
}

export function expm1(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.expm1(m.load(x + i)));
}

export function log(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.log(m.load(x + i)));
}

export function logFromOne(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.logFromOne(m.load(x + i)));
}

export function log1p(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.log1p(m.load(x + i)));
}

export function log1pUnit(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.log1pUnit(m.load(x + i)));
}

/** The exponents lie at k. */
export function power(x: usize, y: usize, n: i32, k: usize): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.power(m.load(x + i), m.load(k + i)));
}

export function sigmoid(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.sigmoid(m.load(x + i)));
}

export function softplus(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.softplus(m.load(x + i)));
}

export function tanh(x: usize, y: usize, n: i32): void {
  const m = changetype<Machine>(0);
  for (let i: usize = 0, end = m.bytes(n); i < end; i += 16) m.store(y + i, m.tanh(m.load(x + i)));
}
