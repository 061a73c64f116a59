/** The stages of arenas, in whose memories users' arrays live: those are used in place. */

import type { Precision } from "../backends/kinds";
import { instantiate, newMemory, serves, stages } from "../backends/selection";
import type { Numbers } from "../types";
import { ARENA_BEGIN, SLOT_BYTES, Stage } from "./stage";
import { lookInArenas } from "./stages";

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory | ArrayBuffer>();
/** By buffer, of the backend that `stages` is of. */
let known = new WeakMap<ArrayBufferLike, Partial<Record<Precision, Stage>>>();
let backend: typeof stages | undefined;

class ArenaStage extends Stage {
  readonly stretch = this.tile;

  find(array: Numbers | undefined): number {
    if (!(array instanceof Float32Array || array instanceof Float64Array)) return -1;
    const { byteOffset } = array;
    if (array.BYTES_PER_ELEMENT !== this.element || byteOffset < ARENA_BEGIN) return -1;
    return array.buffer === this.instance.buffer ? byteOffset : -1;
  }

  findApart(array: Numbers | undefined, outputAt: number, otherAt: number, count: number): number {
    const at = this.find(array);
    const size = count * this.element;
    return (outputAt >= 0 && Math.abs(at - outputAt) < size) || (otherAt >= 0 && Math.abs(at - otherAt) < size) ? -1 : at;
  }
}

/** A memory in which users' arrays live, from ARENA_BEGIN on. */
export function newArenaMemory(bytes: number): ArrayBufferLike {
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
  const memory = memories.get(buffer);
  if (memory === undefined || !serves(memory)) return undefined;
  if (backend !== stages) {
    backend = stages;
    known = new WeakMap();
  }
  let own = known.get(buffer);
  if (own === undefined) {
    own = {};
    known.set(buffer, own);
  }
  own[precision] ??= new ArenaStage(instantiate(memory, precision), SLOT_BYTES);
  return own[precision];
}
