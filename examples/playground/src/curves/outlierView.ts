/** Lines fitted to points by squared, absolute and Huber loss, while one of the points is moved away. */

import { lastOf, type Query } from "../address";
import { type AnyLoss, drawableLosses } from "../catalogue";
import { columns } from "../columns";
import { element, svg } from "../element";
import { numberElement, written } from "../numbers";
import { slider } from "../slider";
import { colourOf, dashOf, swatch } from "./cards";
import { fitLine, type Line } from "./fit";
import type { ViewPart } from "./softmaxView";

const XS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** About the line 1 + 0.5 x. */
const YS = [1.2, 1.3, 2.2, 2.3, 3.1, 3.4, 4.2, 4.3, 5.1, 5.4];
const MOVED = XS.length - 1;
const HEIGHTS = { min: -8, max: 14, step: 0.1 };
const START = -4;
const compared = ["mse", "mae", "huber"];

const WIDTH = 800;
const HEIGHT = 420;
const MARGIN = 28;
const toX = (x: number) => MARGIN + ((WIDTH - 2 * MARGIN) * (x + 0.5)) / XS.length;
const toY = (y: number) => MARGIN + ((HEIGHT - 2 * MARGIN) * (HEIGHTS.max - y)) / (HEIGHTS.max - HEIGHTS.min);
const fromY = (pixels: number) => HEIGHTS.max - ((pixels - MARGIN) * (HEIGHTS.max - HEIGHTS.min)) / (HEIGHT - 2 * MARGIN);

export function outlierView(query: Query, changed: () => void): ViewPart {
  const losses = compared.flatMap((name) => drawableLosses.filter((entry) => entry.name === name)).map(({ loss }) => loss);
  const given = Number(lastOf(query, "y") ?? NaN);
  let y = given >= HEIGHTS.min && given <= HEIGHTS.max ? given : START;

  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "scatter" });
  const table = element("div", { class: "reading" });
  const update = () => {
    const ys = YS.with(MOVED, y);
    const lines = losses.map((loss) => fitLine(loss, XS, ys));
    draw(picture, lines, ys);
    const told = lines.map(({ slope }, i) => `${losses[i]!.lossName} slope ${written(slope, 3)}`).join("; ");
    picture.setAttribute("aria-label", `Ten points, the last at height ${written(y, 3)}, and the line that each loss fits: ${told}.`);
    table.replaceChildren(fitTable(losses, lines, ys));
  };
  const control = slider("height of the last point", HEIGHTS, y, (value) => {
    y = value;
    update();
    changed();
  });
  dragging(picture, (height) => {
    y = height;
    control.set(y);
    update();
    changed();
  });
  update();
  const hint = "The point can also be dragged in the picture.";
  const frame = element("div", { class: "frame" }, picture);
  return {
    element: columns({
      controls: [[2, element("div", { class: "card" }, control.element, element("p", { class: "hint" }, hint))]],
      shown: [
        [1, frame],
        [3, table],
      ],
    }),
    query: () => [["y", String(y)]],
  };
}

function draw(picture: SVGSVGElement, lines: readonly Line[], ys: readonly number[]): void {
  const at = (x: number, line: Line) => toY(line.slope * x + line.intercept);
  const [first, last] = [-0.5, XS.length - 0.5];
  picture.replaceChildren(
    svg("line", { class: "axis", x1: MARGIN, x2: WIDTH - MARGIN, y1: toY(0), y2: toY(0) }),
    ...lines.map((line, i) =>
      svg("line", {
        class: "fit",
        x1: toX(first),
        x2: toX(last),
        y1: at(first, line),
        y2: at(last, line),
        style: `--colour: var(${colourOf(i)})`,
        "stroke-dasharray": dashOf(i)?.join(" "),
      }),
    ),
    ...ys.map((y, i) => svg("circle", { class: i === MOVED ? "moved" : "point", cx: toX(XS[i]!), cy: toY(y), r: i === MOVED ? 13 : 7 })),
  );
}

/** Moves the last point with a pointer pressed in the picture. */
function dragging(picture: SVGSVGElement, move: (height: number) => void): void {
  const follow = (event: PointerEvent) => {
    const { top, height } = picture.getBoundingClientRect();
    const y = fromY(((event.clientY - top) / height) * HEIGHT);
    move(Number(Math.min(Math.max(y, HEIGHTS.min), HEIGHTS.max).toFixed(1)));
  };
  picture.addEventListener("pointerdown", (event) => {
    if (!(event.target as Element).classList.contains("moved")) return;
    picture.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  picture.addEventListener("pointermove", (event) => {
    if (picture.hasPointerCapture(event.pointerId)) follow(event);
  });
}

/** The slope of each line, what it would be without the moved point, and the mean loss of all points about it. */
function fitTable(losses: readonly AnyLoss[], lines: readonly Line[], ys: readonly number[]): HTMLElement {
  const heads = ["loss", "slope", "without the last point", "mean loss"];
  return element(
    "table",
    { class: "reading-table" },
    element("caption", {}, "The line that each loss fits"),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element(
      "tbody",
      {},
      ...losses.map((loss, i) => {
        const { slope, intercept } = lines[i]!;
        const predictions = XS.map((x) => slope * x + intercept);
        const without = fitLine(loss, XS.slice(0, MOVED), ys.slice(0, MOVED));
        return element(
          "tr",
          { "data-loss": loss.lossName },
          element("th", { scope: "row" }, swatch(i), loss.lossName),
          element("td", {}, numberElement(slope, 3)),
          element("td", {}, numberElement(without.slope, 3)),
          element("td", {}, numberElement(loss(predictions, ys) as number, 4)),
        );
      }),
    ),
  );
}
