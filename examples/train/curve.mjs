/** The picture of a loss curve. */

import { init } from "echarts";

/** An SVG of the losses by epoch, on a logarithmic axis. */
export function lossCurve(losses) {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 640, height: 360 });
  chart.setOption({
    animation: false,
    title: { text: "Training loss on handwritten digits", left: "center" },
    xAxis: { type: "value", name: "epoch", nameLocation: "middle", min: 1, max: losses.length },
    yAxis: { type: "log", name: "cross-entropy, nats" },
    series: [{ type: "line", showSymbol: false, data: losses.map((loss, i) => [i + 1, loss]) }],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
