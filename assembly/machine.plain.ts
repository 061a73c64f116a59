/** The plain machine: a register is a JavaScript number, and this machine is the library's fallback. */

/// <reference path="./plain.d.ts" />

/** One lane. */
export type Lanes = number;
export type Mask = boolean;
/** A lane summed in f64. */
export type Wide = number;

/** Whether one pass visits all the lanes. A constant of each machine: its build leaves out the loops of the other. */
export const ONE_PASS: boolean = false;

/**
 * The contract of `machine.ts`, one lane at a time. A register's span is 16 bytes here too: a kernel
 * visits each of its lanes in a pass of its own, so that sums associate exactly as on the SIMD machine.
 */
export abstract class Machine {
  // What the elementary functions do to bits; `Math` stands for them here, and only a test's machine has it.
  declare addBits: (a: number, b: number) => number;
  declare subBits: (a: number, b: number) => number;
  declare andBits: (a: number, b: number) => number;
  declare orBits: (a: number, b: number) => number;
  declare toExponent: (x: number) => number;
  declare fromExponent: (x: number) => number;
  // What only machines of one pass do.
  declare gatherBlock: (address: number, stride: number, to: number, bound: number) => number;
  declare scatterBlock: (address: number, stride: number, a: number, b: number, c: number, d: number) => void;
  declare pickEach: (address: number, stride: number, labels: number, classStride: number) => number;
  declare addEach: (address: number, stride: number, labels: number, from: number) => void;

  /** The memory as 32-bit labels. */
  readonly labels: Int32Array;
  readonly doubles: Float64Array;

  constructor(
    buffer: ArrayBufferLike,
    /** The memory as lanes. */
    readonly reals: Float32Array | Float64Array,
    /** Bytes of a lane, 2^shift. */
    readonly size: number,
    readonly shift: number,
  ) {
    this.labels = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }

  /** Rounds to the machine's precision. */
  abstract readonly splat: (x: number) => number;

  load(address: number): number {
    return this.reals[address >>> this.shift]!;
  }

  store(address: number, x: number): void {
    this.reals[address >>> this.shift] = x;
  }

  passes(): number {
    return 16 >> this.shift;
  }

  // A shift, as loops ask at each turn: a division took 7 % of categorical hinge's time.
  lanes(): number {
    return 16 >> this.shift;
  }

  single(): boolean {
    return this.size === 4;
  }

  halves(): boolean {
    return false;
  }

  largest(): number {
    return this.size === 4 ? 3.4028234663852886e38 : Number.MAX_VALUE;
  }

  bytes(count: number): number {
    return count * this.size;
  }

  elements(bytes: number): number {
    return bytes / this.size;
  }

  loadSplat(address: number): number {
    return this.load(address);
  }

  loadPart(address: number, left: number): number {
    return left > 0 ? this.load(address) : 0;
  }

  storePart(address: number, x: number, left: number): void {
    if (left > 0) this.store(address, x);
  }

  strided(address: number, _stride: number, left: number): number {
    return left > 0 ? this.load(address) : 0;
  }

  scatterStrided(address: number, _stride: number, x: number, left: number): void {
    if (left > 0) this.store(address, x);
  }

  outside(labels: number, last: number): number {
    const a = this.label(labels);
    const b = this.label(labels + 4);
    const c = this.label(labels + 8);
    const d = this.label(labels + 12);
    return (a | b | c | d | (last - a) | (last - b) | (last - c) | (last - d)) >>> 31;
  }

  pick(address: number, _stride: number, labels: number, classStride: number, left: number): number {
    return left > 0 ? this.load(address + this.label(labels) * classStride) : 0;
  }

  addAt(address: number, _stride: number, labels: number, classStride: number, x: number, left: number): void {
    if (left <= 0) return;
    const at = address + this.label(labels) * classStride;
    this.store(at, this.add(this.load(at), x));
  }

  integer(address: number): number {
    return this.labels[address >>> 2]!;
  }

  address(address: number): number {
    return this.labels[address >>> 2]!;
  }

  double(address: number): number {
    return this.doubles[address >>> 3]!;
  }

  setDouble(address: number, x: number): void {
    this.doubles[address >>> 3] = x;
  }

  loadWide(address: number): number {
    return this.double(address);
  }

  storeWide(address: number, x: number): void {
    this.setDouble(address, x);
  }

  label(address: number): number {
    return this.labels[address >>> 2]!;
  }

  scalar(address: number): number {
    return this.load(address);
  }

  setScalar(address: number, x: number): void {
    this.store(address, x);
  }

  constant(table: StaticArray<Real>, i: number): number {
    return this.splat(table[i]!);
  }

