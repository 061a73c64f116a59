/** The SIMD machine: a register is a `v128` of f32 or f64 lanes. The only file that names vector instructions. */

import { expm1 as expm1Of, expNonPositive as expNonPositiveOf, exp as expOf, expOfDifference as expOfDifferenceOf } from "./elementary/exp";
import { log1p as log1pOf, log1pUnit as log1pUnitOf, logFromOne as logFromOneOf, log as logOf } from "./elementary/log";
import { power as powerOf } from "./elementary/power";
import { sigmoid as sigmoidOf, softplus as softplusOf, tanh as tanhOf } from "./elementary/sigmoid";
import { Lanes, Memory } from "./memory";

export { Lanes };

/** The largest power of two; then 1, -1, and the sign bit. */
const SIGNS32 = memory.data<f32>([1.7014118346046923e38, 1, -1, -0.0]);
const SIGNS64 = memory.data<f64>([8.98846567431158e307, 1, -1, -0.0]);

/** All bits of a lane set, or none. */
export type Mask = v128;
/** Half a register's lanes, summed in f64. */
export type Wide = v128;

/** Whether one pass visits all the lanes. A constant of each machine: its build leaves out the loops of the other. */
export const ONE_PASS: bool = true;

/**
 * Arithmetic on registers and memory. It has no state: kernels take it as an argument only so that
 * the same source also runs on the plain machine (`machine.plain.ts`), whose contract is the same.
 *
 * A register spans 16 bytes of memory on every machine. This one computes all its lanes at once
 * (`passes` is 1); the plain machine visits the lanes one after another.
 * `left` counts the elements from this pass's lane to the end of the data: lanes at or past it are not touched.
 */
export class Machine extends Memory {
  /** `x` in every lane, rounded to `Real`. Loop-invariant use only: V8 rebuilds a literal splat at each iteration. */
  splat(x: f64): Lanes {
    return v128.splat<Real>(<Real>x);
  }

  /** Entry `i` of a table in every lane: in a loop, 1.1 to 1.8 times as fast as a literal. */
  constant(table: StaticArray<Real>, i: i32): Lanes {
    return sizeof<Real>() === 4
      ? v128.load32_splat(changetype<usize>(table) + ((<usize>i) << 2))
      : v128.load64_splat(changetype<usize>(table) + ((<usize>i) << 3));
  }

