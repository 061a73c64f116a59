/** The elementwise sweep: a function applied to every element, or its slope times an upstream gradient. */

import { Lanes, Machine, ONE_PASS } from "../machine";
import { REGISTER, RUN } from "./blocks";
import { copy } from "./bounce";
import { A, B, BOUNCE, COUNT, GRADIENT, INTERIM, INTERIM_HALF, TARGET, VALUES, X } from "./call";

/** A function from a number to a number. All methods are abstract: so asc resolves each call at compile time. */
export abstract class Elementwise {
  abstract value(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes;
  /** The derivative. */
  abstract slope(m: Machine, x: Lanes, a: Lanes, b: Lanes): Lanes;
  /** Whether SIMD makes the value in two loops. Constant. */
  abstract inSteps(): bool;
  /** The first loop: of `size` bytes of whole pairs of registers at `x`, two numbers an element, to `to` and INTERIM_HALF behind it. */
  abstract begin(m: Machine, x: usize, size: usize, to: usize, a: Lanes, b: Lanes): void;
  /** The value, of those two; `x` is the address of the element: a load that is not used costs the sigmoid 4 %. */
  abstract last(m: Machine, x: usize, first: Lanes, second: Lanes, a: Lanes, b: Lanes): Lanes;
}

/** A function that is made at once. */
export abstract class AtOnce extends Elementwise {
  inSteps(): bool {
    return false;
  }

  begin(m: Machine, x: usize, size: usize, to: usize, a: Lanes, b: Lanes): void {}

  last(m: Machine, x: usize, first: Lanes, second: Lanes, a: Lanes, b: Lanes): Lanes {
    return first;
  }
}

/**
 * Stores the function of the COUNT elements at X at VALUES; or, unless GRADIENT is 0, their slopes times the elements at
 * TARGET there. A and B are the function's parameters. The output may be X or TARGET.
 */
export function sweepElements<F extends Elementwise>(f: F, m: Machine, call: usize): void {
  const x = m.address(call + X);
  const t = m.address(call + TARGET);
  const graded = m.address(call + GRADIENT) !== 0;
  const y = graded ? m.address(call + GRADIENT) : m.address(call + VALUES);
  const a = m.splat(m.double(call + A));
  const b = m.splat(m.double(call + B));
  const bounce = call + BOUNCE;
  // Lanes do not meet here: the plain machine, whose register is one lane, goes element by element.
  const step = ONE_PASS ? REGISTER : m.bytes(1);
  const size = m.bytes(m.integer(call + COUNT));
  for (let at: usize = 0, whole: usize = 0; at < size; at += whole) {
    whole = size - at - ((size - at) % (2 * step));
    const left = whole === 0 ? m.elements(size - at) : 0;
    if (left > 0) {
      copy(m, x + at, bounce, left);
      if (graded) copy(m, t + at, bounce + 2 * REGISTER, left);
      whole = 2 * step;
    }
    run(
      f,
      m,
      left > 0 ? bounce : x + at,
      left > 0 ? bounce + 2 * REGISTER : t + at,
      left > 0 ? bounce + 4 * REGISTER : y + at,
      graded,
      whole,
      step,
      call + INTERIM,
      a,
      b,
    );
    if (left > 0) copy(m, bounce + 4 * REGISTER, y + at, left);
  }
}

/** `size` bytes of whole pairs of registers. */
function run<F extends Elementwise>(
  f: F,
  m: Machine,
  x: usize,
  t: usize,
  y: usize,
  graded: bool,
  size: usize,
  step: usize,
  interim: usize,
  a: Lanes,
  b: Lanes,
): void {
  if (graded) {
    for (let at: usize = 0; at < size; at += step) {
      m.store(y + at, m.mul(m.load(t + at), f.slope(m, m.load(x + at), a, b)));
    }
  } else if (ONE_PASS && f.inSteps()) {
    const most = m.bytes(RUN);
    for (let at: usize = 0, end: usize = 0; at < size; at = end) {
      end = size - at < most ? size : at + most;
      f.begin(m, x + at, end - at, interim, a, b);
      const to = interim - at;
      for (let i = at; i < end; i += 2 * REGISTER) {
        const y0 = lastAt(f, m, x, i, 0, to, a, b);
        const y1 = lastAt(f, m, x, i, REGISTER, to, a, b);
        m.store(y + i, y0);
        m.store(y + i + REGISTER, y1);
      }
    }
  } else {
    for (let at: usize = 0; at < size; at += 2 * step) {
      const y0 = f.value(m, m.load(x + at), a, b);
      // In f64, where the two share no constants, at once: the binary is shorter.
      if (!m.single()) m.store(y + at, y0);
      const y1 = f.value(m, m.load(x + at + step), a, b);
      if (m.single()) m.store(y + at, y0);
      m.store(y + at + step, y1);
    }
  }
}

function lastAt<F extends Elementwise>(f: F, m: Machine, x: usize, at: usize, past: usize, interim: usize, a: Lanes, b: Lanes): Lanes {
  return f.last(m, x + at + past, m.load(interim + at + past), m.load(interim + at + past + INTERIM_HALF), a, b);
}
