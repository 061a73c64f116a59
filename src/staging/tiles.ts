/** Data with a class axis, cut into tiles that fit the stage, and each tile's addresses for the kernels. */

import { GROUP_CLASSES } from "../../assembly/kernels/blocks";
import * as Call from "../../assembly/kernels/call";
import type { Kernel } from "../backends/kernel";
import { elementBytes, type Precision } from "../backends/kinds";
import type { Layout } from "../layout";
import type { Labels, Numbers, Reals } from "../types";
import { apart } from "./apart";
import { stageLabels, stageNoLabels, stageOneHot } from "./labels";
import * as Slot from "./slots";
import { constant, type Stage, transfer, type Values } from "./stage";
import { stageFor, stageWith } from "./stages";

/** A checked call on data with a class axis. */
export interface ClassCall {
  layout: Layout;
  x: Reals;
  /** The formula's operand by class, laid out as `x`. */
  operand?: Numbers | undefined;
  /** What becomes of the operand t of class c on its way in: t keep[c] + add[c]. */
  mix?: { readonly keep: Float64Array; readonly add: Float64Array } | undefined;
  /** An operand that is the same for every sample. */
  prior?: Float64Array | undefined;
  labels?: Labels | undefined;
  /** The label that silences its sample; NaN if none occurs. */
  ignored: number;
  /** The label's share of the target: `hit`, times the weight of its class. */
  hit?: number;
  hitWeights?: Numbers | undefined;
  /** Factors of a sample's value and output: its weight, and that of its label's class. */
  weights?: Numbers | undefined;
  labelWeights?: Numbers | undefined;
  /** Factors of a sample's output: its upstream gradient, and a common one. */
  upstream?: Numbers | undefined;
  scale: number;
  summed: boolean;
  values?: Values | undefined;
  /** The value of a sample of no classes. Default 0. */
  empty?: number | undefined;
  output?: Values | undefined;
  /** That the output is new, and holds zeros. */
  fresh?: boolean;
  kernel: ClassKernel;
  /** The formula's parameters. */
  a?: number | undefined;
  b?: number | undefined;
  /** Factors of each class's term. */
  classFactors?: Float64Array | undefined;
  /** Runs when a tile's inputs are staged, all of them in slots, and before they are computed with. */
  before?: ((tile: Tile) => void) | undefined;
  /** Runs when a tile is computed, and before its results are copied out. */
  after?: ((tile: Tile) => void) | undefined;
  /** Rows of the tile at hand whose value and output are 0, set by `before`. */
  silent?: Uint8Array | undefined;
  /** Where the Hessian goes that `after` leaves in its slot. */
  hess?: Values | undefined;
}

/** A tile of a call whose arrays all lie in slots, one group of classes after the other. */
export interface Tile {
  readonly stage: Stage;
  readonly call: ClassCall;
  /** Index of its first element in the user's arrays. */
  readonly offset: number;
  /** Index of its first sample, and how many samples it has. */
  readonly row: number;
  readonly rows: number;
  readonly length: number;
  /** Elements from a class to the next: in the slots, and in the user's arrays. */
  readonly across: number;
  readonly acrossWhole: number;
}

/** A kernel over classes. */
export interface ClassKernel {
  /** The sweep over a tile; there is none if `sweep` needs none. */
  of?(layout: Layout): Kernel<void>;
  /** Whether the kernel may write its output over `x`. */
  readonly overwrites: boolean;
  /** Whether the kernel singles out a label, even where the target is a distribution: then of share 0. */
  readonly labelled?: boolean;
  /** Whether labels become a one-hot operand. */
  readonly oneHot?: boolean;
  /** Whether the kernel leaves most of its output unwritten, and so wants zeros there. */
  readonly sparse?: boolean;
  /** Takes the place of the tiles, for what need not go through the stage whole. */
  readonly sweep?: (stage: Stage, call: ClassCall) => number;
}

/** Whether the row sweep serves a layout; otherwise the column sweep does, even for rows of few classes side by side. */
export function byRows(layout: Layout): boolean {
  return layout.positions === 1 && layout.classes > GROUP_CLASSES;
}

/** Bytes of scratch that a sweep takes: the column sweep's register for each class. */
function scratchBytesFor(layout: Layout): number {
  return byRows(layout) ? 0 : layout.classes * 16;
}

/** Bytes that a slot must hold: a row, and the scratch. */
function slotBytesFor(layout: Layout, precision: Precision): number {
  return Math.max(layout.classes * elementBytes[precision], scratchBytesFor(layout));
}

