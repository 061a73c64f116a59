/** The plain machines run over the library's polynomials instead of `Math`: what baseline SIMD computes, bit for bit. */

import * as exponentials from "../assembly/elementary/exp";
import * as logarithms from "../assembly/elementary/log";
import * as powers from "../assembly/elementary/power";
import * as sigmoids from "../assembly/elementary/sigmoid";
import { DoubleMachine, type Machine, SingleMachine } from "../assembly/machine";

/** What the SIMD machine does to the bits of its lanes. */
type Bits = Pick<Machine, "addBits" | "subBits" | "andBits" | "orBits" | "toExponent" | "fromExponent">;

const scratch = new ArrayBuffer(8);
const singleScratch = new Float32Array(scratch);
const doubleScratch = new Float64Array(scratch);
/** The halves of a double, as little-endian machines have them: all that Node runs on. */
const halves = new Int32Array(scratch);

function bitsOfSingle(x: number): number {
  singleScratch[0] = x;
  return halves[0]!;
}

function singleOf(bits: number): number {
  halves[0] = bits;
  return singleScratch[0]!;
}

/** Leaves the bits of a double in the halves, and returns the lower one: BigInt takes fifty times as long. */
function lowerOfDouble(x: number): number {
  doubleScratch[0] = x;
  return halves[0]!;
}

function doubleOf(lower: number, upper: number): number {
  halves[0] = lower;
  halves[1] = upper;
  return doubleScratch[0]!;
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
  addBits(a, b) {
    const [lower, upper] = [lowerOfDouble(a), halves[1]!];
    const sum = (lower >>> 0) + (lowerOfDouble(b) >>> 0);
    return doubleOf(sum, upper + halves[1]! + Number(sum >= 2 ** 32));
  },
  subBits(a, b) {
    const [lower, upper] = [lowerOfDouble(a), halves[1]!];
    const difference = (lower >>> 0) - (lowerOfDouble(b) >>> 0);
    return doubleOf(difference, upper - halves[1]! - Number(difference < 0));
  },
  andBits(a, b) {
    const [lower, upper] = [lowerOfDouble(a), halves[1]!];
    return doubleOf(lower & lowerOfDouble(b), upper & halves[1]!);
  },
  orBits(a, b) {
    const [lower, upper] = [lowerOfDouble(a), halves[1]!];
    return doubleOf(lower | lowerOfDouble(b), upper | halves[1]!);
  },
  toExponent: (x) => doubleOf(0, lowerOfDouble(x) << 20),
  fromExponent(x) {
    lowerOfDouble(x);
    return doubleOf(halves[1]! >>> 20, 0);
  },
};

function overPolynomials<M extends new (buffer: ArrayBufferLike) => Machine>(Plain: M, bits: Bits): M {
  // @ts-expect-error: TypeScript wants a mixin's constructor to take any[]; this one adds none.
  class Polynomial extends Plain {}
  Object.assign(Polynomial.prototype, bits);
  for (const [name, f] of Object.entries({ ...exponentials, ...logarithms, ...sigmoids, ...powers })) {
    Object.defineProperty(Polynomial.prototype, name, {
      value(this: Machine, ...operands: number[]) {
        return (f as (m: Machine, ...operands: number[]) => number)(this, ...operands);
      },
    });
  }
  return Polynomial;
}

/** f32 lanes over polynomials. */
export const SinglePolynomialMachine = overPolynomials(SingleMachine, single);

/** f64 lanes over polynomials. */
export const DoublePolynomialMachine = overPolynomials(DoubleMachine, double);
