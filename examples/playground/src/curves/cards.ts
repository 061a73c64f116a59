/** The cards of the curves: formula, use, target and options of each, and the way to add and remove one. */

import { undrawable } from "../catalogue";
import { checkbox } from "../checkbox";
import { element } from "../element";
import { formulaElement } from "../formula";
import { parameterControl, type Setting } from "../parameter";
import { slider } from "../slider";
import { adder } from "./adder";
import { aimed, type Curve, curveOf, entryOf, type Picture, shapeOf } from "./model";

/** As many curves as there are colours. */
const MOST_CURVES = 6;

export const colourOf = (index: number) => `--series-${index + 1}`;
const dashes: readonly (number[] | undefined)[] = [undefined, [10, 4], [3, 3], [12, 3, 3, 3], [6, 6], [2, 5]];
export const dashOf = (index: number) => dashes[index];

/** How a curve is told from the others in words: by what it does not share with its like. */
export function labelOf(curve: Curve, all: readonly Curve[]): string {
  const alike = all.filter(({ name }) => name === curve.name);
  if (alike.length < 2) return curve.name;
  const shape = shapeOf(curve);
  const differs = (of: (curve: Curve) => unknown) => new Set(alike.map((other) => JSON.stringify(of(other)))).size > 1;
  const parts = [
    ...(shape.kind === "pointwise" && differs(({ target }) => target) ? [`target ${curve.target}`] : []),
    ...(shape.kind === "classes" && differs(({ classes }) => classes) ? [`${curve.classes} classes`] : []),
    ...(differs(({ options }) => options) ? Object.entries(curve.options).map(([name, value]) => `${name} ${value}`) : []),
  ];
  return parts.length === 0 ? curve.name : `${curve.name}, ${parts.join(", ")}`;
}

/** The line in a curve's colour and dashes. */
export function swatch(index: number): HTMLElement {
  return element("span", { class: "swatch", style: `--colour: var(${colourOf(index)})`, "data-dash": dashOf(index) !== undefined });
}

interface Changes {
  /** Another set of curves: everything is drawn anew. */
  replace(picture: Picture): void;
  /** The same curves with other controls. */
  redraw(picture: Picture): void;
  /** Other numbers of the same curves. */
  update(picture: Picture): void;
}

/** The cards of a picture. Where one target is for all, it is set elsewhere: `aim` is called with it. */
export function cards(picture: Picture, { replace, redraw, update }: Changes): { element: HTMLElement; aim: (target: number) => void } {
  let current = picture;

  const change = (index: number, settings: Partial<Curve>, show = update) => {
    current = { ...current, curves: current.curves.map((curve, i) => (i === index ? { ...curve, ...settings } : curve)) };
    show(current);
  };
  const aim = (target: number) => {
    current = { ...current, curves: current.curves.map((curve) => aimed(curve, target)) };
    update(current);
  };

  const list = picture.curves.map((curve, index) => {
    const entry = entryOf(curve);
    const shape = shapeOf(curve);
    const controls: HTMLElement[] = [];
    if (shape.kind === "pointwise" && !picture.linked) {
      controls.push(slider("target t", shape.target, curve.target, (target) => change(index, { target })).element);
    }
    if (shape.kind === "classes") {
      controls.push(slider("classes", { min: 2, max: 20, step: 1 }, curve.classes, (classes) => change(index, { classes })).element);
    }
    for (const [name, parameter] of Object.entries("loss" in entry ? entry.parameters : {})) {
      const optionsWith = (value: Setting) => ({ ...current.curves[index]!.options, [name]: value });
      controls.push(
        parameterControl(name, parameter, curve.options[name] ?? parameter.default, {
          accepts: (value) => !("loss" in entry) || entry.accepts(optionsWith(value)),
          // A yes or no may be of another formula, with other targets.
          onInput: (value) => change(index, { options: optionsWith(value) }, typeof value === "boolean" ? redraw : update),
        }),
      );
    }
    const remove = element(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": `Remove ${labelOf(curve, picture.curves)}`,
        onclick: () => replace({ ...current, curves: current.curves.filter((_, i) => i !== index) }),
      },
      "×",
    );
    return element(
      "li",
      { class: "card", "data-loss": entry.name },
      element("div", { class: "card-head" }, swatch(index), element("h3", {}, entry.name), remove),
      formulaElement(entry.formula),
      element("p", { class: "hint" }, entry.use),
      ...controls,
    );
  });

  const link = checkbox("one target for all", picture.linked, (linked) => replace({ ...current, linked }));
  const aimable = picture.curves.filter((curve) => shapeOf(curve).kind === "pointwise").length;
  const made = element(
    "div",
    { class: "stack" },
    element("ul", { class: "card-list", "aria-label": "Curves" }, ...list),
    ...(aimable > 1 ? [link] : []),
    adder(picture.curves.length >= MOST_CURVES, (name) => replace(withCurve(current, name))),
    ...(undrawable.length === 0
      ? []
      : [element("p", { class: "hint" }, `Not drawn here, as they are no curve of one number: ${undrawable.join(", ")}.`)]),
  );
  return { element: made, aim };
}

/** With a new curve, whose target is that of the others where one is for all. */
function withCurve(picture: Picture, name: string): Picture {
  const first = picture.curves.find((curve) => shapeOf(curve).kind === "pointwise");
  const fresh = curveOf(name);
  return { ...picture, curves: [...picture.curves, first === undefined || !picture.linked ? fresh : aimed(fresh, first.target)] };
}
