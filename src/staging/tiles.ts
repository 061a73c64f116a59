/** Data with a class axis, cut into tiles that fit the stage, and each tile's addresses for the kernels. */

import * as Call from "../../assembly/kernels/call";
import type { Kernel } from "../backends/kernel";
import type { Layout } from "../layout";
import type { Numbers } from "../types";
import type { ClassCall, Tile } from "./classCall";
import { inSlots } from "./classStage";
import { stageFactors } from "./factors";
import { stageLabels, stageNoLabels, stageOneHot } from "./labels";
import * as Slot from "./slots";
import { type Stage, transfer, type Values } from "./stage";

/** Runs the kernel on every tile, writes values and output, and returns the sum of the values. */
export function sweepClassTiles(stage: Stage, call: ClassCall): number {
  const { groups, classes, positions } = call.layout;
  const group = classes * positions;
  if (group === 0 || groups === 0) {
    call.values?.fill(call.empty ?? 0);
    return 0;
  }
  if (call.kernel.sweep !== undefined) return call.kernel.sweep(stage, call);
  const kernel = call.kernel.of!(call.layout);
  // Rows for which the narrow slots hold a number.
  const room = Slot.BYTES / stage.element;
  if (group <= stage.tile && positions <= room) {
    const most = Math.min(Math.floor(stage.tile / group), Math.floor(room / positions));
    let sum = 0;
    for (let first = 0; first < groups; first += most) {
      const count = Math.min(most, groups - first);
      sum = sweepTile(stage, call, kernel, first * group, count, positions, first * positions, sum);
    }
    return sum;
  }
  const most = Math.min(Math.max(1, Math.floor(stage.tile / classes)), room);
  let sum = 0;
  for (let k = 0; k < groups; k++) {
    for (let first = 0; first < positions; first += most) {
      const count = Math.min(most, positions - first);
      sum = sweepTile(stage, call, kernel, k * group + first, 1, count, k * positions + first, sum);
    }
  }
  return sum;
}

/** One tile: `groups` whole groups, or a part of one group's positions. `offset` is its first element, `row` its first sample. */
function sweepTile(
  stage: Stage,
  call: ClassCall,
  kernel: Kernel<void>,
  offset: number,
  groups: number,
  positions: number,
  row: number,
  sum: number,
): number {
  const { layout, x, operand, prior, labels, output, values, hess } = call;
  const { classes } = layout;
  const { element } = stage;
  const rows = groups * positions;
  const length = rows * classes;
  const part = positions < layout.positions;
  let xAt = output === x && !call.kernel.overwrites ? -1 : stage.find(x);
  let operandAt = call.mix !== undefined || output === operand ? -1 : stage.find(operand);
  let outputAt = stage.find(output);
  // Classes that lie multiples of 4 KB apart push each other out of the first cache: where a slot has room
  // for them they are copied, which takes a quarter less.
  const crowded = part && classes > 16 && length <= stage.tile && (layout.positions * element) % 4096 === 0;
  // A part of a group has the strides of the whole where it is, and its own when copied: all must be one or the other.
  if (
    inSlots(call) ||
    crowded ||
    (part && !(xAt >= 0 && (operand === undefined || operandAt >= 0) && (output === undefined || outputAt >= 0)))
  ) {
    xAt = operandAt = outputAt = -1;
  }
  const across = part && xAt >= 0 ? layout.positions : positions;
  const single = layout.positions === 1;
  const stride = single ? classes * element : element;
  const classStride = single ? element : across * element;
  const groupStride = single ? 0 : classes * across * element;
  stage.set(Call.COUNT, single ? 1 : groups);
  stage.set(Call.POSITIONS, single ? rows : positions);
  stage.set(Call.CLASSES, classes);
  stage.set(Call.GROUP_STRIDE, groupStride);
  stage.set(Call.STRIDE, stride);
  stage.set(Call.CLASS_STRIDE, classStride);
  stage.set(Call.SCRATCH, stage.slot(Slot.scratch));
  stage.set(Call.X, xAt < 0 ? copyTile(stage, Slot.prediction, x, layout, offset, rows, part) : xAt + offset * element);
  if (operand !== undefined) {
    stage.set(
      Call.TARGET,
      operandAt < 0 ? copyTile(stage, Slot.target, operand, layout, offset, rows, part) : operandAt + offset * element,
    );
    setTargetStrides(stage, layout, across);
    if (call.mix !== undefined) mix(stage, call.mix, rows, classes, single ? 1 : positions);
  } else if (call.kernel.oneHot && labels !== undefined) {
    stageOneHot(stage, call, row, rows, single ? 1 : positions);
    if (call.mix !== undefined) mix(stage, call.mix, rows, classes, single ? 1 : positions);
    stage.set(Call.TARGET, stage.slot(Slot.target));
    setTargetStrides(stage, layout, across);
  } else if (prior !== undefined) {
    stage.set(Call.TARGET, stage.copy(Slot.target, prior, 0, classes));
    stage.set(Call.TARGET_GROUP_STRIDE, 0);
    stage.set(Call.TARGET_STRIDE, 0);
    stage.set(Call.TARGET_CLASS_STRIDE, element);
  }
  if (labels !== undefined) stageLabels(stage, call, row, rows);
  else if (call.kernel.labelled) stageNoLabels(stage, rows);
  const tile: Tile | undefined = inSlots(call)
    ? { stage, call, offset, row, rows, length, across: single ? 1 : positions, acrossWhole: layout.positions }
    : undefined;
  if (tile !== undefined) call.before?.(tile);
  stageFactors(stage, call, row, rows, tile !== undefined);
  const v = call.summed || values !== undefined ? stage.slot(Slot.values) : 0;
  const g = output === undefined ? 0 : outputAt >= 0 ? outputAt + offset * element : stage.slot(Slot.gradient);
  stage.set(Call.VALUES, v);
  stage.set(Call.GRADIENT, g);
  stage.set(Call.THIRD, call.classFactors === undefined ? 0 : stage.copy(Slot.hessian, call.classFactors, 0, classes));
  stage.setDouble(Call.A, call.a ?? 0);
  stage.setDouble(Call.B, call.b ?? 0);
  if (g !== 0 && call.kernel.sparse) {
    clear(stage, g, single ? 1 : groups, single ? rows : positions, classes, groupStride, stride, classStride);
  }

  stage.run(kernel);
  if (tile !== undefined) call.after?.(tile);

  if (call.summed) sum = rows === 1 ? sum + stage.reals[v / element]! : stage.total(stage.machine, v, rows, sum);
  if (values !== undefined) stage.collect(Slot.values, values, row, rows);
  if (output !== undefined && outputAt < 0) collectTile(stage, Slot.gradient, output, layout, offset, rows, part);
  if (hess !== undefined) collectTile(stage, Slot.hessian, hess, layout, offset, rows, part);
  return sum;
}

