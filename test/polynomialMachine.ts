/** The plain machines run over the library's polynomials instead of `Math`: what baseline SIMD computes, bit for bit. */

import * as exponentials from "../assembly/elementary/exp";
import * as logarithms from "../assembly/elementary/log";
import * as powers from "../assembly/elementary/power";
import * as sigmoids from "../assembly/elementary/sigmoid";
import { DoubleMachine, type Machine, SingleMachine } from "../assembly/machine";

/** What the SIMD machine does to the bits of its lanes. */
type Bits = Pick<Machine, "addBits" | "subBits" | "andBits" | "orBits" | "toExponent" | "fromExponent">;

const scratch = new DataView(new ArrayBuffer(8));

function bitsOfSingle(x: number): number {
  scratch.setFloat32(0, x);
  return scratch.getInt32(0);
}

function singleOf(bits: number): number {
  scratch.setInt32(0, bits);
  return scratch.getFloat32(0);
}

function bitsOfDouble(x: number): bigint {
  scratch.setFloat64(0, x);
  return scratch.getBigInt64(0);
}

function doubleOf(bits: bigint): number {
  scratch.setBigInt64(0, bits);
  return scratch.getFloat64(0);
}

const single: Bits = {
  addBits: (a, b) => singleOf(bitsOfSingle(a) + bitsOfSingle(b)),
  subBits: (a, b) => singleOf(bitsOfSingle(a) - bitsOfSingle(b)),
  andBits: (a, b) => singleOf(bitsOfSingle(a) & bitsOfSingle(b)),
  orBits: (a, b) => singleOf(bitsOfSingle(a) | bitsOfSingle(b)),
  toExponent: (x) => singleOf(bitsOfSingle(x) << 23),
  fromExponent: (x) => singleOf(bitsOfSingle(x) >>> 23),
};

const double: Bits = {
  addBits: (a, b) => doubleOf(bitsOfDouble(a) + bitsOfDouble(b)),
  subBits: (a, b) => doubleOf(bitsOfDouble(a) - bitsOfDouble(b)),
  andBits: (a, b) => doubleOf(bitsOfDouble(a) & bitsOfDouble(b)),
  orBits: (a, b) => doubleOf(bitsOfDouble(a) | bitsOfDouble(b)),
  toExponent: (x) => doubleOf(bitsOfDouble(x) << 52n),
  fromExponent: (x) => doubleOf(BigInt.asUintN(64, bitsOfDouble(x)) >> 52n),
};

function overPolynomials<M extends new (buffer: ArrayBufferLike) => Machine>(Plain: M, bits: Bits): M {
  // @ts-expect-error: TypeScript wants a mixin's constructor to take any[]; this one adds none.
  class Polynomial extends Plain {}
  Object.assign(Polynomial.prototype, bits);
  for (const [name, f] of Object.entries({ ...exponentials, ...logarithms, ...sigmoids, ...powers })) {
    Object.defineProperty(Polynomial.prototype, name, {
      value(this: Machine, ...operands: [number, number]) {
        return f(this, ...operands);
      },
    });
  }
  return Polynomial;
}

/** f32 lanes over polynomials. */
export const SinglePolynomialMachine = overPolynomials(SingleMachine, single);

/** f64 lanes over polynomials. */
export const DoublePolynomialMachine = overPolynomials(DoubleMachine, double);
