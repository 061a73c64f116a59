/** The stage: a small linear memory through which data passes tile by tile, and where kernels find it. */

import { BLOCK } from "../../assembly/kernels/blocks";
import { CALL_BYTES } from "../../assembly/kernels/call";
import type { Instance, Kernel } from "../backends/instance";
import type { Precision } from "../backends/kinds";
import type { Numbers } from "../types";
import * as Slot from "./slots";

/** Below lie the binaries' tables, and just below that the constants that stand for arrays of one value, and the call record. */
const FIRST = 65536;
const CONSTANTS = FIRST - 64;
/** Address of the call record. */
export const CALL = CONSTANTS - CALL_BYTES;
/** A slot's bytes: three streams of a tile stay in a 512 KB level-2 cache. */
export const SLOT_BYTES = 65536;
/** Keeps the same element of two slots off the same low address bits, where a store would stall a load. */
const SKEW = 320;

/** Where users' arrays begin in an arena's memory. It is so high that an array's offset alone all but tells. */
export const ARENA_BEGIN = FIRST + Slot.COUNT * (SLOT_BYTES + SKEW);

/** Bytes of memory that a stage takes whose wide slots are of the given size. */
export function stageBytes(wideBytes: number): number {
  return ARENA_BEGIN + (Slot.COUNT - Slot.WIDE) * (wideBytes - SLOT_BYTES);
}

/** A memory, its views and its kernels. */
export class Stage {
  readonly reals: Float32Array | Float64Array;
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
  /** Bytes of an element. */
  readonly element: number;
  /** Elements that a wide slot holds. */
  readonly tile: number;
  /**
   * Elements that a pointwise sweep takes at a time. What must be copied is taken by the block: its copies are still in the
   * first cache when the kernel reads them, which is a sixth faster for mse than tiles of 64 KB.
   */
  readonly stretch: number;
  /** Rows for which the other slots hold a number. */
  readonly rows: number;
  readonly precision: Precision;
  /** One of the same backend with larger slots, once there was a longer row. */
  wider: Stage | undefined;
  /** Bytes by which wide slots are larger than the others. */
  private readonly more: number;

  constructor(
    readonly instance: Instance,
    wideBytes: number,
  ) {
    const { buffer, precision } = instance;
    this.precision = precision;
    this.reals = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
    this.integers = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.element = this.reals.BYTES_PER_ELEMENT;
    this.tile = wideBytes / this.element;
    this.stretch = BLOCK;
    this.rows = SLOT_BYTES / this.element;
    this.more = wideBytes - SLOT_BYTES;
  }

  /** Runs a kernel on the call record. */
  run<Result>(kernel: Kernel<Result>): Result {
    return this.instance.run(kernel, CALL);
  }

  /** Writes an integer or an address to the call record. */
  set(field: number, value: number): void {
    this.integers[(CALL + field) >> 2] = value;
  }

  /** Writes an f64 to the call record. */
  setDouble(field: number, value: number): void {
    this.doubles[(CALL + field) >> 3] = value;
  }

  /** The address of a slot. */
  slot(slot: number): number {
    const address = FIRST + slot * (SLOT_BYTES + SKEW);
    return slot > Slot.WIDE ? address + (slot - Slot.WIDE) * this.more : address;
  }

  /** The index in `reals` at which a slot begins. */
  index(slot: number): number {
    return this.slot(slot) / this.element;
  }

  /** The address of an array that lies in this memory, or -1 for one that must be copied: users' arrays live in arenas only. */
  find(_array: Numbers | undefined): number {
    return -1;
  }

  /**
   * The same of an operand of `count` elements, -1 also where it lies across one of the two outputs: what follows a
   * sweep still reads it.
   */
  findApart(_array: Numbers | undefined, _outputAt: number, _otherAt: number, _count: number): number {
    return -1;
  }

  /** Copies elements into a slot, and returns its address. */
  copy(slot: number, array: Numbers, start: number, count: number): number {
    this.copyTo(this.index(slot), array, start, count);
    return this.slot(slot);
  }

  /** Copies elements to `index` in `reals`. */
  copyTo(index: number, array: Numbers, start: number, count: number): void {
    const { reals } = this;
    if (count > SHORT && ArrayBuffer.isView(array)) {
      reals.set(start === 0 && count === array.length ? array : array.subarray(start, start + count), index);
    } else if (array instanceof Float32Array && reals instanceof Float32Array) {
      copyFloats(array, start, reals, index, count);
    } else if (array instanceof Float64Array && reals instanceof Float64Array) {
      copyDoubles(array, start, reals, index, count);
    } else {
      for (let i = 0; i < count; i++) reals[index + i] = array[start + i]!;
    }
  }

  /** Copies a slot's elements out to `out` from `start` on. */
  collect(slot: number, out: Float32Array | Float64Array, start: number, count: number): void {
    this.collectFrom(this.index(slot), out, start, count);
  }

  /** Copies elements from `index` in `reals` out to `out`, of the stage's precision, from `start` on. */
  collectFrom(index: number, out: Float32Array | Float64Array, start: number, count: number): void {
    const { reals } = this;
    if (count > SHORT) out.set(reals.subarray(index, index + count), start);
    else if (reals instanceof Float32Array) copyFloats(reals, index, out as Float32Array, start, count);
    else copyDoubles(reals, index, out as Float64Array, start, count);
  }

  /** The address of one value that stands for a whole array of it; `which` of four. */
  constant(which: number, value: number): number {
    const address = CONSTANTS + which * 8;
    this.reals[address / this.element] = value;
    return address;
  }
}

/** Elements up to which a loop copies faster than `TypedArray.set` with its view. */
const SHORT = 32;

// One function for each type: a loop that has met several kinds of array takes 5 ns an element.
function copyFloats(from: Float32Array, start: number, to: Float32Array, index: number, count: number): void {
  for (let i = 0; i < count; i++) to[index + i] = from[start + i]!;
}

function copyDoubles(from: Float64Array, start: number, to: Float64Array, index: number, count: number): void {
  for (let i = 0; i < count; i++) to[index + i] = from[start + i]!;
}
