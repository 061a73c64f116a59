/** The stages of arenas, in whose memories users' arrays live: those are used in place. */

import type { Precision } from "../backends/kinds";
import { moduleFor, newMemory, prepareAny, serves, stages } from "../backends/selection";
import type { Numbers } from "../types";
import * as Slot from "./slots";
import { ARENA_BEGIN, Stage, type Values } from "./stage";
import { lookInArenas } from "./stages";

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory | ArrayBuffer>();
/** By buffer, of the backend that `stages` is of. */
let known = new WeakMap<ArrayBufferLike, Partial<Record<Precision, Stage>>>();
let backend: typeof stages | undefined;

/** Arrays that an arena finds again by themselves: a call asks for each up to three times, and the way to its buffer takes 40 ns. */
const RECENT = 4;

class ArenaStage extends Stage {
  private readonly buffer = this.reals.buffer;
  private readonly recent: Numbers[] = [];
  private readonly offsets: number[] = [];
  private turn = 0;

  find(array: Numbers | undefined): number {
    if (array === undefined) return -1;
    const { recent } = this;
    for (let i = 0; i < recent.length; i++) if (recent[i] === array) return this.offsets[i]!;
    if (!(array instanceof Float32Array || array instanceof Float64Array)) return -1;
    const { byteOffset } = array;
    if (array.BYTES_PER_ELEMENT !== this.element || byteOffset < ARENA_BEGIN || array.buffer !== this.buffer) return -1;
    recent[this.turn] = array;
    this.offsets[this.turn] = byteOffset;
    this.turn = (this.turn + 1) % RECENT;
    return byteOffset;
  }

  bring(slot: number, array: Numbers, start: number, count: number, first?: Values, second?: Values, third?: Values): number {
    const at = this.find(array);
    const size = array.length * this.element;
    return at < 0 || this.isAcross(at, size, first) || this.isAcross(at, size, second) || this.isAcross(at, size, third)
      ? this.copy(slot, array, start, count)
      : at + start * this.element;
  }

  private isAcross(at: number, size: number, output: Numbers | undefined): boolean {
    const outputAt = this.find(output);
    return outputAt >= 0 && Math.abs(at - outputAt) < size;
  }

  place(slot: number, out: Numbers | undefined, start: number): number {
    const at = this.find(out);
    return at < 0 ? this.slot(slot) : at + start * this.element;
  }

  deliver(slot: number, out: Values, start: number, count: number): void {
    if (this.find(out) < 0) this.collect(slot, out, start, count);
  }
}

/** A memory in which users' arrays live, from ARENA_BEGIN on. */
export function newArenaMemory(bytes: number): ArrayBufferLike {
  prepareAny();
  const memory = newMemory(ARENA_BEGIN + bytes);
  const buffer = memory instanceof ArrayBuffer ? memory : memory.buffer;
  memories.set(buffer, memory);
  lookInArenas(stageOf);
  return buffer;
}

/** The stage in the memory where an array lies; undefined if that is no arena, or one of another backend's kind. */
function stageOf(array: Numbers | undefined, precision: Precision): Stage | undefined {
  if (!ArrayBuffer.isView(array) || array.byteOffset < ARENA_BEGIN) return undefined;
  const { buffer } = array;
  if (backend !== stages) {
    backend = stages;
    known = new WeakMap();
  }
  return known.get(buffer)?.[precision] ?? newStageOf(buffer, precision);
}

function newStageOf(buffer: ArrayBufferLike, precision: Precision): Stage | undefined {
  const memory = memories.get(buffer);
  if (memory === undefined || !serves(memory)) return undefined;
  const stage = new ArenaStage(memory, precision, Slot.BYTES, moduleFor(precision));
  known.set(buffer, { ...known.get(buffer), [precision]: stage });
  return stage;
}