/** The strides of an operand laid out as the logits; `across` are the elements from a class to the next of samples side by side. */
export function setTargetStrides(stage: Stage, { classes, positions }: Layout, across: number): void {
  const { element } = stage;
  const single = positions === 1;
  stage.set(Call.TARGET_GROUP_STRIDE, single ? 0 : classes * across * element);
  stage.set(Call.TARGET_STRIDE, single ? classes * element : element);
  stage.set(Call.TARGET_CLASS_STRIDE, single ? element : across * element);
}

/** Copies a slot's elements out to a tile; to a part of a group's positions, class by class. */
function collectTile(stage: Stage, slot: number, out: Values, layout: Layout, offset: number, rows: number, part: boolean): void {
  const { classes, positions } = layout;
  if (!part) stage.collect(slot, out, offset, rows * classes);
  else for (let c = 0; c < classes; c++) transfer(stage.reals, stage.index(slot) + c * rows, out, offset + c * positions, rows);
}

/** Copies a tile's elements into a slot, and returns its address; of a part of a group's positions, class by class. */
function copyTile(stage: Stage, slot: number, array: Numbers, layout: Layout, offset: number, rows: number, part: boolean): number {
  const { classes, positions } = layout;
  if (!part) return stage.copy(slot, array, offset, rows * classes);
  for (let c = 0; c < classes; c++) transfer(array, offset + c * positions, stage.reals, stage.index(slot) + c * rows, rows);
  return stage.slot(slot);
}

/** Applies `mix` to the staged operand, whose classes stand `across` elements apart. */
function mix(stage: Stage, { keep, add }: NonNullable<ClassCall["mix"]>, rows: number, classes: number, across: number): void {
  const { reals } = stage;
  let at = stage.index(Slot.target);
  for (let block = 0; block < rows; block += across) {
    for (let c = 0; c < classes; c++) {
      for (let i = 0; i < across; i++, at++) reals[at] = reals[at]! * keep[c]! + add[c]!;
    }
  }
}

/** Zeros where the tile's output goes. */
function clear(
  stage: Stage,
  g: number,
  groups: number,
  positions: number,
  classes: number,
  groupStride: number,
  stride: number,
  classStride: number,
): void {
  const { reals, element } = stage;
  if (stride > element || classStride === groups * positions * element) {
    reals.fill(0, g / element, g / element + groups * positions * classes);
    return;
  }
  for (let k = 0; k < groups; k++) {
    for (let c = 0; c < classes; c++) {
      const at = (g + k * groupStride + c * classStride) / element;
      reals.fill(0, at, at + positions);
    }
  }
}
