/** The plain machines run over the library's polynomials instead of `Math`: what baseline SIMD computes, bit for bit. */

import * as exponentials from "../assembly/elementary/exp";
import * as logarithms from "../assembly/elementary/log";
import * as sigmoids from "../assembly/elementary/sigmoid";
import { DoubleMachine, type Machine, SingleMachine } from "../assembly/machine";

function overPolynomials<M extends new (buffer: ArrayBufferLike) => Machine>(Plain: M): M {
  // @ts-expect-error: TypeScript wants a mixin's constructor to take any[]; this one adds none.
  class Polynomial extends Plain {}
  for (const [name, f] of Object.entries({ ...exponentials, ...logarithms, ...sigmoids })) {
    Object.defineProperty(Polynomial.prototype, name, {
      value(this: Machine, x: number) {
        return f(this, x);
      },
    });
  }
  return Polynomial;
}

/** f32 lanes over polynomials. */
export const SinglePolynomialMachine = overPolynomials(SingleMachine);

/** f64 lanes over polynomials. */
export const DoublePolynomialMachine = overPolynomials(DoubleMachine);
