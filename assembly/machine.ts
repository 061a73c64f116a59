/** The SIMD machine: a register is a `v128` of f32 or f64 lanes. The only file that names vector instructions. */

import { expm1 as expm1Of, expNonPositive as expNonPositiveOf, exp as expOf, expOfDifference as expOfDifferenceOf } from "./elementary/exp";
import { log1p as log1pOf, log1pUnit as log1pUnitOf, log as logOf } from "./elementary/log";
import { sigmoid as sigmoidOf, softplus as softplusOf, tanh as tanhOf } from "./elementary/sigmoid";

/** A number whose square lifts the smallest denormal above 1; then 1, -1, and the sign bit. */
const SIGNS32 = memory.data<f32>([3.777893186295716e22, 1, -1, -0.0]);
const SIGNS64 = memory.data<f64>([4.498913794543196e161, 1, -1, -0.0]);

/** One register of `Real` lanes. */
export type Lanes = v128;
/** All bits of a lane set, or none. */
export type Mask = v128;
/** Half a register's lanes, summed in f64. */
export type Wide = v128;

/**
 * Arithmetic on registers and memory. It has no state: kernels take it as an argument only so that
 * the same source also runs on the plain machine (`machine.plain.ts`), whose contract is the same.
 *
 * A register spans 16 bytes of memory on every machine. This one computes all its lanes at once
 * (`passes` is 1); the plain machine visits the lanes one after another.
 * `left` counts the elements from this pass's lane to the end of the data: lanes at or past it are not touched.
 */
export class Machine {
  /** How often a kernel must run over a register's span to visit all lanes. */
  passes(): i32 {
    return 1;
  }

  /** Lanes in a register's span. */
  lanes(): i32 {
    return 16 / sizeof<Real>();
  }

  /** Whether the lanes are f32, not f64: a constant, by which the untaken branch vanishes. */
  single(): bool {
    return sizeof<Real>() === 4;
  }

  /** Bytes that `count` elements take. */
  bytes(count: i32): usize {
    return <usize>count * sizeof<Real>();
  }

  load(address: usize): Lanes {
    return v128.load(address);
  }

  store(address: usize, x: Lanes): void {
    v128.store(address, x);
  }

  /** The element at `address` in every lane. */
  loadSplat(address: usize): Lanes {
    return sizeof<Real>() === 4 ? v128.load32_splat(address) : v128.load64_splat(address);
  }

  /** Loads the lanes before `left`; the others are 0. */
  loadPart(address: usize, left: i32): Lanes {
    if (left >= this.lanes()) return v128.load(address);
    if (sizeof<Real>() === 8) return v128.load64_zero(address);
    let x = v128.load32_zero(address);
    if (left > 1) x = v128.load32_lane(address, x, 1, 4);
    if (left > 2) x = v128.load32_lane(address, x, 2, 8);
    return x;
  }

  /** Stores the lanes before `left`. */
  storePart(address: usize, x: Lanes, left: i32): void {
    if (left >= this.lanes()) {
      v128.store(address, x);
      return;
    }
    if (sizeof<Real>() === 8) {
      v128.store64_lane(address, x, 0);
      return;
    }
    v128.store32_lane(address, x, 0);
    if (left > 1) v128.store32_lane(address, x, 1, 4);
    if (left > 2) v128.store32_lane(address, x, 2, 8);
  }

  /** Lane k from `address + k * stride`, for the lanes before `left`; the others repeat lane 0. */
  gather(address: usize, stride: usize, left: i32): Lanes {
    if (sizeof<Real>() === 8) {
      const x = v128.load64_splat(address);
      return left > 1 ? v128.load64_lane(address + stride, x, 1) : x;
    }
    if (left >= 4) {
      let x = v128.load32_zero(address);
      x = v128.load32_lane(address + stride, x, 1);
      x = v128.load32_lane(address + 2 * stride, x, 2);
      return v128.load32_lane(address + 3 * stride, x, 3);
    }
    let x = v128.load32_splat(address);
    if (left > 1) x = v128.load32_lane(address + stride, x, 1);
    if (left > 2) x = v128.load32_lane(address + 2 * stride, x, 2);
    return x;
  }

  /** Lane k from `address + k * stride`, for the lanes before `left`; a stride of 0 repeats one element. */
  strided(address: usize, stride: usize, left: i32): Lanes {
    if (stride === sizeof<Real>()) return this.loadPart(address, left);
    return stride === 0 ? this.loadSplat(address) : this.gather(address, stride, left);
  }

  /** Lane k to `address + k * stride`, for the lanes before `left`. */
  scatter(address: usize, stride: usize, x: Lanes, left: i32): void {
    if (sizeof<Real>() === 8) {
      v128.store64_lane(address, x, 0);
      if (left > 1) v128.store64_lane(address + stride, x, 1);
      return;
    }
    v128.store32_lane(address, x, 0);
    if (left > 1) v128.store32_lane(address + stride, x, 1);
    if (left > 2) v128.store32_lane(address + 2 * stride, x, 2);
    if (left > 3) v128.store32_lane(address + 3 * stride, x, 3);
  }

  /** Lane k to `address + k * stride`, for the lanes before `left`. */
  scatterStrided(address: usize, stride: usize, x: Lanes, left: i32): void {
    if (stride === sizeof<Real>()) this.storePart(address, x, left);
    else this.scatter(address, stride, x, left);
  }