  one(): number {
    return 1;
  }

  zero(): number {
    return 0;
  }

  add(a: number, b: number): number {
    return this.splat(a + b);
  }

  sub(a: number, b: number): number {
    return this.splat(a - b);
  }

  mul(a: number, b: number): number {
    return this.splat(a * b);
  }

  div(a: number, b: number): number {
    return this.splat(a / b);
  }

  sqrt(a: number): number {
    return this.splat(Math.sqrt(a));
  }

  mulAdd(a: number, b: number, c: number): number {
    return this.add(this.mul(a, b), c);
  }

  negMulAdd(a: number, b: number, c: number): number {
    return this.sub(c, this.mul(a, b));
  }

  neg(a: number): number {
    return -a;
  }

  abs(a: number): number {
    return Math.abs(a);
  }

  absBy(a: number, _one: number, _minusOne: number): number {
    return this.abs(a);
  }

  negAbs(a: number): number {
    return -Math.abs(a);
  }

  negWhere(mask: boolean, a: number): number {
    return mask ? -a : a;
  }

  min(a: number, b: number): number {
    return b < a ? b : a;
  }

  max(a: number, b: number): number {
    return a < b ? b : a;
  }

  maxPart(a: number, b: number, left: number): number {
    return left > 0 && !(a < b) ? a : b;
  }

  less(a: number, b: number): boolean {
    return a < b;
  }

  equal(a: number, b: number): boolean {
    return a === b;
  }

  select(mask: boolean, a: number, b: number): number {
    return mask ? a : b;
  }

  where(mask: boolean, a: number): number {
    return mask ? a : 0;
  }

  unless(mask: boolean, a: number): number {
    return mask ? 0 : a;
  }

  sign(x: number): number {
    // No branch that the processor cannot foresee: of 0, infinities and NaN the quotient is NaN.
    const quotient = x / Math.abs(x);
    return Number.isNaN(quotient) ? Math.sign(x) : quotient;
  }

  signTimes(x: number, _huge: number, _size: number, _factor: number): number {
    return this.sign(x); // The sweep multiplies.
  }

  huge(): number {
    return Infinity; // This machine has no use for it: `signTimes` ignores it.
  }

  keep(x: number, left: number): number {
    return left > 0 ? x : 0;
  }

  first(x: number): number {
    return x;
  }

  across(x: number): number {
    return x;
  }

  wideZero(): number {
    return 0;
  }

  widenLow(x: number): number {
    return x;
  }

  widenHigh(_x: number): number {
    return 0;
  }

  splatWide(x: number): number {
    return x;
  }

  addWide(a: number, b: number): number {
    return a + b;
  }

  mulWide(a: number, b: number): number {
    return a * b;
  }

  sqrtWide(a: number): number {
    return Math.sqrt(a);
  }

  narrow(low: number, _high: number): number {
    return this.splat(low);
  }

  total(low: number, _high: number, sum: number): number {
    return sum + low;
  }

  exp(x: number): number {
    return this.splat(Math.exp(x));
  }

  expNonPositive(x: number): number {
    return this.splat(Math.exp(x));
  }

  expOfDifference(z: number): number {
    return this.splat(Math.exp(z));
  }

  expm1(x: number): number {
    return this.splat(Math.expm1(x));
  }

  log(x: number): number {
    return this.splat(Math.log(x));
  }

  logFromOne(x: number): number {
    return this.log(x);
  }

  log1p(x: number): number {
    return this.splat(Math.log1p(x));
  }

  log1pUnit(x: number): number {
    return this.splat(Math.log1p(x));
  }

  power(x: number, k: number): number {
    return this.splat(x < 0 ? NaN : x ** k);
  }

  sigmoid(x: number): number {
    const e = Math.exp(-Math.abs(x));
    // e / (1 + e) would be off by more than 2 ULP.
    return this.splat(x < 0 ? e - (e * e) / (1 + e) : 1 / (1 + e));
  }

  softplus(x: number): number {
    return this.splat(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
  }

  tanh(x: number): number {
    return this.splat(Math.tanh(x));
  }
}

/** f32 lanes: every result is rounded with `Math.fround`, as an f32x4 instruction does. */
export class SingleMachine extends Machine {
  readonly splat = Math.fround;

  constructor(buffer: ArrayBufferLike) {
    super(buffer, new Float32Array(buffer), 4, 2);
  }
}

/** f64 lanes. */
export class DoubleMachine extends Machine {
  readonly splat = (x: number) => x;

  constructor(buffer: ArrayBufferLike) {
    super(buffer, new Float64Array(buffer), 8, 3);
  }
}
