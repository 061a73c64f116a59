/** Some of the digits held out, drawn, with what the network takes them for; and the table of what it confuses. */

import { element } from "../element";
import type { Digits } from "./protocol";

const SIDE = 8;
const SHOWN = 24;
const CLASSES = 10;

/** Which digits are shown: the first ones, or those that the network gets wrong. */
export type Choice = "first" | "mistakes";

export class DigitGallery {
  readonly element = element("ul", { class: "digits", "aria-label": "Digits held out, with predictions" });
  private readonly figures = Array.from({ length: SHOWN }, () => {
    const canvas = element("canvas", { width: SIDE, height: SIDE, role: "img" });
    const said = element("span");
    const item = element("li", {}, canvas, said);
    return { canvas, said, item };
  });

  constructor() {
    this.element.append(...this.figures.map(({ item }) => item));
  }

  show({ pixels, labels }: Digits, predicted: Uint8Array, certainty: Float32Array, choice: Choice): void {
    const rows = Array.from(labels.keys()).filter((row) => choice === "first" || predicted[row] !== labels[row]);
    this.figures.forEach(({ canvas, said, item }, i) => {
      const row = rows[i];
      item.hidden = row === undefined;
      if (row === undefined) return;
      paint(canvas, pixels.subarray(row * SIDE * SIDE, (row + 1) * SIDE * SIDE));
      const right = predicted[row] === labels[row];
      item.className = right ? "right" : "wrong";
      canvas.setAttribute("aria-label", `a handwritten ${labels[row]}`);
      said.textContent = `${right ? "✓" : "✗"} ${predicted[row]} · ${(100 * certainty[row]!).toFixed(0)} %`;
    });
  }
}

function paint(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(SIDE, SIDE);
  pixels.forEach((pixel, i) => {
    image.data.set([24, 22, 20, Math.round(255 * pixel)], 4 * i);
  });
  context.putImageData(image, 0, 0);
}

/** How often each digit is taken for each. */
export function confusionTable(labels: Int32Array, predicted: Uint8Array): HTMLElement {
  const counts = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  labels.forEach((label, row) => {
    counts[label]![predicted[row]!]!++;
  });
  const digits = Array.from({ length: CLASSES }, (_, digit) => String(digit));
  return element(
    "table",
    { class: "confusion" },
    element("caption", {}, "Rows: the digit. Columns: what it is taken for."),
    element("thead", {}, element("tr", {}, element("td"), ...digits.map((digit) => element("th", { scope: "col" }, digit)))),
    element(
      "tbody",
      {},
      ...counts.map((row, digit) => {
        const total = row.reduce((a, b) => a + b, 0);
        const cells = row.map((count, taken) =>
          element(
            "td",
            { class: taken === digit ? "same" : "other", style: `--share: ${total === 0 ? 0 : count / total}` },
            count === 0 ? "·" : String(count),
          ),
        );
        return element("tr", {}, element("th", { scope: "row" }, String(digit)), ...cells);
      }),
    ),
  );
}
