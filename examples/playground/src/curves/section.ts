/** The section of curves: presets, and the view that one of them opens. */

import { lastOf, type Query } from "../address";
import { columns } from "../columns";
import { element } from "../element";
import type { Section } from "../section";
import { type Slider, slider } from "../slider";
import { cards } from "./cards";
import { axisLabel, Charts } from "./charts";
import { type Axis, axesFor, fromQuery, type Picture, rangeOf, settled, shapeOf, targetRange, toQuery } from "./model";
import { outlierView } from "./outlierView";
import { type Preset, presets } from "./presets";
import { softmaxView, type ViewPart } from "./softmaxView";

export function curvesSection(panel: HTMLElement, changed: () => void): Section {
  const chips = element("div", { class: "chips", role: "group", "aria-label": "Presets" });
  const text = element("p", { class: "lead" });
  const stage = element("div");
  panel.append(chips, text, stage);
  let part: ViewPart | undefined;
  let chosen: Preset | undefined;

  const buttons = presets.map((preset) =>
    element(
      "button",
      {
        type: "button",
        onclick: () => {
          open(preset, []);
          changed();
        },
      },
      preset.title,
    ),
  );
  chips.append(...buttons);

  /** The preset's own sentence stands until the picture is no longer its own. */
  const depart = () => {
    chosen = undefined;
    mark();
  };
  const mark = () => {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(presets[i] === chosen));
    });
  };

  function open(preset: Preset, query: Query): void {
    chosen = preset;
    text.textContent = preset.text;
    mark();
    if (preset.view === "softmax") part = softmaxView(query, changed);
    else if (preset.view === "outlier") part = outlierView(query, changed);
    else part = curvesView(fromQuery(query) ?? preset.picture!, changed, depart);
    stage.replaceChildren(part.element);
  }

  return {
    show(query) {
      const preset = presets.find(({ id }) => id === lastOf(query, "preset"));
      open(preset ?? presets[0]!, query);
      if (preset === undefined && fromQuery(query) !== undefined) depart();
    },
    query: () => [...(chosen === undefined ? [] : [["preset", chosen.id] as const]), ...(part?.query() ?? [])],
  };
}

/** Curves with their cards; the mark is moved by a slider or by a click in a picture. */
function curvesView(start: Picture, changed: () => void, departed: () => void): ViewPart {
  let picture = settled(start);
  const knobs = element("div", { class: "card" });
  const list = element("div");
  let mark: Slider | undefined;

  const moveMark = (at: number) => {
    picture = settled({ ...picture, at });
    charts.show(picture);
    changed();
  };
  const charts = new Charts((x) => {
    const { step } = rangeOf(picture);
    moveMark(Number((Math.round(x / step) * step).toFixed(4)));
    mark?.set(picture.at);
  });

  function build(next: Picture): void {
    picture = settled(next);
    const made = cards(picture, {
      replace(next) {
        departed();
        redraw(next);
      },
      redraw,
      update(updated) {
        const before = rangesOf(picture);
        picture = settled({ ...updated, axis: picture.axis, at: picture.at });
        if (rangesOf(picture) !== before) buildKnobs(made.aim);
        charts.show(picture);
        changed();
      },
    });
    buildKnobs(made.aim);
    list.replaceChildren(made.element);
    charts.show(picture);
  }

  /** The controls of all curves together. Those of each are left alone: one of them may be held at the moment. */
  function buildKnobs(aim: (target: number) => void): void {
    mark = slider(axisLabel(picture), rangeOf(picture), picture.at, moveMark);
    const chooseAxis = (axis: Axis) => {
      departed();
      redraw({ ...picture, axis });
    };
    knobs.replaceChildren(mark.element, ...sharedTarget(picture, aim), ...axisChoice(picture, chooseAxis));
  }

  /** Draws anew, and keeps the keyboard in the section though its controls are new ones. */
  function redraw(next: Picture): void {
    const controls = () => [knobs, list].flatMap((part) => [...part.querySelectorAll<Control>("button, select, input")]);
    const before = controls();
    const focused = before.find((control) => control === document.activeElement);
    const name = focused && nameOf(focused);
    const place = before.filter((control) => nameOf(control) === name).indexOf(focused!);
    build({ ...next, at: picture.at });
    changed();
    if (focused === undefined) return;
    const after = controls();
    const alike = after.filter((control) => nameOf(control) === name);
    (alike[place] ?? alike.at(-1) ?? after[0])?.focus();
  }

  build(picture);
  return {
    element: columns({
      controls: [
        [2, knobs],
        [4, list],
      ],
      shown: [
        [1, charts.values],
        [3, charts.slopes],
        [5, charts.details],
      ],
    }),
    query: () => toQuery(picture),
  };
}

type Control = HTMLButtonElement | HTMLSelectElement | HTMLInputElement;

/** What a control is called. */
function nameOf(control: Control): string {
  return control.getAttribute("aria-label") ?? control.labels?.[0]?.textContent ?? control.textContent;
}

/** What the sliders of all curves together reach. */
const rangesOf = (picture: Picture) => JSON.stringify([rangeOf(picture), targetRange(picture.curves)]);

/** The one target of all curves, unless each has its own. */
function sharedTarget({ curves, linked }: Picture, aim: (target: number) => void): HTMLElement[] {
  const range = linked ? targetRange(curves) : undefined;
  const first = curves.find((curve) => shapeOf(curve).kind === "pointwise");
  return range === undefined || first === undefined ? [] : [slider("target t", range, first.target, aim).element];
}

function axisChoice({ curves, axis }: Picture, choose: (axis: Axis) => void): HTMLElement[] {
  const axes = axesFor(curves);
  if (axes.length < 2) return [];
  const radios = axes.map((each) => {
    const input = element("input", { type: "radio", name: "axis", checked: each === axis, "aria-label": `against the ${each}` });
    input.addEventListener("change", () => choose(each));
    return element("label", {}, input, each);
  });
  return [element("fieldset", { class: "segments" }, element("legend", {}, "against the"), ...radios)];
}
