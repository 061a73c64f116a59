/** Logits made over on their way into a tile: capped, divided by a temperature, masked; and gradients on their way out. */

import * as Call from "../../assembly/kernels/call";
import { Softcap, softcap } from "../../assembly/losses/softcap";
import { elementOf } from "../layout";
import type { Tile } from "./classCall";
import { kernel } from "./kernels";
import * as Slot from "./slots";
import { CALL } from "./stage";
import { setTargetStrides } from "./tiles";

/** What is done to logits: x becomes cap tanh(x / cap), then x / divisor, then -Infinity where the mask is 0 or false. */
export interface Shaping {
  /** Infinity for none. */
  readonly cap: number;
  readonly divisor: number;
  /** A number or a boolean for each logit. */
  readonly mask: ArrayLike<number | boolean> | undefined;
}

const softcapKernel = /* @__PURE__ */ kernel("softcap", Softcap, softcap);

/** Divides a slot's elements. */
function divide({ stage, length }: Tile, slot: number, divisor: number): void {
  const at = stage.index(Slot.scratch);
  stage.reals.fill(1 / divisor, at, at + length);
  stage.multiply(stage.machine, stage.slot(slot), stage.slot(Slot.scratch), length);
}

/** The fields of the call record that a class kernel shares with an elementwise one. */
const shared = [Call.X, Call.TARGET, Call.COUNT];

/** The soft cap of a slot, in place; or in the place of the `scratch`, whatever factors are there times the cap's slopes. */
function applyCap({ stage, length }: Tile, slot: number, cap: number, sloped: boolean): void {
  const address = stage.slot(sloped ? Slot.scratch : slot);
  const kept = shared.map((field) => stage.integers[(CALL + field) >> 2]!);
  stage.set(Call.X, stage.slot(slot));
  stage.set(Call.TARGET, address);
  stage.set(Call.VALUES, address);
  stage.set(Call.GRADIENT, sloped ? address : 0);
  stage.set(Call.COUNT, length);
  stage.setDouble(Call.A, cap);
  stage.run(softcapKernel);
  shared.forEach((field, i) => {
    stage.set(field, kept[i]!);
  });
}

/**
 * Calls `visit` for each line of elements that lie side by side in the slots and in the user's arrays: its index in either, its
 * length, the row in the tile and the class of its first element, and how much of a row and of a class the next one is further.
 */
export function eachLine(
  { call, offset, rows, across, acrossWhole }: Tile,
  visit: (at: number, index: number, length: number, row: number, rowStep: number, c: number, classStep: number) => void,
): void {
  const { classes } = call.layout;
  const [rowStep, classStep] = acrossWhole === 1 ? [0, 1] : [1, 0];
  const length = acrossWhole === 1 ? classes : across;
  let at = 0;
  for (let row = 0; row < rows; row += across) {
    for (let c = 0; c < classes; c += classStep === 0 ? 1 : classes, at += length) {
      visit(at, offset + row * classes + c * acrossWhole, length, row, rowStep, c, classStep);
    }
  }
}

/** Puts the made-over logits in the place of the staged ones. */
export function shapeLogits(tile: Tile, { cap, divisor }: Shaping): void {
  if (cap !== Infinity) applyCap(tile, Slot.prediction, cap, false);
  if (divisor !== 1) divide(tile, Slot.prediction, divisor);
}

/**
 * Masks the staged logits, and the staged operand, whose masked elements become 0; silences rows that have no other class,
 * and those whose label is masked. Leaves 1 in the slot `mask` for what is kept, and 0 for what is not.
 */
export function maskLogits(tile: Tile, mask: ArrayLike<number | boolean>): void {
  const { stage, call, row: first, rows, across } = tile;
  const { reals } = stage;
  const { labels } = call;
  const kept = stage.index(Slot.mask);
  const x = stage.index(Slot.prediction);
  const choices = new Float64Array([-Infinity, 0]);
  const silent = new Uint8Array(rows).fill(1);
  // No branch on the mask: in a random one the processor could not foresee it.
  eachLine(tile, (at, index, length, row, rowStep) => {
    let none = 1;
    for (let i = 0; i < length; i++) {
      const keep = Number(Boolean(mask[index + i]));
      reals[kept + at + i] = keep;
      choices[1] = reals[x + at + i]!;
      reals[x + at + i] = choices[keep]!;
      if (rowStep === 0) none &= 1 - keep;
      else silent[row + i]! &= 1 - keep;
    }
    silent[row]! &= none;
  });
  if (labels !== undefined) {
    const { classes } = call.layout;
    // An ignored label may be no class: what is found for it is no matter, since it silences its sample in any case.
    for (let i = 0; i < rows; i++) {
      silent[i] = 1 - reals[kept + elementOf(i, labels[first + i]!, classes, across)]!;
    }
  }
  call.silent = silent;
  if (call.operand !== undefined || call.kernel.oneHot || call.prior !== undefined) maskOutput(tile, Slot.target, 0);
}

/** The operand that is the same for every sample, as one for each: what a mask may change by sample. */
export function spreadPrior(tile: Tile): void {
  const { stage, call, across } = tile;
  const { reals } = stage;
  const t = stage.index(Slot.target);
  const prior = call.prior!;
  eachLine(tile, (at, _index, length, _row, _rowStep, c, classStep) => {
    for (let i = 0; i < length; i++) reals[t + at + i] = prior[c + i * classStep]!;
  });
  setTargetStrides(stage, call.layout, across);
}

/** Makes gradients with respect to the made-over logits those of the logits themselves. */
export function unshapeGradient(tile: Tile, { cap, divisor }: Shaping): void {
  if (divisor !== 1) divide(tile, Slot.gradient, divisor);
  if (cap !== Infinity) {
    const { stage, length } = tile;
    const [slopes, gradient] = [stage.index(Slot.scratch), stage.index(Slot.gradient)];
    restage(tile);
    stage.reals.fill(1, slopes, slopes + length);
    applyCap(tile, Slot.prediction, cap, true);
    // The gradient comes second: where it is 0, it stays so whatever the slope.
    stage.multiply(stage.machine, stage.slot(Slot.scratch), stage.slot(Slot.gradient), length);
    stage.reals.copyWithin(gradient, slopes, slopes + length);
  }
}

/** Puts the logits themselves into their slot again. */
function restage(tile: Tile): void {
  const { reals } = tile.stage;
  const { x } = tile.call;
  const to = tile.stage.index(Slot.prediction);
  eachLine(tile, (at, index, length) => {
    for (let i = 0; i < length; i++) reals[to + at + i] = x[index + i]!;
  });
}

/** Writes `value` where the mask left a logit out. */
export function maskOutput({ stage, length }: Tile, slot: number, value: number): void {
  const { reals } = stage;
  const [at, kept] = [stage.index(slot), stage.index(Slot.mask)];
  if (value === 0) stage.multiply(stage.machine, stage.slot(slot), stage.slot(Slot.mask), length);
  else for (let i = 0; i < length; i++) if (reals[kept + i] === 0) reals[at + i] = value;
}
