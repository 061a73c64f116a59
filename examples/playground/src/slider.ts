/** A labelled slider with its number beside it, on a linear or a logarithmic scale. */

import { element, newId } from "./element";
import { written } from "./numbers";
import type { Range } from "./shape";

export interface Scale extends Range {
  readonly logarithmic?: boolean;
  /** Whether infinity lies one position beyond the greatest value. */
  readonly endless?: boolean;
  /** The values that may be chosen. Default all. */
  accepts?(value: number): boolean;
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
  const { logarithmic = false, endless = false, accepts = () => true } = scale;
  const step = logarithmic ? 1 : scale.step;
  const positionOf = (x: number) => (logarithmic ? Math.log10(x) * PER_DECADE : x);
  const [first, last] = [positionOf(scale.min), positionOf(scale.max) + (endless ? step : 0)];
  const toPosition = (x: number) => (x === Infinity ? last : positionOf(x));
  const toValue = (position: number) => {
    if (endless && position === last) return Infinity;
    return logarithmic ? Number((10 ** (position / PER_DECADE)).toPrecision(3)) : position;
  };
  /** The nearest position whose value may be chosen, if there is one on the way that the slider moves; else any other. */
  const acceptable = (position: number) => {
    const forward = Math.sign(position - previous) || 1;
    for (const direction of [forward, -forward]) {
      for (let at = position, i = 0; at >= first && at <= last; at = Number((position + ++i * step * direction).toFixed(10))) {
        if (accepts(toValue(at))) return at;
      }
    }
    return previous;
  };
  let previous = first;
  const input = element("input", {
    type: "range",
    id,
    min: first,
    max: last,
    step,
    oninput: () => {
      const position = acceptable(input.valueAsNumber);
      if (position !== input.valueAsNumber) input.value = String(position);
      const chosen = toValue(input.valueAsNumber);
      show(chosen);
      onInput(chosen);
    },
  });
  const output = element("output", { for: id });
  const show = (x: number) => {
    previous = input.valueAsNumber;
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
