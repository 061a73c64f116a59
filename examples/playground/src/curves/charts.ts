/** The pictures of value, gradient and curvature against one abscissa, and the same in numbers. */

import { element } from "../element";
import { numberElement, written } from "../numbers";
import { Plot } from "../plot";
import { colourOf, dashOf, labelOf, swatch } from "./cards";
import { type Evaluated, evaluate } from "./evaluate";
import { type Axis, type Picture, rangeOf, shapeOf } from "./model";

const POINTS = 401;
const TABLE_ROWS = 9;

const axisLabels: Readonly<Record<Axis, string>> = {
  prediction: "prediction",
  logit: "logit",
  probability: "probability",
};

/** What the abscissa is called, given the curves. */
export function axisLabel({ axis, curves }: Picture): string {
  const classes = curves.some((curve) => shapeOf(curve).kind === "classes");
  return classes ? `${axisLabels[axis]} of the true class` : axisLabels[axis];
}

export class Charts {
  /** The values, and the numbers at the mark. */
  readonly values: HTMLElement;
  /** Gradient and curvature. */
  readonly slopes: HTMLElement;
  /** The curves as a table, on demand. */
  readonly details: HTMLDetailsElement;
  private readonly plots: Readonly<Record<keyof Evaluated, Plot>>;
  private readonly reading = element("div", { class: "reading" });
  private readonly table = element("div", { class: "scroll" });
  private readonly curvature: HTMLElement;
  private picture: Picture | undefined;

  constructor(onPick: (x: number) => void) {
    const plot = (title: string, height: number) => new Plot({ title, xLabel: "", height, sync: "curves", onPick });
    this.plots = { values: plot("Value", 300), grads: plot("Gradient", 180), hessians: plot("Curvature", 180) };
    const none = "Curvature is not drawn: none of these losses gives it.";
    this.curvature = element("p", { class: "hint" }, none);
    const summary = element("summary", {}, "The curves as a table");
    this.details = element("details", { ontoggle: () => this.fillTable() }, summary, this.table);
    this.values = element("div", { class: "stack" }, this.plots.values.element, this.reading);
    const pair = element("div", { class: "pair" }, this.plots.grads.element, this.plots.hessians.element);
    this.slopes = element("div", { class: "stack" }, pair, this.curvature);
  }

  show(picture: Picture): void {
    this.picture = picture;
    const { min, max } = rangeOf(picture);
    const xs = Array.from({ length: POINTS }, (_, i) => min + ((max - min) * i) / (POINTS - 1));
    const sampled = picture.curves.map((curve) => evaluate(curve, picture.axis, xs));
    const read = picture.curves.map((curve) => evaluate(curve, picture.axis, [picture.at]));
    const curved = sampled.some(({ hessians }) => hessians !== undefined);
    this.plots.hessians.element.hidden = !curved;
    this.curvature.hidden = curved;
    const names = { values: "value", grads: "gradient", hessians: "curvature" };
    for (const part of ["values", "grads", "hessians"] as const) {
      if (part === "hessians" && !curved) continue;
      const lines = sampled.map((evaluated, i) => ({
        label: labelOf(picture.curves[i]!, picture.curves),
        colour: colourOf(i),
        dash: dashOf(i),
        values: drawable(evaluated[part] ?? xs.map(() => NaN)),
      }));
      const range = span(lines.map(({ values }) => values));
      const label = axisLabel(picture);
      const readings = read.map((evaluated, i) => `${lines[i]!.label} ${written(evaluated[part]?.[0] ?? NaN, 4)}`);
      this.plots[part].show({
        xs,
        lines: lines.map((line) => ({ ...line, values: line.values.map((value) => near(value, range)) })),
        range,
        marker: picture.at,
        xLabel: label,
        summary: `The ${names[part]} against the ${label}, from ${written(min, 3)} to ${written(max, 3)}. At ${written(picture.at, 4)}: ${readings.join("; ")}.`,
      });
    }
    this.reading.replaceChildren(readingTable(picture, read, curved));
    this.fillTable();
  }

  private fillTable(): void {
    const { picture } = this;
    if (picture === undefined || !this.details.open) return;
    const { min, max } = rangeOf(picture);
    const xs = Array.from({ length: TABLE_ROWS }, (_, i) => min + ((max - min) * i) / (TABLE_ROWS - 1));
    const columns = picture.curves.map((curve) => evaluate(curve, picture.axis, xs));
    const head = picture.curves.flatMap((curve) => {
      const label = labelOf(curve, picture.curves);
      return [element("th", { scope: "col" }, label), element("th", { scope: "col" }, `${label}, gradient`)];
    });
    const body = xs.map((x, i) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, written(x, 4)),
        ...columns.flatMap(({ values, grads }) => [
          element("td", {}, numberElement(values[i]!, 4)),
          element("td", {}, numberElement(grads[i]!, 4)),
        ]),
      ),
    );
    this.table.replaceChildren(
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, axisLabel(picture)), ...head)),
        element("tbody", {}, ...body),
      ),
    );
  }
}

/** The numbers at the mark. */
function readingTable(picture: Picture, read: readonly Evaluated[], curved: boolean): HTMLElement {
  const heads = ["value", "gradient", ...(curved ? ["curvature"] : [])];
  const rows = picture.curves.map((curve, i) => {
    const { values, grads, hessians } = read[i]!;
    const cells = [values[0]!, grads[0]!, ...(curved ? [hessians?.[0]] : [])];
    return element(
      "tr",
      { "data-loss": curve.name },
      element("th", { scope: "row" }, swatch(i), labelOf(curve, picture.curves)),
      ...cells.map((cell) => element("td", {}, cell === undefined ? "–" : numberElement(cell))),
    );
  });
  return element(
    "table",
    { class: "reading-table" },
    element("caption", {}, `At ${axisLabel(picture)} ${written(picture.at, 4)}`),
    element(
      "thead",
      {},
      element("tr", {}, element("th", { scope: "col" }, "loss"), ...heads.map((head) => element("th", { scope: "col" }, head))),
    ),
    element("tbody", {}, ...rows),
  );
}

/** What can be drawn of numbers: gaps where there is none. */
function drawable(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

/** A value, or what stands for one far out of sight: a line on its way to a pole would lose its dashes. */
function near(value: number | null, [from, to]: readonly [number, number]): number | null {
  const beyond = to - from;
  return value === null ? null : Math.min(Math.max(value, from - beyond), to + beyond);
}

/** How far the ordinate reaches: all values, but for the far end of what shoots up near a pole. */
function span(columns: readonly (readonly (number | null)[])[]): [number, number] {
  const sorted = columns
    .flat()
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)]!;
  const [low, high, least, most] = [at(0.02), at(0.98), sorted[0]!, sorted.at(-1)!];
  const room = 1.5 * (high - low);
  const from = least < low - room ? low - 0.3 * (high - low) : least;
  const to = most > high + room ? high + 0.3 * (high - low) : most;
  return from === to ? [from - 1, to + 1] : [from, to];
}
