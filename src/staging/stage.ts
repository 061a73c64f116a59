/** The stage: a small linear memory through which data passes tile by tile, and where kernels find it. */

import { CALL_BYTES } from "../../assembly/kernels/call";
import { multiply, total } from "../../assembly/kernels/passes";
import { DoubleMachine, type Machine, SingleMachine } from "../../assembly/machine";
import type { Kernel } from "../backends/kernel";
import type { Precision } from "../backends/kinds";
import type { Numbers } from "../types";
import * as Slot from "./slots";

/** An array of a stage's precision. */
export type Values = Float32Array | Float64Array;

/** Below the slots lie the binaries' tables, and just below them the constants that stand for arrays of one value, and the call record. */
const CONSTANTS = Slot.FIRST - 64;
/** Address of the call record. */
export const CALL = Slot.FIRST - 64 - CALL_BYTES;

/** Where users' arrays begin in an arena's memory. An array at a lower offset lies in none. */
export const ARENA_BEGIN = Slot.FIRST + Slot.COUNT * (Slot.BYTES + Slot.SKEW);

/** Bytes of memory that a stage takes whose wide slots are of the given size. */
export function stageBytes(wideBytes: number): number {
  return ARENA_BEGIN + (Slot.COUNT - Slot.WIDE) * (wideBytes - Slot.BYTES);
}

/** A memory, its views, and the kernels that work on it: those of a module, or without one the plain machine's. */
export class Stage {
  readonly reals: Values;
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
  /** Bytes of an element. */
  readonly element: number;
  /** Elements that a wide slot holds. */
  readonly tile: number;
  /** In WebAssembly machine and formulas are tags of no content. */
  readonly machine: Machine;
  readonly total: typeof total;
  readonly multiply: typeof multiply;
  /** One of the same backend with larger slots, once there was a longer row. */
  wider: Stage | undefined;
  /** By slot, computed once: V8 inlines a lookup into the sweeps, but no arithmetic besides. */
  private readonly addresses: readonly number[];
  private readonly exports: Readonly<Record<string, unknown>> | undefined;
  /** Of what was last collected, by slot: a view takes 40 ns to make, 64 elements take 25 to copy. */
  private readonly views: (Values | undefined)[] = [];
  /** By the kernels' ids: an export looked up by a name that varies costs 15 ns more. */
  private readonly functions: unknown[] = [];

  constructor(memory: WebAssembly.Memory | ArrayBuffer, precision: Precision, wideBytes: number, module?: WebAssembly.Module) {
    const buffer = memory instanceof ArrayBuffer ? memory : memory.buffer;
    const single = precision === "f32";
    this.reals = single ? new Float32Array(buffer) : new Float64Array(buffer);
    this.integers = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.element = single ? 4 : 8;
    this.tile = wideBytes / this.element;
    const more = wideBytes - Slot.BYTES;
    this.addresses = Array.from(
      { length: Slot.COUNT },
      (_, slot) => Slot.FIRST + slot * (Slot.BYTES + Slot.SKEW) + Math.max(0, slot - Slot.WIDE) * more,
    );
    this.exports = module && new WebAssembly.Instance(module, { env: { memory } as WebAssembly.ModuleImports }).exports;
    this.machine = module ? (0 as never) : single ? new SingleMachine(buffer) : new DoubleMachine(buffer);
    this.total = this.pass("total", total);
    this.multiply = this.pass("multiply", multiply);
  }

  /** The pass over a tile that WebAssembly exports as `name`, or its plain version. */
  pass<P>(name: string, plain: P): P {
    return this.exports ? (this.exports[name] as P) : plain;
  }

  /** Runs a kernel on the call record. */
  run<Result>(kernel: Kernel<Result>): Result {
    const { exports, functions } = this;
    if (exports === undefined) {
      kernel.formula ??= new kernel.Formula!();
      return kernel.run(kernel.formula as never, this.machine, CALL);
    }
    functions[kernel.id] ??= exports[kernel.name];
    return (functions[kernel.id] as typeof kernel.run)(0 as never, 0 as never, CALL);
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
    return this.addresses[slot]!;
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
   * The address of an operand's elements from `start` on: copied into the slot, but in an arena that has them, where they lie
   * unless that is across an output. What follows a sweep still reads them.
   */
  bring(slot: number, array: Numbers, start: number, count: number, ..._outputs: readonly (Values | undefined)[]): number {
    return this.copy(slot, array, start, count);
  }

  /** The address for an output's elements from `start` on: the slot, but in an arena that has the output, its own place. */
  place(slot: number, _out: Numbers | undefined, _start: number): number {
    return this.slot(slot);
  }

  /** Brings an output's elements from `start` on where they belong, if they are not there. */
  deliver(slot: number, out: Values, start: number, count: number): void {
    this.collect(slot, out, start, count);
  }

  /** Copies elements into a slot, and returns its address. */
  copy(slot: number, array: Numbers, start: number, count: number): number {
    transfer(array, start, this.reals, this.index(slot), count);
    return this.slot(slot);
  }

  /** Copies a slot's elements out to `out`, of the stage's precision, from `start` on. */
  collect(slot: number, out: Values, start: number, count: number): void {
    const index = this.index(slot);
    let view = this.views[slot];
    if (view?.length !== count) this.views[slot] = view = this.reals.subarray(index, index + count);
    out.set(view, start);
  }
}

/** The address of one value that stands for a whole array of it; `which` of four. */
export function constant({ reals, element }: Stage, which: number, value: number): number {
  const address = CONSTANTS + which * 8;
  reals[address / element] = value;
  return address;
}

/** Elements up to which a loop copies faster than `TypedArray.set`. */
export const SHORT = 8;

/** Copies elements from `start` on to `index` on. */
export function transfer(from: Numbers, start: number, to: Values, index: number, count: number): void {
  if (count > SHORT && ArrayBuffer.isView(from)) {
    to.set(start === 0 && count === from.length ? from : from.subarray(start, start + count), index);
  } else {
    for (let i = 0; i < count; i++) to[index + i] = from[start + i]!;
  }
}