  one(): Lanes {
    return sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32, 4) : v128.load64_splat(SIGNS64, 8);
  }

  /** The largest finite number. */
  largest(): Lanes {
    return this.splat(sizeof<Real>() === 4 ? <f64>f32.MAX_VALUE : f64.MAX_VALUE);
  }

  zero(): Lanes {
    return i32x4.splat(0);
  }

  add(a: Lanes, b: Lanes): Lanes {
    return v128.add<Real>(a, b);
  }

  sub(a: Lanes, b: Lanes): Lanes {
    return v128.sub<Real>(a, b);
  }

  mul(a: Lanes, b: Lanes): Lanes {
    return v128.mul<Real>(a, b);
  }

  div(a: Lanes, b: Lanes): Lanes {
    return v128.div<Real>(a, b);
  }

  /** a * b + c, rounded once on relaxed SIMD with FMA and twice elsewhere. */
  mulAdd(a: Lanes, b: Lanes, c: Lanes): Lanes {
    return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<Real>(a, b, c) : v128.add<Real>(v128.mul<Real>(a, b), c);
  }

  /** c - a * b, rounded once on relaxed SIMD with FMA and twice elsewhere. */
  negMulAdd(a: Lanes, b: Lanes, c: Lanes): Lanes {
    return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_nmadd<Real>(a, b, c) : v128.sub<Real>(c, v128.mul<Real>(a, b));
  }

  neg(a: Lanes): Lanes {
    return v128.neg<Real>(a);
  }

  /** |a|, by the constant of the others: x64 has no instruction for it, and V8 would make a mask each time. */
  abs(a: Lanes): Lanes {
    return v128.andnot(a, this.signs());
  }

  /** The same, by 1 and -1 that a loop has in registers: what their bits differ in is the sign. */
  absBy(a: Lanes, one: Lanes, minusOne: Lanes): Lanes {
    return v128.andnot(a, v128.xor(one, minusOne));
  }

  /** -|a|, in one instruction. */
  negAbs(a: Lanes): Lanes {
    return v128.or(a, this.signs());
  }

  /** -a where the mask is set, else `a`: in two instructions, of which a selection takes four. */
  negWhere(mask: Mask, a: Lanes): Lanes {
    return v128.xor(a, v128.and(mask, this.signs()));
  }

  private signs(): Lanes {
    return sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32, 12) : v128.load64_splat(SIGNS64, 24);
  }

  sqrt(a: Lanes): Lanes {
    return v128.sqrt<Real>(a);
  }

  /**
   * `b < a ? b : a`: data first and bound second, so that a NaN in the data survives. One instruction on x64, where
   * f32x4.min takes eight.
   */
  min(a: Lanes, b: Lanes): Lanes {
    return v128.pmin<Real>(a, b);
  }

  /** `a < b ? b : a`: data first and bound second, so that a NaN in the data survives. */
  max(a: Lanes, b: Lanes): Lanes {
    return v128.pmax<Real>(a, b);
  }

  /** `a < b ? b : a` in the lanes before `left`, `b` in the others. */
  maxPart(a: Lanes, b: Lanes, left: i32): Lanes {
    const most = v128.pmax<Real>(a, b);
    return left >= this.lanes() ? most : v128.bitselect(most, b, this.before(left));
  }

  less(a: Lanes, b: Lanes): Mask {
    return v128.lt<Real>(a, b);
  }

  equal(a: Lanes, b: Lanes): Mask {
    return v128.eq<Real>(a, b);
  }

  /** Lane by lane `a` where the mask is set, else `b`. */
  select(mask: Mask, a: Lanes, b: Lanes): Lanes {
    return v128.bitselect(a, b, mask);
  }

  /** `a` where the mask is set, else +0. */
  where(mask: Mask, a: Lanes): Lanes {
    return v128.and(a, mask);
  }

  /** +0 where the mask is set, else `a`. */
  unless(mask: Mask, a: Lanes): Lanes {
    return v128.andnot(a, mask);
  }

  /** 1 or -1; zeros and NaN as they are. The products carry any denormal past 1, and NaN through. */
  sign(x: Lanes): Lanes {
    const huge = sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32) : v128.load64_splat(SIGNS64);
    const minusOne = sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32, 8) : v128.load64_splat(SIGNS64, 16);
    return this.max(this.min(this.mul(this.mul(x, huge), huge), this.one()), minusOne);
  }

  /** The sign of x times a factor, by numbers that a loop has in registers: `huge()` with the factor's sign, without, the factor's size. */
  signTimes(x: Lanes, huge: Lanes, hugeSize: Lanes, size: Lanes): Lanes {
    return this.max(this.min(this.mul(this.mul(x, huge), hugeSize), size), this.neg(size));
  }

  /** The largest power of two: its square lifts the smallest denormal above 1, and far beyond. */
  huge(): f64 {
    return sizeof<Real>() === 4 ? load<f32>(SIGNS32) : load<f64>(SIGNS64);
  }

  /** The lanes before `left`; the others are +0. */
  keep(x: Lanes, left: i32): Lanes {
    return left >= this.lanes() ? x : v128.and(x, this.before(left));
  }

  /** The mask of the lanes before `left`. */
  private before(left: i32): Mask {
    return sizeof<Real>() === 4 ? i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left)) : i64x2(-1, 0);
  }

  /** The first lane, as a number. */
  first(x: Lanes): f64 {
    return <f64>v128.extract_lane<Real>(x, 0);
  }

  /** The largest lane in every lane. */
  across(x: Lanes): Lanes {
    if (sizeof<Real>() === 8) return v128.pmax<Real>(x, v128.shuffle<i64>(x, x, 1, 0));
    const y = v128.pmax<Real>(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
    return v128.pmax<Real>(y, v128.shuffle<i32>(y, y, 1, 0, 3, 2));
  }

  wideZero(): Wide {
    return i32x4.splat(0);
  }

  /** The lower half of the lanes in f64. */
  widenLow(x: Lanes): Wide {
    return sizeof<Real>() === 4 ? f64x2.promote_low_f32x4(x) : x;
  }

  /** The upper half of the lanes in f64: none, with f64 lanes. */
  widenHigh(x: Lanes): Wide {
    return sizeof<Real>() === 4 ? f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 0)) : i32x4.splat(0);
  }

  /** `x` in every lane of half a register. */
  splatWide(x: f64): Wide {
    return f64x2.splat(x);
  }

  addWide(a: Wide, b: Wide): Wide {
    return f64x2.add(a, b);
  }

  mulWide(a: Wide, b: Wide): Wide {
    return f64x2.mul(a, b);
  }

  sqrtWide(a: Wide): Wide {
    return f64x2.sqrt(a);
  }

  /** Both halves rounded back into a register. */
  narrow(low: Wide, high: Wide): Lanes {
    return sizeof<Real>() === 4 ? v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2) : low;
  }

  /** `sum` plus every lane, in lane order. */
  total(low: Wide, high: Wide, sum: f64): f64 {
    const half = sum + f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
    return sizeof<Real>() === 4 ? half + f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1) : half;
  }

  addBits(a: Lanes, b: Lanes): Lanes {
    return sizeof<Real>() === 4 ? i32x4.add(a, b) : i64x2.add(a, b);
  }

  subBits(a: Lanes, b: Lanes): Lanes {
    return sizeof<Real>() === 4 ? i32x4.sub(a, b) : i64x2.sub(a, b);
  }

  andBits(a: Lanes, b: Lanes): Lanes {
    return v128.and(a, b);
  }

  orBits(a: Lanes, b: Lanes): Lanes {
    return v128.or(a, b);
  }

  /** The bits shifted left until the lowest of them is the lowest of the exponent. */
  toExponent(x: Lanes): Lanes {
    return sizeof<Real>() === 4 ? i32x4.shl(x, 23) : i64x2.shl(x, 52);
  }

  /** The bits shifted right, zeros entering, until the exponent's lowest bit is the lowest. */
  fromExponent(x: Lanes): Lanes {
    return sizeof<Real>() === 4 ? i32x4.shr_u(x, 23) : i64x2.shr_u(x, 52);
  }

  /** e^x. */
  exp(x: Lanes): Lanes {
    return expOf(this, x);
  }

  /** e^x for x <= 0 or NaN; results below the smallest normal number may be 0, and e^-Infinity is. */
  expNonPositive(x: Lanes): Lanes {
    return expNonPositiveOf(this, x);
  }

  /** e^z for a z <= 0 (or NaN) that is a rounded difference: as inexact as such a z leaves it in any case. */
  expOfDifference(z: Lanes): Lanes {
    return expOfDifferenceOf(this, z);
  }

  /** e^x - 1. */
  expm1(x: Lanes): Lanes {
    return expm1Of(this, x);
  }

  /** The natural logarithm. */
  log(x: Lanes): Lanes {
    return logOf(this, x);
  }

  /** The natural logarithm of a finite number from 1 up, or of NaN. */
  logFromOne(x: Lanes): Lanes {
    return logFromOneOf(this, x);
  }

  /** log(1 + x). */
  log1p(x: Lanes): Lanes {
    return log1pOf(this, x);
  }

  /** log(1 + x) for 0 <= x <= 1 or NaN. */
  log1pUnit(x: Lanes): Lanes {
    return log1pUnitOf(this, x);
  }

  /** x^k for x from 0 up. */
  power(x: Lanes, k: Lanes): Lanes {
    return powerOf(this, x, k);
  }

  /** 1 / (1 + e^-x). */
  sigmoid(x: Lanes): Lanes {
    return sigmoidOf(this, x);
  }

  /** log(1 + e^x). */
  softplus(x: Lanes): Lanes {
    return softplusOf(this, x);
  }

  tanh(x: Lanes): Lanes {
    return tanhOf(this, x);
  }
}