  /** A square of as many classes as lanes: register c, at `to + 16 c`, takes lane k from `address + k * stride`, c elements on. */
  gatherBlock(address: usize, stride: usize, to: usize): void {
    const a = v128.load(address);
    const b = v128.load(address + stride);
    if (sizeof<Real>() === 8) {
      v128.store(to, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(to + 16, v128.shuffle<i64>(a, b, 1, 3));
      return;
    }
    const c = v128.load(address + 2 * stride);
    const d = v128.load(address + 3 * stride);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const ba = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const dc = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
    v128.store(to + 16, v128.shuffle<i64>(ab, cd, 1, 3));
    v128.store(to + 32, v128.shuffle<i64>(ba, dc, 0, 2));
    v128.store(to + 48, v128.shuffle<i64>(ba, dc, 1, 3));
  }

  /** The reverse of {@link gatherBlock}. */
  scatterBlock(from: usize, address: usize, stride: usize): void {
    const a = v128.load(from);
    const b = v128.load(from + 16);
    if (sizeof<Real>() === 8) {
      v128.store(address, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(address + stride, v128.shuffle<i64>(a, b, 1, 3));
      return;
    }
    const c = v128.load(from + 32);
    const d = v128.load(from + 48);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const ba = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const dc = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(address, v128.shuffle<i64>(ab, cd, 0, 2));
    v128.store(address + stride, v128.shuffle<i64>(ab, cd, 1, 3));
    v128.store(address + 2 * stride, v128.shuffle<i64>(ba, dc, 0, 2));
    v128.store(address + 3 * stride, v128.shuffle<i64>(ba, dc, 1, 3));
  }

  /** Lane k from `address + k * stride + label[k] * classStride`, for the lanes before `left`; the others repeat lane 0. */
  pick(address: usize, stride: usize, labels: usize, classStride: usize, left: i32): Lanes {
    if (sizeof<Real>() === 8) {
      const x = v128.load64_splat(address + this.label(labels) * classStride);
      return left > 1 ? v128.load64_lane(address + stride + this.label(labels + 4) * classStride, x, 1) : x;
    }
    let x = v128.load32_splat(address + this.label(labels) * classStride);
    if (left > 1) x = v128.load32_lane(address + stride + this.label(labels + 4) * classStride, x, 1);
    if (left > 2) x = v128.load32_lane(address + 2 * stride + this.label(labels + 8) * classStride, x, 2);
    if (left > 3) x = v128.load32_lane(address + 3 * stride + this.label(labels + 12) * classStride, x, 3);
    return x;
  }

  /** Adds lane k to the element at `address + k * stride + label[k] * classStride`, for the lanes before `left`. */
  addAt(address: usize, stride: usize, labels: usize, classStride: usize, x: Lanes, left: i32): void {
    const old = this.pick(address, stride, labels, classStride, left);
    const sum = v128.add<Real>(old, x);
    if (sizeof<Real>() === 8) {
      v128.store64_lane(address + this.label(labels) * classStride, sum, 0);
      if (left > 1) v128.store64_lane(address + stride + this.label(labels + 4) * classStride, sum, 1);
      return;
    }
    v128.store32_lane(address + this.label(labels) * classStride, sum, 0);
    if (left > 1) v128.store32_lane(address + stride + this.label(labels + 4) * classStride, sum, 1);
    if (left > 2) v128.store32_lane(address + 2 * stride + this.label(labels + 8) * classStride, sum, 2);
    if (left > 3) v128.store32_lane(address + 3 * stride + this.label(labels + 12) * classStride, sum, 3);
  }

  /** The label (an i32) at `address`. */
  label(address: usize): usize {
    return <usize>load<u32>(address);
  }

  /** The element at `address`, as a number. */
  scalar(address: usize): f64 {
    return <f64>load<Real>(address);
  }

  setScalar(address: usize, x: f64): void {
    store<Real>(address, <Real>x);
  }

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

  abs(a: Lanes): Lanes {
    return v128.abs<Real>(a);
  }

  /** -|a|, in one instruction. */
  negAbs(a: Lanes): Lanes {
    return v128.or(a, sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32, 12) : v128.load64_splat(SIGNS64, 24));
  }

  sqrt(a: Lanes): Lanes {
    return v128.sqrt<Real>(a);
  }

  /** `b < a ? b : a`: data first and bound second, so that a NaN in the data survives. One instruction on x64, where f32x4.min takes eight. */
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

  /** 1 or -1; zeros and NaN as they are. The product carries any denormal past 1, and NaN through. */
  sign(x: Lanes): Lanes {
    const huge = sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32) : v128.load64_splat(SIGNS64);
    const one = sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32, 4) : v128.load64_splat(SIGNS64, 8);
    const minusOne = sizeof<Real>() === 4 ? v128.load32_splat(SIGNS32, 8) : v128.load64_splat(SIGNS64, 16);
    return this.max(this.min(this.mul(this.mul(x, huge), huge), one), minusOne);
  }

  /** The lanes before `left`; the others are +0. */
  keep(x: Lanes, left: i32): Lanes {
    return left >= this.lanes() ? x : v128.and(x, this.before(left));
  }

  /** The mask of the lanes before `left`. */
  before(left: i32): Mask {
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

  addWide(a: Wide, b: Wide): Wide {
    return f64x2.add(a, b);
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

  /** log(1 + x). */
  log1p(x: Lanes): Lanes {
    return log1pOf(this, x);
  }

  /** log(1 + x) for 0 <= x <= 1 or NaN. */
  log1pUnit(x: Lanes): Lanes {
    return log1pUnitOf(this, x);
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
