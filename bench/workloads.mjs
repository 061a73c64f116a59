/** What is measured: operations × sizes as data, and a row for every loss that the library exports. */

import { formulas } from "./formulas.mjs";
import { rowFormulas } from "./rows.mjs";
import { sampleFormulas } from "./samples.mjs";

const modeNames = { value: "", forward: "", valueAndGrad: " value+grad" };

/**
 * A workload: `operation` in `mode` ("value", "valueAndGrad", or "forward" for functions) on `count` elements, which may lie
 * in `rows` of `classes`.
 */
function workload(group, operation, mode, size, precision = "f32") {
  const { prediction, target, third, thirdByRow } = formulas[operation] ??
    rowFormulas[operation] ??
    sampleFormulas[operation] ?? { prediction: "number", target: "number" };
  const [rows, classes] = Array.isArray(size) ? size : [0, 0];
  const count = rows === 0 ? size : rows * classes;
  const sizeName = rows === 0 ? exponential(size) : `${rows}x${classes}`;
  const name = `${operation}${modeNames[mode]} ${sizeName}${precision === "f64" ? " f64" : ""}`;
  return { name, groups: [group], operation, mode, precision, count, rows, classes, draws: { prediction, target, third, thirdByRow } };
}

/** 1e5 for 100000; small and uneven numbers as they are. */
function exponential(n) {
  const exponent = Math.log10(n);
  return exponent >= 3 && Number.isInteger(exponent) ? `1e${exponent}` : String(n);
}

const both = ["value", "valueAndGrad"];
const pointwise = ["mse", "mae", "huber", "binaryCrossEntropyWithLogits"];
const lengths = [1e3, 1e5, 1e7];
const shapes = [
  [4096, 10],
  [1024, 1000],
  [128, 32000],
  [16, 128256],
];

/** The modes of each operation. */
const modesOf = (operation) =>
  (operation in rowFormulas ? rowFormulas[operation].target : formulas[operation].target) ? both : ["forward"];

const over = (group, operations, sizes, precision) =>
  operations.flatMap((operation) =>
    sizes.flatMap((size) => modesOf(operation).map((mode) => workload(group, operation, mode, size, precision))),
  );

const rowwise = ["softmax", "logSoftmax", "crossEntropy"];

/** The workloads, one by name with all groups that it is in, given the names of the losses that the library exports. */
export function workloadsOf(losses) {
  const all = [
    ...over("element by element", pointwise, lengths),
    ...over("element by element", ["sigmoid"], lengths),
    ...over("by rows", rowwise, shapes),
    ...over("f64", [...pointwise, "sigmoid"], [1e5], "f64"),
    ...over("f64", rowwise, [[1024, 1000]], "f64"),
    ...over("short calls", ["mse", "binaryCrossEntropyWithLogits"], [16, 64]),
    ...over(
      "short calls",
      ["softmax", "crossEntropy"],
      [
        [1, 16],
        [1, 64],
      ],
    ),
    ...losses.map((name) =>
      workload("every loss", name, "valueAndGrad", sampleFormulas[name]?.size ?? (rowFormulas[name]?.target ? [1000, 100] : 1e5)),
    ),
  ];
  const byName = new Map();
  for (const each of all) {
    const { groups } = byName.get(each.name) ?? { groups: [] };
    byName.set(each.name, { ...each, groups: [...new Set([...groups, ...each.groups])] });
  }
  return [...byName.values()];
}

/** The workloads that stand for the rest in README.md and in the chart. */
export const headlines = [
  "mse 1e5",
  "mse value+grad 1e5",
  "mae value+grad 1e5",
  "huber value+grad 1e5",
  "binaryCrossEntropyWithLogits value+grad 1e5",
  "sigmoid 1e5",
  "softmax 4096x10",
  "softmax 1024x1000",
  "logSoftmax 1024x1000",
  "crossEntropy 1024x1000",
  "crossEntropy value+grad 4096x10",
  "crossEntropy value+grad 1024x1000",
  "crossEntropy value+grad 128x32000",
];

export const isHeadline = ({ name }) => headlines.includes(name);

/** On which import and first call are measured: the shortest call of what every library has. */
export const coldStartWorkload = workload("short calls", "softmax", "forward", [1, 16]);
