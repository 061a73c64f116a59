/** A labelled slider with its number beside it, on a linear or a logarithmic scale. */

import type { LossParameter } from "simd-loss";
import { element, newId } from "./element";
import { written } from "./numbers";
import type { Range } from "./shape";

export interface Scale extends Range {
  readonly logarithmic?: boolean;
}

export interface Slider {
  readonly element: HTMLElement;
  set(value: number): void;
}

/** Positions of a logarithmic slider in a power of ten. */
const PER_DECADE = 10;

/** `shown` is the number that stands for a value, where it is not the value itself. */
export function slider(
  label: string,
  scale: Scale,
  value: number,
  onInput: (value: number) => void,
  shown: (value: number) => number = (x) => x,
): Slider {
  const id = newId("slider");
  const { logarithmic = false } = scale;
  const toPosition = (x: number) => (logarithmic ? Math.log10(x) * PER_DECADE : x);
  const toValue = (position: number) => (logarithmic ? Number((10 ** (position / PER_DECADE)).toPrecision(3)) : position);
  const input = element("input", {
    type: "range",
    id,
    min: toPosition(scale.min),
    max: toPosition(scale.max),
    step: logarithmic ? 1 : scale.step,
    oninput: () => {
      const chosen = toValue(input.valueAsNumber);
      show(chosen);
      onInput(chosen);
    },
  });
  const output = element("output", { for: id });
  const show = (x: number) => {
    output.value = written(shown(x), 4);
    input.setAttribute("aria-valuetext", output.value);
    const share = (input.valueAsNumber - Number(input.min)) / (Number(input.max) - Number(input.min));
    input.style.setProperty("--filled", `${100 * share}%`);
  };
  const set = (x: number) => {
    input.value = String(toPosition(x));
    show(x);
  };
  set(value);
  return { element: element("div", { class: "slider" }, element("label", { for: id }, label), input, output), set };
}

/** A loss's own option that is a quantity. */
export interface Quantity extends LossParameter {
  readonly default: number;
}

/** The values that a slider offers for a loss's own option: its bounds, or as far as is worth looking. */
export function scaleOf({ default: usual, atLeast, above, atMost }: Quantity): Scale {
  if (above === 0 && usual < 0.01) return { min: 1e-10, max: 1, step: 0, logarithmic: true };
  const least = atLeast ?? above ?? Math.min(-2, usual - 4);
  const max = atMost ?? Math.max(least + 4, 5 * Math.abs(usual));
  const step = max - least <= 2 ? 0.01 : max - least <= 20 ? 0.1 : 1;
  return { min: atLeast === undefined && above !== undefined ? above + step : least, max, step };
}
