/** The cards of the curves: formula, use, target and options of each, and the way to add and remove one. */

import { byGroup, entries, undrawable } from "../catalogue";
import { element, newId } from "../element";
import { formulaElement } from "../formula";
import { scaleOf, slider } from "../slider";
import { type Curve, curveOf, entryOf, held, type Picture } from "./model";

/** As many curves as there are colours. */
export const MOST_CURVES = 6;

export const colourOf = (index: number) => `--series-${index + 1}`;
const dashes: readonly (number[] | undefined)[] = [undefined, [10, 4], [3, 3], [12, 3, 3, 3], [6, 6], [2, 5]];
export const dashOf = (index: number) => dashes[index];

/** How a curve is told from the others in words: by what it does not share with its like. */
export function labelOf(curve: Curve, all: readonly Curve[]): string {
  const alike = all.filter(({ name }) => name === curve.name);
  if (alike.length < 2) return curve.name;
  const { shape } = entryOf(curve);
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
  /** Other numbers of the same curves. */
  update(picture: Picture): void;
}

/** The cards of a picture. Where one target is for all, it is set elsewhere: `aim` is called with it. */
export function cards(picture: Picture, { replace, update }: Changes): { element: HTMLElement; aim: (target: number) => void } {
  let current = picture;

  const change = (index: number, settings: Partial<Curve>) => {
    current = { ...current, curves: current.curves.map((curve, i) => (i === index ? { ...curve, ...settings } : curve)) };
    update(current);
  };
  const aim = (target: number) => {
    current = { ...current, curves: current.curves.map((curve) => ({ ...curve, target: aimed(curve, target) })) };
    update(current);
  };

  const list = picture.curves.map((curve, index) => {
    const entry = entryOf(curve);
    const { shape } = entry;
    const sliders: HTMLElement[] = [];
    if (shape.kind === "pointwise" && !picture.linked) {
      sliders.push(slider("target t", shape.target, curve.target, (target) => change(index, { target })).element);
    }
    if (shape.kind === "classes") {
      sliders.push(slider("classes", { min: 2, max: 20, step: 1 }, curve.classes, (classes) => change(index, { classes })).element);
    }
    for (const [name, parameter] of Object.entries("parameters" in entry ? entry.parameters : {})) {
      const set = (value: number) => change(index, { options: { ...current.curves[index]!.options, [name]: value } });
      sliders.push(slider(name, scaleOf(parameter), curve.options[name] ?? parameter.default, set).element);
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
      ...sliders,
    );
  });

  const link = element("input", { type: "checkbox", checked: picture.linked });
  link.addEventListener("change", () => replace({ ...current, linked: link.checked }));
  const aimable = picture.curves.filter((curve) => entryOf(curve).shape.kind === "pointwise").length;
  const made = element(
    "div",
    { class: "stack" },
    element("ul", { class: "card-list", "aria-label": "Curves" }, ...list),
    ...(aimable > 1 ? [element("label", { class: "check" }, link, "one target for all")] : []),
    adder(current, replace, () => current),
    ...(undrawable.length === 0
      ? []
      : [element("p", { class: "hint" }, `Not drawn here, as they are no curve of one number: ${undrawable.join(", ")}.`)]),
  );
  return { element: made, aim };
}

/** A target that moves with the others, as far as the curve can take it. */
function aimed(curve: Curve, target: number): number {
  const { shape } = entryOf(curve);
  return shape.kind === "pointwise" ? held(target, shape.target) : curve.target;
}

/** The choice of another loss, by groups. */
function adder(picture: Picture, replace: (picture: Picture) => void, now: () => Picture): HTMLElement {
  const full = picture.curves.length >= MOST_CURVES;
  const id = newId("add");
  const choice = element(
    "select",
    { id, disabled: full },
    ...[...byGroup(entries.values())].map(([group, members]) =>
      element("optgroup", { label: group }, ...members.map(({ name }) => element("option", { value: name }, name))),
    ),
  );
  const add = () => {
    const current = now();
    const first = current.curves.find((curve) => entryOf(curve).shape.kind === "pointwise");
    const fresh = curveOf(choice.value);
    const curve = first === undefined || !current.linked ? fresh : { ...fresh, target: aimed(fresh, first.target) };
    replace({ ...current, curves: [...current.curves, curve] });
  };
  return element(
    "div",
    { class: "adder" },
    element("label", { for: id }, "Another curve"),
    choice,
    element("button", { type: "button", disabled: full, onclick: add }, "Add"),
  );
}
