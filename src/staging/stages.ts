/** The stages in use: one for each precision, a larger one for long rows, and those of arenas. */

import { plainInstance } from "../backends/instance";
import type { Precision } from "../backends/kinds";
import { currentGeneration, instantiate, newMemory } from "../backends/selection";
import type { Numbers } from "../types";
import { ARENA_BEGIN, SLOT_BYTES, Stage, stageBytes } from "./stage";

interface Stages {
  ordinary?: Stage;
  /** For rows longer than a tile; replaced when a longer row comes. */
  wide?: Stage;
}

let generation = -1;
let stages: Record<Precision, Stages> = { f32: {}, f64: {} };
const arenaMemories = new WeakMap<ArrayBufferLike, WebAssembly.Memory | ArrayBuffer>();
let arenaStages = new WeakMap<ArrayBufferLike, Partial<Record<Precision, Stage>>>();
let arenasExist = false;

/** Readies a precision, and forgets the stages of another backend. */
function refresh(precision: Precision): void {
  const current = currentGeneration(precision);
  if (generation === current) return;
  generation = current;
  stages = { f32: {}, f64: {} };
  arenaStages = new WeakMap();
}

/**
 * The stage for a call: that of the arena in which the first of the arrays to lie in one does, else the common one.
 * `slotBytes` is what a wide slot must hold, or `heldBytes` if the arena holds all the arrays.
 */
export function stageFor(precision: Precision, slotBytes: number, heldBytes: number, a: Numbers, b?: Numbers, c?: Numbers): Stage {
  refresh(precision);
  if (arenasExist) {
    const stage = arenaStage(a, precision) ?? arenaStage(b, precision) ?? arenaStage(c, precision);
    if (stage !== undefined) {
      if (slotBytes <= SLOT_BYTES) return stage;
      const all = stage.find(a) >= 0 && (b === undefined || stage.find(b) >= 0) && (c === undefined || stage.find(c) >= 0);
      if (all && heldBytes <= SLOT_BYTES) return stage;
    }
  }
  const own = stages[precision];
  if (slotBytes <= SLOT_BYTES) {
    own.ordinary ??= newStage(precision, SLOT_BYTES);
    return own.ordinary;
  }
  if (own.wide === undefined || own.wide.tile * own.wide.element < slotBytes) {
    own.wide = newStage(precision, Math.ceil(slotBytes / SLOT_BYTES) * SLOT_BYTES);
  }
  return own.wide;
}

function newStage(precision: Precision, wideBytes: number): Stage {
  return new Stage(instantiate(newMemory(stageBytes(wideBytes)), precision)!, wideBytes, false);
}

const plainStages: Partial<Record<Precision, Stage>> = {};

/** A stage of the plain machine, whatever the backend: for formulas that exist in JavaScript alone. */
export function plainStage(precision: Precision): Stage {
  plainStages[precision] ??= new Stage(plainInstance(new ArrayBuffer(stageBytes(SLOT_BYTES)), precision), SLOT_BYTES, false);
  return plainStages[precision];
}

/** A memory in which users' arrays live, from ARENA_BEGIN on. */
export function newArenaMemory(bytes: number): ArrayBufferLike {
  const memory = newMemory(ARENA_BEGIN + bytes);
  const buffer = memory instanceof ArrayBuffer ? memory : memory.buffer;
  arenaMemories.set(buffer, memory);
  arenasExist = true;
  return buffer;
}

/** The stage in the memory where an array lies; undefined if that is no arena, or one of another backend's kind. */
function arenaStage(array: Numbers | undefined, precision: Precision): Stage | undefined {
  if (!ArrayBuffer.isView(array) || array.byteOffset < ARENA_BEGIN) return undefined;
  const { buffer } = array;
  const memory = arenaMemories.get(buffer);
  if (memory === undefined) return undefined;
  let known = arenaStages.get(buffer);
  if (known === undefined) {
    known = {};
    arenaStages.set(buffer, known);
  }
  if (known[precision] === undefined) {
    const instance = instantiate(memory, precision);
    if (instance !== undefined) known[precision] = new Stage(instance, SLOT_BYTES, true);
  }
  return known[precision];
}
