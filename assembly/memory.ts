/** The memory of the SIMD machine: how registers are read and written, whole, in part, and gathered from afar. */

/** One register of `Real` lanes. */
export type Lanes = v128;

/** The part of {@link Machine} that knows memory. */
export class Memory {
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

  /** Whether a register's lanes are two registers in f64. Constant. */
  halves(): bool {
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

  /**
   * A square of as many classes as lanes: register c, at `to + 16 c`, takes lane k from `address + k * stride`, c elements on.
   * Returns the largest of them and of `bound`, lane by lane.
   */
  gatherBlock(address: usize, stride: usize, to: usize, bound: Lanes): Lanes {
    const a = v128.load(address);
    const b = v128.load(address + stride);
    if (sizeof<Real>() === 8) {
      const first = v128.shuffle<i64>(a, b, 0, 2);
      const second = v128.shuffle<i64>(a, b, 1, 3);
      v128.store(to, first);
      v128.store(to + 16, second);
      return v128.pmax<Real>(first, v128.pmax<Real>(second, bound));
    }
    const c = v128.load(address + 2 * stride);
    const d = v128.load(address + 3 * stride);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const ba = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const dc = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    const first = v128.shuffle<i64>(ab, cd, 0, 2);
    const second = v128.shuffle<i64>(ab, cd, 1, 3);
    const third = v128.shuffle<i64>(ba, dc, 0, 2);
    const fourth = v128.shuffle<i64>(ba, dc, 1, 3);
    v128.store(to, first);
    v128.store(to + 16, second);
    v128.store(to + 32, third);
    v128.store(to + 48, fourth);
    return v128.pmax<Real>(v128.pmax<Real>(first, second), v128.pmax<Real>(third, v128.pmax<Real>(fourth, bound)));
  }

  /** The reverse of {@link gatherBlock}, from as many registers as there are lanes. */
  scatterBlock(address: usize, stride: usize, a: Lanes, b: Lanes, c: Lanes, d: Lanes): void {
    if (sizeof<Real>() === 8) {
      v128.store(address, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(address + stride, v128.shuffle<i64>(a, b, 1, 3));
      return;
    }
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const ba = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const dc = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(address, v128.shuffle<i64>(ab, cd, 0, 2));
    v128.store(address + stride, v128.shuffle<i64>(ab, cd, 1, 3));
    v128.store(address + 2 * stride, v128.shuffle<i64>(ba, dc, 0, 2));
    v128.store(address + 3 * stride, v128.shuffle<i64>(ba, dc, 1, 3));
  }

  /** Of four labels, a bit for each that is not from 0 to `last`. */
  outside(labels: usize, last: i32): i32 {
    const four = v128.load(labels);
    return v128.bitmask<i32>(v128.or(four, v128.sub<i32>(v128.splat<i32>(last), four)));
  }

  /** Lane k from `address + k * stride + label[k] * classStride`, for the lanes before `left`; the others repeat lane 0. */
  pick(address: usize, stride: usize, labels: usize, classStride: usize, left: i32): Lanes {
    if (left >= this.lanes()) return this.pickEach(address, stride, labels, classStride);
    let x = this.loadSplat(address + this.label(labels) * classStride);
    if (left > 1) x = v128.load32_lane(address + stride + this.label(labels + 4) * classStride, x, 1);
    if (left > 2) x = v128.load32_lane(address + 2 * stride + this.label(labels + 8) * classStride, x, 2);
    return x;
  }

  /** `pick` of all lanes, inlined. */
  pickEach(address: usize, stride: usize, labels: usize, classStride: usize): Lanes {
    let x = this.loadSplat(address + this.label(labels) * classStride);
    if (sizeof<Real>() === 8) return v128.load64_lane(address + stride + this.label(labels + 4) * classStride, x, 1);
    x = v128.load32_lane(address + stride + this.label(labels + 4) * classStride, x, 1);
    x = v128.load32_lane(address + 2 * stride + this.label(labels + 8) * classStride, x, 2);
    return v128.load32_lane(address + 3 * stride + this.label(labels + 12) * classStride, x, 3);
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

  /** Adds element k of those at `from` to the one at `address + k * stride`, label[k] elements on, for all lanes. */
  addEach(address: usize, stride: usize, labels: usize, from: usize): void {
    this.addTo(address, labels, from);
    this.addTo(address + stride, labels + 4, from + sizeof<Real>());
    if (sizeof<Real>() === 8) return;
    this.addTo(address + 2 * stride, labels + 8, from + 8);
    this.addTo(address + 3 * stride, labels + 12, from + 12);
  }

  private addTo(address: usize, label: usize, from: usize): void {
    const to = address + this.bytes(this.label(label) as i32);
    store<Real>(to, load<Real>(to) + load<Real>(from));
  }

  /** The i32 at `address`. */
  integer(address: usize): i32 {
    return load<i32>(address);
  }

  /** The address at `address`. */
  address(address: usize): usize {
    return <usize>load<u32>(address);
  }

  /** The f64 at `address`. */
  double(address: usize): f64 {
    return load<f64>(address);
  }

  setDouble(address: usize, x: f64): void {
    store<f64>(address, x);
  }

  /** The numbers in f64 that `storeWide` left at `address`, in 16 bytes. */
  loadWide(address: usize): v128 {
    return v128.load(address);
  }

  storeWide(address: usize, x: v128): void {
    v128.store(address, x);
  }

  /** Elements in so many bytes. */
  elements(bytes: usize): i32 {
    return <i32>(bytes / sizeof<Real>());
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
}
