/** The losses of a table, and where those of one of them are largest. */

import type { LossEntry, Settings } from "../catalogue";
import { element } from "../element";
import { formulaElement } from "../formula";
import { numberElement, percent, written } from "../numbers";
import { parameterControl } from "../parameter";
import { Plot } from "../plot";
import { fitting, lossesByRow, meanLoss, type Rows, rowsOf } from "./losses";
import { kinds, type Reading } from "./reading";
import type { Table } from "./table";

const LARGEST = 10;

export class Results {
  readonly element = element("div", { class: "stack" });
  private readonly plot = new Plot({ title: "Loss by row", xLabel: "row", height: 240 });
  private chosen = "";

  constructor(private readonly changed: () => void) {}

  get loss(): string {
    return this.chosen;
  }

  show(table: Table, reading: Reading, loss: string | undefined): void {
    const rows = rowsOf(table, reading);
    const losses = fitting(reading);
    if (rows.numbers.length === 0 || losses.length === 0) {
      const why =
        losses.length === 0 ? `No loss takes ${kinds[reading.kind].text}.` : "No row has both a prediction and a target that fits.";
      this.element.replaceChildren(element("p", { class: "hint", role: "status" }, why));
      return;
    }
    const named = (wanted: string | undefined) => losses.find(({ name }) => name === wanted);
    const entry = named(loss) ?? named(kinds[reading.kind].usual) ?? losses[0]!;
    this.chosen = entry.name;
    const detail = element("div", { class: "stack detail" });
    const radios = losses.map((each) => this.lossRow(each, rows, each === entry, () => this.detail(detail, each, rows, table, reading)));
    const heads = ["loss", "mean", "largest", "in row"];
    this.element.replaceChildren(
      element(
        "p",
        { class: "hint", role: "status" },
        `${table.name}: ${rows.numbers.length.toLocaleString("en")} rows evaluated${rows.leftOut === 0 ? "" : `, ${rows.leftOut.toLocaleString("en")} left out for want of a number`}.`,
      ),
      element(
        "table",
        { class: "reading-table losses" },
        element("caption", {}, "Choose a loss to see where it is large"),
        element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
        element("tbody", {}, ...radios),
      ),
      detail,
    );
    this.detail(detail, entry, rows, table, reading);
  }

  private lossRow(entry: LossEntry, rows: Rows, checked: boolean, choose: () => void): HTMLElement {
    const each = lossesByRow(entry, rows, {});
    const at = largestOf(each, 1)[0]!;
    const radio = element("input", { type: "radio", name: "loss", checked });
    radio.addEventListener("change", () => {
      this.chosen = entry.name;
      choose();
      this.changed();
    });
    return element(
      "tr",
      { "data-loss": entry.name },
      element("th", { scope: "row" }, element("label", {}, radio, entry.name)),
      element("td", {}, numberElement(meanLoss(entry, rows, {}))),
      element("td", {}, numberElement(each[at]!, 4)),
      element("td", {}, String(rows.numbers[at])),
    );
  }

  private detail(place: HTMLElement, entry: LossEntry, rows: Rows, table: Table, reading: Reading): void {
    let options: Settings = {};
    const body = element("div");
    const update = () => {
      const each = lossesByRow(entry, rows, options);
      const largest = largestOf(each, LARGEST);
      const sum = each.reduce((a, b) => a + b, 0);
      const mean = meanLoss(entry, rows, options);
      const top = new Set(largest);
      this.plot.show({
        xs: rows.numbers,
        lines: [
          { label: "others", colour: "--faint", values: Array.from(each, (x, i) => (top.has(i) ? null : x)), dots: true },
          { label: "largest", colour: "--series-1", values: Array.from(each, (x, i) => (top.has(i) ? x : null)), dots: true },
        ],
        summary: `${entry.name} of each row; the mean is ${written(mean, 4)}, the largest, in row ${rows.numbers[largest[0]!]}, ${written(each[largest[0]!]!, 4)}.`,
      });
      const share = largest.reduce((part, i) => part + each[i]!, 0) / sum;
      body.replaceChildren(
        element(
          "p",
          {},
          "Mean ",
          element("data", { value: mean, class: "mean" }, written(mean)),
          `. The ${largest.length} largest of ${each.length.toLocaleString("en")} rows make up ${percent(share)} of the sum.`,
        ),
        element("div", { class: "scroll" }, largestTable(largest, each, sum, rows, table, reading)),
      );
    };
    const controls = Object.entries(entry.parameters).map(([name, parameter]) =>
      parameterControl(name, parameter, parameter.default, {
        accepts: (value) => entry.accepts({ ...options, [name]: value }),
        onInput: (value) => {
          options = { ...options, [name]: value };
          update();
        },
      }),
    );
    place.replaceChildren(
      element("h3", {}, entry.name),
      formulaElement(entry.formula),
      element("p", { class: "hint" }, entry.use),
      ...controls,
      this.plot.element,
      body,
    );
    update();
  }
}

/** The indices of the largest values, the largest first; what is not a number counts as larger than any. */
function largestOf(values: Float64Array, count: number): number[] {
  const size = (x: number) => (Number.isNaN(x) ? Infinity : x);
  return Array.from(values.keys())
    .sort((a, b) => (size(values[a]!) === size(values[b]!) ? a - b : size(values[b]!) - size(values[a]!)))
    .slice(0, count);
}

function largestTable(
  largest: readonly number[],
  each: Float64Array,
  sum: number,
  rows: Rows,
  table: Table,
  { kind, predictions, target }: Reading,
): HTMLElement {
  const likeliest = kinds[kind].classes;
  const heads = ["row", likeliest ? "likeliest class" : predictions[0]!, target, "loss", "share of the sum"];
  return element(
    "table",
    { class: "largest" },
    element("caption", {}, `The largest losses of ${table.name}`),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element(
      "tbody",
      {},
      ...largest.map((i) => {
        const row = rows.predictions.subarray(i * rows.classes, (i + 1) * rows.classes);
        const predicted = likeliest ? row.indexOf(Math.max(...row)) : row[0]!;
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, String(rows.numbers[i])),
          element("td", {}, numberElement(predicted, 5)),
          element("td", {}, numberElement(rows.targets[i]!, 5)),
          element("td", {}, numberElement(each[i]!, 5)),
          element("td", {}, percent(each[i]! / sum)),
        );
      }),
    ),
  );
}