/** The stage for a call. In an arena, no row passes through a slot, and may be longer, if all that has rows is used in place. */
export function stageForCall(call: ClassCall, precision: Precision): Stage {
  const { layout, operand, output, mix, prior, classFactors } = call;
  const stage = stageFor(precision, call.x, operand, output);
  separate(call, stage);
  if (call.kernel.sweep !== undefined) return stage;
  const slotBytes = slotBytesFor(layout, precision);
  if (slotBytes <= Slot.BYTES) return stage;
  const { x } = call;
  const held =
    scratchBytesFor(layout) <= Slot.BYTES &&
    !inSlots(call) &&
    mix === undefined &&
    prior === undefined &&
    classFactors === undefined &&
    (output === undefined || (output !== operand && (output !== x || call.kernel.overwrites))) &&
    [x, call.operand, output].every((array) => array === undefined || stage.find(array) >= 0);
  return held ? stage : stageWith(precision, slotBytes);
}

/** Whether the tiles of a call pass through slots even if they lie in an arena. */
function inSlots({ kernel, labels, before, after }: ClassCall): boolean {
  return (kernel.oneHot === true && labels !== undefined) || before !== undefined || after !== undefined;
}

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

/** Replaces what a write to the outputs could destroy before it is read. */
function separate(call: ClassCall, stage: Stage): void {
  const output = call.output ?? call.values;
  if (output === undefined) return;
  const { hess, kernel, x } = call;
  // A single tile is copied in before anything is written, but for rows that are used in place, and for what labels pick.
  const single = kernel.sweep === undefined && x.length <= Slot.BYTES / Float64Array.BYTES_PER_ELEMENT;
  if (single && stage.find(output) < 0) return;
  call.x = apartIn(stage, call.x, output, hess);
  call.operand = apartIn(stage, call.operand, output, hess);
  if (single && call.values === undefined) return;
  call.labels = apart(call.labels, output, hess);
  call.weights = apart(call.weights, output, hess);
  call.upstream = apart(call.upstream, output, hess);
  // What is read in another order than it is written in must not be the output itself either.
  call.hitWeights = wholly(call.hitWeights, output, hess);
  call.labelWeights = wholly(call.labelWeights, output, hess);
  if (call.values !== undefined) call.x = wholly(call.x, output, hess);
}

/** `apart`, and not the output itself. */
function wholly<A extends Numbers | undefined>(array: A, output: Values, hess: Values | undefined): A {
  return array === output ? (array.slice() as A) : apart(array, output, hess);
}

/** `apart`, which takes 68 ns on Node 20, and is spared where an arena knows both places. */
function apartIn<A extends Numbers | undefined>(stage: Stage, array: A, output: Values, hess: Values | undefined): A {
  const at = hess === undefined ? stage.find(array) : -1;
  const outputAt = stage.find(output);
  const known = at >= 0 && outputAt >= 0;
  const longer = Math.max(array?.length ?? 0, output.length) * stage.element;
  return known && Math.abs(at - outputAt) >= longer ? array : apart(array, output, hess);
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

/** The factors of each sample's value and output: one for all of them where that will do, unless there must be one for `each`. */
export function stageFactors(stage: Stage, call: ClassCall, row: number, rows: number, each: boolean): void {
  const { weights, labelWeights, labels, ignored, upstream, scale } = call;
  const { reals, element } = stage;
  if (!each && weights === undefined && labelWeights === undefined && upstream === undefined && Number.isNaN(ignored)) {
    stage.set(Call.VALUE_FACTORS, constant(stage, 0, 1));
    stage.set(Call.VALUE_FACTOR_STRIDE, 0);
    stage.set(Call.GRADIENT_FACTORS, constant(stage, 1, scale));
    stage.set(Call.GRADIENT_FACTOR_STRIDE, 0);
    return;
  }
  stage.set(Call.VALUE_FACTORS, stage.slot(Slot.valueFactors));
  stage.set(Call.VALUE_FACTOR_STRIDE, element);
  stage.set(Call.GRADIENT_FACTORS, stage.slot(Slot.gradientFactors));
  stage.set(Call.GRADIENT_FACTOR_STRIDE, element);
  const forValue = stage.index(Slot.valueFactors);
  const forOutput = stage.index(Slot.gradientFactors);
  for (let i = 0; i < rows; i++) {
    const label = labels === undefined ? 0 : labels[row + i]!;
    let factor = weights === undefined ? 1 : weights[row + i]!;
    const mute = label === ignored || call.silent?.[i] === 1;
    if (mute) factor = 0;
    else if (labelWeights !== undefined) factor *= labelWeights[label]!;
    reals[forValue + i] = factor;
    // The weighted mean over a total of 0 is NaN, and so is its gradient; the ignored have none.
    const silent = mute || (factor === 0 && Number.isFinite(scale));
    reals[forOutput + i] = silent ? 0 : factor * scale * (upstream === undefined ? 1 : upstream[row + i]!);
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
