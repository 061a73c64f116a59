/** The plain machines run over the library's polynomials instead of `Math`: what baseline SIMD computes, bit for bit. */

import { exp, expm1, expNonPositive } from "../assembly/elementary/exp";
import { log, log1p, log1pUnit } from "../assembly/elementary/log";
import { sigmoid, softplus, tanh } from "../assembly/elementary/sigmoid";
import { DoubleMachine, type Machine, SingleMachine } from "../assembly/machine";

function overPolynomials<M extends new (buffer: ArrayBufferLike) => Machine>(Plain: M): M {
  const functions = { exp, expm1, expNonPositive, log, log1p, log1pUnit, sigmoid, softplus, tanh };
  // @ts-expect-error: TypeScript wants a mixin's constructor to take any[]; this one adds none.
  class Polynomial extends Plain {}
  for (const [name, f] of Object.entries(functions)) {
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
