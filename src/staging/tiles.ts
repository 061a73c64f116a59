/** Data with a class axis, cut into tiles that fit the stage, and each tile's addresses for the kernels. */

import type { Precision } from "../backends/binaries";
import type { Layout } from "../layout";
import type { Labels, Numbers, Reals } from "../types";
import { apart } from "./apart";
import { ARENA_BEGIN, SLOT_BYTES, Slot, type Stage } from "./stage";
import { stageFor } from "./stages";

type Values = Float32Array | Float64Array;

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
  /** Whether the kernel may write its output over `x`. */
  overwrites: boolean;
  /** Whether the kernel leaves most of its output unwritten, and so wants zeros tat. */
  sparse: boolean;
}

/** What a kernel is told of a tile; the meaning of each stands at the column sweep. */
export interface Tile {
  groups: number;
  positions: number;
  classes: number;
  groupStride: number;
  stride: number;
  classStride: number;
  x: number;
  t: number;
  tGroup: number;
  tStride: number;
  tClass: number;
  labels: number;
  hits: number;
  hitRow: number;
  v: number;
  valueFactors: number;
  valueRow: number;
  g: number;
  outputFactors: number;
  outputRow: number;
  scratch: number;
}

/** Classes up to which rows are swept a row to a lane even where the classes of a row lie side by side. */
const FEW_CLASSES = 16;

/** Whether the row sweep serves a layout; otherwise the column sweep does. */
export function byRows(layout: Layout): boolean {
  return layout.positions === 1 && layout.classes > FEW_CLASSES;
}

/** Bytes of scratch that a sweep takes: the column sweep's register for each class. */
function scratchBytesFor(layout: Layout): number {
  return byRows(layout) ? 0 : layout.classes * 16;
}

/** Bytes that a slot must hold: a row, and the scratch. */
function slotBytesFor(layout: Layout, precision: Precision): number {
  return Math.max(layout.classes * (precision === "f32" ? 4 : 8), scratchBytesFor(layout));
}

/** The stage for a call. In an arena, no row passes through a slot, and may be longer, if all that has rows is used in place. */
export function stageForCall(call: ClassCall, precision: Precision): Stage {
  separate(call);
  const { layout, x, operand, output, mix, prior, overwrites } = call;
  const slotBytes = slotBytesFor(layout, precision);
  const inPlace =
    mix === undefined && prior === undefined && (output === undefined || (output !== operand && (output !== x || overwrites)));
  return stageFor(precision, slotBytes, inPlace ? scratchBytesFor(layout) : slotBytes, x, operand, output);
}

/** Runs the kernel on every tile, writes values and output, and returns the sum of the values. */
export function sweepClassTiles(stage: Stage, call: ClassCall, launch: (tile: Tile) => void): number {
  const { groups, classes, positions } = call.layout;
  const group = classes * positions;
  if (group === 0 || groups === 0) {
    call.values?.fill(call.empty ?? 0);
    return 0;
  }
  if (group <= stage.tile && positions <= stage.rows) {
    const most = Math.min(Math.floor(stage.tile / group), Math.floor(stage.rows / positions));
    let sum = 0;
    for (let first = 0; first < groups; first += most) {
      const count = Math.min(most, groups - first);
      sum = sweepTile(stage, call, launch, first * group, count, positions, first * positions, sum);
    }
    return sum;
  }
  const most = Math.min(Math.max(1, Math.floor(stage.tile / classes)), stage.rows);
  let sum = 0;
  for (let k = 0; k < groups; k++) {
    for (let first = 0; first < positions; first += most) {
      const count = Math.min(most, positions - first);
      sum = sweepTile(stage, call, launch, k * group + first, 1, count, k * positions + first, sum);
    }
  }
  return sum;
}

/** Replaces what a write to the output could destroy before it is read. */
function separate(call: ClassCall): void {
  const output = call.output ?? call.values;
  // A single tile is copied in before anything is written, but for arrays that are used in place.
  if (output === undefined || (call.x.length <= SLOT_BYTES / Float64Array.BYTES_PER_ELEMENT && output.byteOffset < ARENA_BEGIN)) return;
  call.x = apart(call.x, output);
  if (call.operand !== undefined) call.operand = apart(call.operand, output);
  if (call.labels !== undefined) call.labels = apart(call.labels, output);
  if (call.weights !== undefined) call.weights = apart(call.weights, output);
  if (call.hitWeights !== undefined) call.hitWeights = apart(call.hitWeights, output);
  if (call.labelWeights !== undefined) call.labelWeights = apart(call.labelWeights, output);
  if (call.upstream !== undefined) call.upstream = apart(call.upstream, output);
  if (call.values !== undefined && call.x === (call.values as Numbers)) call.x = call.x.slice() as Reals;
}

