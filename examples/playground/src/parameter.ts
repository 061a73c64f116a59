/** The control of a loss's own option, made from what the loss declares of it: a slider for a number, a box for a yes or no. */

import type { LossParameter } from "simd-loss";
import { checkbox } from "./checkbox";
import { type Scale, slider } from "./slider";

/** A value that a control sets. */
export type Setting = number | boolean;

/** Which values a loss takes, and what is done with the one that is chosen. */
interface Use {
  accepts(value: Setting): boolean;
  onInput(value: Setting): void;
}

export function parameterControl(name: string, parameter: LossParameter, value: Setting, { accepts, onInput }: Use): HTMLElement {
  if (typeof parameter.default === "boolean") return checkbox(name, value === true, onInput);
  return slider(name, { ...scaleOf(parameter, parameter.default), accepts }, Number(value), onInput).element;
}

/** A setting as it stands in an address; undefined if it cannot be one of this option. */
export function settingFrom(text: string, { default: usual }: LossParameter): Setting | undefined {
  if (typeof usual === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  return text.trim() === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
}

/** The values that a slider offers for a number: its bounds, or as far as is worth looking. */
function scaleOf({ atLeast, above, atMost }: LossParameter, usual: number): Scale {
  if (usual === Infinity) return { min: 1, max: 100, step: 0, logarithmic: true, endless: true };
  if (above === 0 && usual < 0.01) return { min: 1e-10, max: 1, step: 0, logarithmic: true };
  const least = atLeast ?? above ?? Math.min(-2, usual - 4);
  const max = atMost ?? Math.max(least + 4, 5 * Math.abs(usual), usual === 0 ? 4 : usual);
  const step = max - least <= 2 ? 0.01 : max - least <= 20 ? 0.1 : 1;
  return { min: atLeast === undefined && above !== undefined ? above + step : least, max, step };
}
