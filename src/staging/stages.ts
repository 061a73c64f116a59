/** The stages in use: one for each precision, a larger one for long rows, and those of arenas. */

import type { Precision } from "../backends/kinds";
import { moduleFor, newMemory, prepare, stages } from "../backends/selection";
import type { Numbers } from "../types";
import * as Slot from "./slots";
import { Stage, stageBytes } from "./stage";

/** The stage in the arena where an array lies, if it lies in one. */
type StageOfArena = (array: Numbers | undefined, precision: Precision) => Stage | undefined;

let stageOfArena: StageOfArena | undefined;

/** Has calls look for arrays in arenas: from the first arena on. */
export function lookInArenas(find: StageOfArena): void {
  stageOfArena = find;
}

/** The stage for a call: that of the arena in which the first of the arrays to lie in one does, else the common one. */
export function stageFor(precision: Precision, a: Numbers, b?: Numbers, c?: Numbers): Stage {
  const common = stages[precision] ?? newCommonStage(precision);
  return stageOfArena === undefined
    ? common
    : (stageOfArena(a, precision) ?? stageOfArena(b, precision) ?? stageOfArena(c, precision) ?? common);
}

/** The common stage, or a larger one whose wide slots hold `slotBytes`. */
export function stageWith(precision: Precision, slotBytes: number): Stage {
  const common = stages[precision] ?? newCommonStage(precision);
  if (slotBytes <= Slot.BYTES) return common;
  if (common.wider === undefined || common.wider.tile * common.element < slotBytes) {
    common.wider = newStage(precision, Math.ceil(slotBytes / Slot.BYTES) * Slot.BYTES);
  }
  return common.wider;
}

function newCommonStage(precision: Precision): Stage {
  prepare([precision]);
  const stage = newStage(precision, Slot.BYTES);
  stages[precision] = stage;
  return stage;
}

function newStage(precision: Precision, wideBytes: number): Stage {
  return new Stage(newMemory(stageBytes(wideBytes)), precision, wideBytes, moduleFor(precision));
}

const plainStages: Partial<Record<Precision, Stage>>[] = [];

/** A stage of the plain machine, whatever the backend: for formulas that exist in JavaScript alone. Each depth has its own. */
export function plainStage(precision: Precision, depth: number): Stage {
  plainStages[depth] ??= {};
  const stages = plainStages[depth];
  stages[precision] ??= new Stage(new ArrayBuffer(stageBytes(Slot.BYTES)), precision, Slot.BYTES);
  return stages[precision];
}
