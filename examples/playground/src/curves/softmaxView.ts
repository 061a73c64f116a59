/** The softmax of three logits as bars, with the cross-entropy that each class would have as the true one. */

import { crossEntropy, logSumExp, softmax } from "simd-loss";
import { lastOf, type Query } from "../address";
import { columns } from "../columns";
import { element } from "../element";
import { numberElement, percent, written } from "../numbers";
import { slider } from "../slider";

const CLASSES = 3;
const START = [2, 1, -1];
const LOGITS = { min: -6, max: 6, step: 0.1 };
const TEMPERATURES = { min: 0.1, max: 5, step: 0.1 };

export interface ViewPart {
  readonly element: HTMLElement;
  query(): Query;
}

export function softmaxView(query: Query, changed: () => void): ViewPart {
  const given = lastOf(query, "logits")?.split(",").map(Number) ?? [];
  let logits = given.length === CLASSES && given.every(Number.isFinite) ? given : START;
  let temperature = Number(lastOf(query, "temperature") ?? 1);
  if (!(temperature >= TEMPERATURES.min && temperature <= TEMPERATURES.max)) temperature = 1;

  const bars = element("div", { class: "softmax-bars" });
  const table = element("div", { class: "reading" });
  const update = () => {
    const scaled = logits.map((logit) => logit / temperature);
    const probabilities = softmax(scaled);
    bars.replaceChildren(
      ...Array.from(probabilities, (probability, c) =>
        element(
          "div",
          { class: "softmax-bar", style: `--share: ${probability}; --colour: var(--series-${c + 1})` },
          element("span", { class: "softmax-track" }, element("span", { class: "softmax-fill" })),
          element("span", { class: "softmax-share" }, percent(probability)),
          element("span", {}, `class ${c}`),
        ),
      ),
    );
    table.replaceChildren(softmaxTable(logits, scaled, probabilities));
  };
  const moved = () => {
    update();
    changed();
  };
  const controls = element(
    "div",
    { class: "card" },
    ...logits.map(
      (logit, c) =>
        slider(`logit of class ${c}`, LOGITS, logit, (value) => {
          logits = logits.with(c, value);
          moved();
        }).element,
    ),
    slider("temperature", TEMPERATURES, temperature, (value) => {
      temperature = value;
      moved();
    }).element,
  );
  update();
  return {
    element: columns({
      controls: [[2, controls]],
      shown: [
        [1, bars],
        [3, table],
      ],
    }),
    query: () => [
      ["logits", logits.join(",")],
      ["temperature", String(temperature)],
    ],
  };
}

function softmaxTable(logits: readonly number[], scaled: readonly number[], probabilities: ArrayLike<number>): HTMLElement {
  const heads = ["class", "logit", "softmax", "cross-entropy if true"];
  return element(
    "table",
    { class: "reading-table" },
    element("caption", {}, `log-sum-exp ${written(logSumExp(scaled)[0]!)}`),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element(
      "tbody",
      {},
      ...logits.map((logit, c) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, element("span", { class: "swatch", style: `--colour: var(--series-${c + 1})` }), `class ${c}`),
          element("td", {}, numberElement(logit)),
          element("td", {}, numberElement(probabilities[c]!)),
          element("td", {}, numberElement(crossEntropy(scaled, [c]))),
        ),
      ),
    ),
  );
}
