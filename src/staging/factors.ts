/** The factors of a sample's value and output, which weights, ignored labels and upstream gradients make. */

import * as Call from "../../assembly/kernels/call";
import type { ClassCall, Tile } from "./classCall";
import * as Slot from "./slots";
import { constant, type Stage } from "./stage";

/**
 * The factor of a sample's output, of that of its value, the common one and its gradient seed. One of 0 silences even NaN; but the
 * weighted mean over a total of 0 is NaN, and so is its gradient.
 */
export function outputFactor(factor: number, scale: number, seed: number): number {
  return factor === 0 && Number.isFinite(scale) ? 0 : factor * scale * seed;
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
    reals[forOutput + i] = mute ? 0 : outputFactor(factor, scale, upstream === undefined ? 1 : upstream[row + i]!);
  }
}

/**
 * The factors of a term that no target has a part in, for the value and the output of a row: those of its sample, without
 * the weight of its label's class.
 */
export function sampleFactors({ call, row }: Tile, i: number): { value: number; slope: number } {
  const { weights, labels, ignored, silent, upstream, scale } = call;
  if (silent?.[i] === 1 || (labels !== undefined && labels[row + i] === ignored)) return { value: 0, slope: 0 };
  const value = weights === undefined ? 1 : weights[row + i]!;
  return { value, slope: outputFactor(value, scale, upstream === undefined ? 1 : upstream[row + i]!) };
}
