/** Arenas: memory of a fixed capacity in which arrays live where the kernels can reach them, without a copy. */

import { checkCount } from "./checks";
import { newArenaMemory } from "./staging/arenas";
import { ARENA_BEGIN } from "./staging/stage";

/** Arrays begin on a cache line. */
const ALIGNMENT = 64;

/** A linear memory of fixed capacity; see {@link arena}. */
export class Arena {
  /** Bytes that arrays may take in all. */
  readonly capacity: number;
  private readonly buffer: ArrayBufferLike;
  private next = ARENA_BEGIN;

  /** @internal */
  constructor(bytes: number) {
    this.capacity = bytes;
    this.buffer = newArenaMemory(Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
  }

  /** Bytes in use, alignment included. */
  get used(): number {
    return Math.min(this.next - ARENA_BEGIN, this.capacity);
  }

  /** A new array of `length` elements. Its content is what the memory last held: zeros, before any {@link reset}. */
  float32(length: number): Float32Array {
    return new Float32Array(this.buffer, this.take(length, 4), length) as Float32Array;
  }

  /** A new array of `length` elements; see {@link float32}. */
  float64(length: number): Float64Array {
    return new Float64Array(this.buffer, this.take(length, 8), length) as Float64Array;
  }

  /** A new array of `length` elements; see {@link float32}. */
  int32(length: number): Int32Array {
    return new Int32Array(this.buffer, this.take(length, 4), length) as Int32Array;
  }

  /** Frees every array at once. Arrays taken before go on showing the memory, which new arrays will share. */
  reset(): void {
    this.next = ARENA_BEGIN;
  }

  private take(length: number, element: number): number {
    checkCount("length", length, 0);
    const start = this.next;
    const bytes = length * element;
    if (this.used + bytes > this.capacity) {
      throw new RangeError(`the arena is full: ${bytes} bytes asked for, ${this.capacity - this.used} of ${this.capacity} free`);
    }
    this.next = start + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return start;
  }
}

/**
 * A linear memory of its own for arrays that the kernels use in place: no copy in, no copy out. Its capacity is fixed,
 * so its arrays never detach. Arrays that lie elsewhere may be mixed in; they are copied as usual.
 *
 * @param bytes capacity; each array takes its own bytes, rounded up to a multiple of 64
 * @throws RangeError if `bytes` is no whole number of at least 1; later, from `float32` and its like, if the arena is full
 * @example
 * const memory = arena(1 << 20); // 1 MiB
 * const x = memory.float32(3);
 * x.set([1, 2, 3]);
 * softmax(x, { out: x }); // Float32Array [0.09003057, 0.2447285, 0.6652410]
 * memory.used; // 64
 * memory.reset();
 */
export function arena(bytes: number): Arena {
  return new Arena(checkCount("bytes", bytes));
}
