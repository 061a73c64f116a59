/** A chart of the ratios to the baseline as SVG: bars by workload, on a logarithmic scale. */

import { init } from "echarts";
import { BASELINE } from "../contenders.mjs";
import { headlines } from "../workloads.mjs";
import { digits } from "./numbers.mjs";
import { contendersIn, resultOf } from "./rows.mjs";

const WIDTH = 900;
const BAR = 9;
const GAP = 14;
const FRAME = 110;

/** The chart of the headline workloads, or of all if none of them was measured. */
export function chart({ measured: all, circumstances }) {
  const chosen = all.filter(({ workload }) => headlines.includes(workload.name));
  const measured = chosen.length > 0 ? chosen : all;
  const names = contendersIn(measured).filter((name) => name !== BASELINE);
  const height = FRAME + measured.length * (names.length * BAR + GAP);
  const view = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  view.setOption({
    animation: false,
    backgroundColor: "#fff",
    title: {
      text: `times as fast as ${BASELINE} JavaScript`,
      subtext: circumstances,
      subtextStyle: { fontSize: 10, width: WIDTH - 40, overflow: "break" },
    },
    legend: { top: 56, itemHeight: 8, textStyle: { fontSize: 11 } },
    grid: { left: 250, right: 60, top: 84, bottom: 24 },
    xAxis: { type: "log", min: 0.1, name: "×", splitLine: { lineStyle: { color: "#ddd" } } },
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
