/** The course of a training: loss by batch and by epoch, accuracy by epoch, as pictures and as a table. */

import { element } from "../element";
import { numberElement, percent, written } from "../numbers";
import { Plot } from "../plot";
import type { Epoch, Progress } from "./protocol";

export class History {
  readonly element: HTMLElement;
  private readonly loss = new Plot({ title: "Loss", xLabel: "epoch", height: 260, logarithmic: true });
  private readonly accuracy = new Plot({ title: "Accuracy on digits held out", xLabel: "epoch", height: 260 });
  private readonly rows = element("tbody");
  private batches: number[] = [];
  private epochs: Epoch[] = [];
  private stepsPerEpoch = 1;
  private tested = 1;

  constructor() {
    const heads = ["epoch", "training loss", "test loss", "accuracy"];
    const head = element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text))));
    const legend = element(
      "p",
      { class: "legend" },
      ...[
        ["--faint", "batch"],
        ["--series-1", "training, mean of the epoch"],
        ["--series-2", "test"],
      ].map(([colour, text]) => element("span", {}, element("span", { class: "swatch", style: `--colour: var(${colour})` }), text!)),
    );
    this.element = element(
      "div",
      { class: "stack" },
      element("div", { class: "pair" }, this.loss.element, this.accuracy.element),
      legend,
      element(
        "details",
        {},
        element("summary", {}, "The epochs as a table"),
        element("div", { class: "scroll" }, element("table", { class: "epochs" }, head, this.rows)),
      ),
    );
  }

  clear(): void {
    this.batches = [];
    this.epochs = [];
    this.rows.replaceChildren();
    this.draw();
  }

  add({ batches, epochs, stepsPerEpoch, predicted }: Progress): void {
    this.stepsPerEpoch = stepsPerEpoch;
    this.tested = predicted.length;
    this.batches.push(...batches);
    for (const epoch of epochs) {
      this.epochs.push(epoch);
      this.rows.append(
        element(
          "tr",
          {},
          element("th", { scope: "row" }, String(this.epochs.length)),
          element("td", {}, numberElement(epoch.loss)),
          element("td", {}, numberElement(epoch.testLoss)),
          element("td", {}, percent(epoch.correct / this.tested)),
        ),
      );
    }
    this.draw();
  }

  private draw(): void {
    const { batches, epochs, stepsPerEpoch } = this;
    const xs = batches.map((_, i) => (i + 1) / stepsPerEpoch);
    const byEpoch = (of: (epoch: Epoch) => number) => {
      const values = new Array<number | null>(batches.length).fill(null);
      epochs.forEach((epoch, i) => {
        values[(i + 1) * stepsPerEpoch - 1] = positive(of(epoch));
      });
      return values;
    };
    const last = epochs.at(-1);
    this.loss.show({
      xs,
      lines: [
        { label: "batch", colour: "--faint", values: batches.map(positive), width: 1 },
        { label: "training", colour: "--series-1", values: byEpoch(({ loss }) => loss), gaps: false },
        { label: "test", colour: "--series-2", values: byEpoch(({ testLoss }) => testLoss), gaps: false },
      ],
      summary:
        last === undefined
          ? "No epoch has ended yet."
          : `After ${epochs.length} epochs the training loss is ${written(last.loss, 4)}, the test loss ${written(last.testLoss, 4)}.`,
    });
    const shares = epochs.map(({ correct }) => correct / this.tested);
    this.accuracy.show({
      xs: epochs.map((_, i) => i + 1),
      lines: [{ label: "accuracy", colour: "--series-2", values: shares }],
      range: [Math.min(0.9, ...shares), 1],
      summary: shares.length === 0 ? "No epoch has ended yet." : `After ${epochs.length} epochs it is ${percent(shares.at(-1)!)}.`,
    });
  }
}

/** What a logarithmic axis can show. */
function positive(value: number): number | null {
  return value > 0 && Number.isFinite(value) ? value : null;
}