/** One tile: `groups` whole groups, or a part of one group's positions. `offset` is its first element, `row` its first sample. */
function sweepTile(
  stage: Stage,
  call: ClassCall,
  launch: (tile: Tile) => void,
  offset: number,
  groups: number,
  positions: number,
  row: number,
  sum: number,
): number {
  const { layout, x, operand, prior, labels, output, values, weights, labelWeights, upstream } = call;
  const { classes } = layout;
  const { element, instance } = stage;
  const rows = groups * positions;
  const length = rows * classes;
  const part = positions < layout.positions;
  const at = {
    x: output === x && !call.overwrites ? -1 : stage.find(x),
    operand: call.mix !== undefined || output === operand ? -1 : stage.find(operand),
    output: stage.find(output),
  };
  // A part of a group has the strides of the whole where it is, and its own when copied: all must be one or the other.
  if (part && !(at.x >= 0 && (operand === undefined || at.operand >= 0) && (output === undefined || at.output >= 0))) {
    at.x = at.operand = at.output = -1;
  }
  const across = part && at.x >= 0 ? layout.positions : positions;
  const address = (slot: number, array: Numbers, from: number) => {
    if (from >= 0) return from + offset * element;
    if (!part) return stage.copy(slot, array, offset, length);
    for (let c = 0; c < classes; c++) stage.copyTo(stage.index(slot) + c * positions, array, offset + c * layout.positions, positions);
    return stage.slot(slot);
  };

  const single = layout.positions === 1;
  const stride = single ? classes * element : element;
  const classStride = single ? element : across * element;
  const groupStride = single ? 0 : classes * across * element;
  const tile: Tile = {
    groups: single ? 1 : groups,
    positions: single ? rows : positions,
    classes,
    groupStride,
    stride,
    classStride,
    x: address(Slot.prediction, x, at.x),
    t: 0,
    tGroup: 0,
    tStride: 0,
    tClass: 0,
    labels: 0,
    hits: 0,
    hitRow: 0,
    v: 0,
    valueFactors: stage.constant(0, 1),
    valueRow: 0,
    g: 0,
    outputFactors: stage.constant(1, call.scale),
    outputRow: 0,
    scratch: stage.slot(Slot.scratch),
  };
  if (operand !== undefined) {
    tile.t = address(Slot.target, operand, at.operand);
    tile.tGroup = groupStride;
    tile.tStride = stride;
    tile.tClass = classStride;
    if (call.mix !== undefined) mix(stage, call.mix, rows, classes, single ? 1 : positions);
  } else if (prior !== undefined) {
    tile.t = stage.copy(Slot.target, prior, 0, classes);
    tile.tClass = element;
  }
  if (labels !== undefined) stageLabels(stage, call, tile, row, rows);
  if (weights !== undefined || labelWeights !== undefined || upstream !== undefined || !Number.isNaN(call.ignored)) {
    stageFactors(stage, call, tile, row, rows);
  }
  if (call.summed || values !== undefined) tile.v = stage.slot(Slot.values);
  if (output !== undefined) {
    tile.g = at.output >= 0 ? at.output + offset * element : stage.slot(Slot.gradient);
    if (call.sparse) clear(stage, tile, rows);
  }

  launch(tile);

  if (call.summed) sum = instance.total(instance.machine, tile.v, rows, sum);
  if (values !== undefined) stage.collect(Slot.values, values, row, rows);
  if (output !== undefined && at.output < 0) {
    if (!part) stage.collect(Slot.gradient, output, offset, length);
    else {
      for (let c = 0; c < classes; c++) {
        stage.collectFrom(stage.index(Slot.gradient) + c * positions, output, offset + c * layout.positions, positions);
      }
    }
  }
  return sum;
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

/** Labels as 32-bit integers, an ignored one as class 0; and the label's share of the target. */
function stageLabels(stage: Stage, call: ClassCall, tile: Tile, row: number, rows: number): void {
  const { ignored, hit = 1, hitWeights } = call;
  const labels = call.labels!;
  tile.labels = stage.slot(Slot.labels);
  const index = tile.labels / 4;
  if (Number.isNaN(ignored) && ArrayBuffer.isView(labels)) {
    stage.labels.set(row === 0 && rows === labels.length ? labels : labels.subarray(row, row + rows), index);
  } else {
    for (let i = 0; i < rows; i++) stage.labels[index + i] = labels[row + i] === ignored ? 0 : labels[row + i]!;
  }
  if (hitWeights === undefined) {
    tile.hits = stage.constant(2, hit);
    return;
  }
  tile.hits = stage.slot(Slot.hits);
  tile.hitRow = stage.element;
  for (let i = 0; i < rows; i++) stage.reals[tile.hits / stage.element + i] = hit * hitWeights[stage.labels[index + i]!]!;
}

/** The factors of each sample's value and output. */
function stageFactors(stage: Stage, call: ClassCall, tile: Tile, row: number, rows: number): void {
  const { weights, labelWeights, labels, ignored, upstream, scale } = call;
  const { reals, element } = stage;
  tile.valueFactors = stage.slot(Slot.valueFactors);
  tile.outputFactors = stage.slot(Slot.outputFactors);
  tile.valueRow = tile.outputRow = element;
  const forValue = tile.valueFactors / element;
  const forOutput = tile.outputFactors / element;
  for (let i = 0; i < rows; i++) {
    const label = labels === undefined ? 0 : labels[row + i]!;
    let factor = weights === undefined ? 1 : weights[row + i]!;
    if (label === ignored) factor = 0;
    else if (labelWeights !== undefined) factor *= labelWeights[label]!;
    reals[forValue + i] = factor;
    // The weighted mean over a total of 0 is NaN, and so is its gradient; the ignored have none.
    const silent = label === ignored || (factor === 0 && Number.isFinite(scale));
    reals[forOutput + i] = silent ? 0 : factor * scale * (upstream === undefined ? 1 : upstream[row + i]!);
  }
}

/** Zeros where the tile's output goes. */
function clear(stage: Stage, tile: Tile, rows: number): void {
  const { reals, element } = stage;
  const { g, classes, classStride } = tile;
  if (tile.stride > element || classStride === rows * element) {
    reals.fill(0, g / element, g / element + rows * classes);
    return;
  }
  for (let k = 0; k < tile.groups; k++) {
    for (let c = 0; c < classes; c++) {
      const at = (g + k * tile.groupStride + c * classStride) / element;
      reals.fill(0, at, at + tile.positions);
    }
  }
}
