/** A chart of the ratios to the baseline as SVG: bars by workload, on a logarithmic scale. */

import { init } from "echarts";
import { BASELINE } from "../contenders.mjs";
import { isHeadline } from "../workloads.mjs";
import { digits } from "./numbers.mjs";
import { contendersIn, resultOf } from "./rows.mjs";

const WIDTH = 900;
const BAR = 9;
const GAP = 14;
const TOP = 96;
const BOTTOM = 90;
const LEFT = 290;
const RIGHT = 60;

/** Colours that stay apart when there are as many bars as contenders and peers. */
const colours = [
  ["#bbbbbb", "#8c8c8c", "#86c5f4", "#2f8fe0", "#7ad1a0", "#12894e", "#444444", "#000000"],
  ["#f6c7a8", "#eb9a61", "#f2a0a0", "#d24b4b", "#d9b3e6", "#9a52b5", "#e8d77a", "#b99f1f", "#a5784f"],
].flat();

/** The chart of the headline workloads, or of all if none of them was measured. */
export function chart({ measured: all, circumstances }) {
  const chosen = all.filter(({ workload }) => isHeadline(workload));
  const measured = chosen.length > 0 ? chosen : all;
  const names = contendersIn(measured).filter((name) => name !== BASELINE);
  const height = TOP + BOTTOM + measured.length * (names.length * BAR + GAP);
  const view = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  view.setOption({
    animation: false,
    backgroundColor: "#fff",
    color: colours,
    title: [
      { text: `Times as fast as ${BASELINE} JavaScript`, left: "center", top: 8 },
      { text: circumstances, left: 20, bottom: 8, textStyle: { fontSize: 9, fontWeight: "normal", width: WIDTH - 120, overflow: "break" } },
    ],
    legend: { top: 40, left: 40, right: 40, itemHeight: 8, itemGap: 18, textStyle: { fontSize: 11 } },
    grid: { left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM },
    xAxis: { type: "log", splitLine: { lineStyle: { color: "#ddd" } } },
    yAxis: { type: "category", inverse: true, data: measured.map(({ workload }) => workload.name), axisTick: { show: false } },
    series: names.map((name, i) => ({
      name,
      type: "bar",
      barWidth: BAR - 1,
      data: measured.map((measurement) => {
        const result = resultOf(measurement, name);
        return result?.ratio === undefined || result.errors?.wrong ? null : result.ratio.median;
      }),
      label: { show: true, position: "right", fontSize: 8, formatter: ({ value }) => (value > 0 ? digits(value) : "") },
      ...(i === 0 && {
        markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: "#333" }, data: [{ xAxis: 1 }] },
      }),
    })),
  });
  const svg = view.renderToSVGString();
  view.dispose();
  return svg;
}
