/** A line chart by uPlot: in the page's colours, as wide as its place, and described in words for who cannot see it. */

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { element } from "./element";
import { colour, onTheme } from "./theme";

export interface Line {
  readonly label: string;
  /** The custom property of the line's colour. */
  readonly colour: string;
  readonly values: ArrayLike<number | null>;
  readonly width?: number;
  readonly dash?: number[];
  /** Dots instead of a line. */
  readonly dots?: boolean;
  /** Whether values that are missing interrupt the line. Default true. */
  readonly gaps?: boolean;
}

export interface PlotOptions {
  readonly title: string;
  readonly xLabel: string;
  readonly height: number;
  readonly logarithmic?: boolean;
  /** Plots of one name move their cursors together. */
  readonly sync?: string;
  /** Called with the abscissa of a click. */
  readonly onPick?: (x: number) => void;
}

export interface Data {
  readonly xs: ArrayLike<number>;
  readonly lines: readonly Line[];
  /** What the ordinate spans; by default all values. */
  readonly range?: readonly [number, number];
  /** An abscissa to mark. */
  readonly marker?: number;
  readonly xLabel?: string;
  /** What the picture shows, in a sentence. */
  readonly summary: string;
}

const plots = new Set<Plot>();
onTheme(() => {
  for (const plot of plots) plot.redraw();
});

export class Plot {
  readonly element: HTMLElement;
  private readonly canvas = element("div", { class: "canvas", role: "img" });
  private chart: uPlot | undefined;
  private data: Data | undefined;
  private signature = "";

  constructor(private readonly options: PlotOptions) {
    this.element = element("figure", { class: "plot" }, element("figcaption", {}, options.title), this.canvas);
    this.canvas.style.height = `${options.height}px`;
    plots.add(this);
    new ResizeObserver(() => {
      if (this.chart !== undefined) this.chart.setSize(this.size());
      else if (this.data !== undefined) this.show(this.data);
    }).observe(this.canvas);
  }

  show(data: Data): void {
    this.data = data;
    this.canvas.setAttribute("aria-label", `${this.options.title}. ${data.summary}`);
    if (this.canvas.clientWidth === 0) return;
    const signature = JSON.stringify([data.xLabel, data.lines.map(({ label, colour, width, dash }) => [label, colour, width, dash])]);
    const columns = [data.xs, ...data.lines.map(({ values }) => values)] as unknown as uPlot.AlignedData;
    if (this.chart !== undefined && signature === this.signature) {
      this.chart.setData(columns);
      return;
    }
    this.signature = signature;
    this.chart?.destroy();
    this.chart = new uPlot(this.configuration(data), columns, this.canvas);
  }

  redraw(): void {
    this.chart?.redraw(false);
  }

  private size(): { width: number; height: number } {
    return { width: this.canvas.clientWidth, height: this.options.height };
  }

  private configuration(data: Data): uPlot.Options {
    const { sync, logarithmic = false, onPick } = this.options;
    const axis: uPlot.Axis = {
      stroke: () => colour("--muted"),
      grid: { stroke: () => colour("--line"), width: 1 },
      ticks: { show: false },
      font: "12px Inter, sans-serif",
      labelFont: "12px Inter, sans-serif",
    };
    return {
      ...this.size(),
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false }, ...(sync === undefined ? {} : { sync: { key: sync } }) },
      scales: {
        // A single abscissa spans nothing, and an axis of no extent has no end of ticks.
        x: { time: false, range: (_, low, high) => [low ?? 0, high > low ? high : (low ?? 0) + 1] },
        y: { distr: logarithmic ? 3 : 1, range: (_, low, high) => this.range(low, high) },
      },
      axes: [
        { ...axis, label: data.xLabel ?? this.options.xLabel, labelSize: 20, size: 28, values },
        {
          ...axis,
          size: 52,
          values,
          ...(logarithmic ? { splits: logarithmicSplits } : {}),
        },
      ],
      series: [
        {},
        ...data.lines.map((line) => ({
          label: line.label,
          stroke: () => colour(line.colour),
          pxAlign: 0,
          width: line.dots ? 0 : (line.width ?? 2),
          spanGaps: line.gaps === false,
          points: line.dots ? { show: true, size: 5, stroke: () => colour(line.colour), fill: () => colour(line.colour) } : { show: false },
          ...(line.dash === undefined ? {} : { dash: line.dash }),
        })),
      ],
      hooks: {
        draw: [(chart) => this.mark(chart)],
        ready: [
          (chart) => {
            if (onPick === undefined) return;
            chart.over.style.cursor = "crosshair";
            chart.over.addEventListener("click", () => onPick(chart.posToVal(chart.cursor.left ?? 0, "x")));
          },
        ],
      },
    };
  }

  private range(low: number, high: number): uPlot.Range.MinMax {
    const [from, to] = this.data?.range ?? [low, high];
    if (this.options.logarithmic) return from > 0 && to > 0 ? [from / 1.2, to * 1.2] : [0.1, 10];
    const room = (to - from || 1) * 0.05;
    return [from - room, to + room];
  }

  /** The vertical line at the marked abscissa. */
  private mark(chart: uPlot): void {
    const marker = this.data?.marker;
    if (marker === undefined) return;
    const { ctx, bbox } = chart;
    const x = Math.round(chart.valToPos(marker, "x", true)) + 0.5;
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) return;
    ctx.save();
    ctx.strokeStyle = colour("--ink");
    ctx.globalAlpha = 0.55;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }
}

function values(_: uPlot, splits: (number | null)[]): string[] {
  return splits.map((split) => (split === null ? "" : shortly(split)));
}

/** Powers of ten; where there are few of them, their doubles and fivefolds too. uPlot's own never end unless a power begins the axis. */
function logarithmicSplits(_: uPlot, __: number, min: number, max: number): number[] {
  const exponents = Array.from({ length: Math.ceil(Math.log10(max / min)) + 2 }, (_, i) => Math.floor(Math.log10(min)) + i);
  const within = (factors: readonly number[]) =>
    exponents.flatMap((exponent) => factors.map((factor) => factor * 10 ** exponent)).filter((x) => x >= min && x <= max);
  const powers = within([1]);
  return powers.length > 1 ? powers : within([1, 2, 5]);
}

/** A number at an axis. */
function shortly(x: number): string {
  const size = Math.abs(x);
  const text = size !== 0 && (size >= 1e5 || size < 1e-3) ? x.toExponential(0).replace("e+", "e") : String(Number(x.toPrecision(6)));
  return text.replaceAll("-", "−");
}
