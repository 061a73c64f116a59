/** Losses of a sample's classes whose target is as long as the prediction: their formulas, slopes and errors. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { init, jensenShannon, multilabelMargin } from "../src/index";
import { arrayOf, backends, precisions, typed } from "./available";
import { type Options, rowLosses } from "./catalogue";
import { axisOf, flattened, type Layout, rows, samplesOf } from "./classReference";
import { expectClose, expectNumber } from "./closeness";
import {
  expectRefused,
  type Mistake,
  numbers,
  reals,
  six,
  wrongEntries,
  wrongKinds,
  wrongOptions,
  wrongOuts,
  wrongShared,
} from "./mistakes";
import { between, draws, pick, random } from "./random";
import { reductions, scaled, summed } from "./reference";
import { type RowTargetLoss, rowLossFormulas } from "./rowLossReference";

const layouts: readonly (readonly [Layout, Options])[] = [
  [rows(7, 5), { classes: 5 }],
  [rows(3, 40), { shape: [3, 40] }],
  [rows(2, 300), { classes: 300 }],
  [rows(1100, 3), { classes: 3 }],
  [axisOf([2, 4, 9], 1), { shape: [2, 4, 9] }],
  [axisOf([3, 2, 5], 2), { shape: [3, 2, 5], axis: -1 }],
  [axisOf([6, 700], 0), { shape: [6, 700], axis: 0 }],
];

interface Shared {
  readonly reduction: (typeof reductions)[number];
  readonly weights: readonly number[] | undefined;
  readonly classWeights: readonly number[] | undefined;
  readonly upstream: number | readonly number[];
}

function resultOf(formula: RowTargetLoss, data: readonly number[][], targets: readonly number[][], layout: Layout, shared: Shared) {
  const { reduction, weights, classWeights, upstream } = shared;
  const weightOf = (sample: number) => weights?.[sample] ?? 1;
  const values = data.map((row, i) =>
    weightOf(i) === 0 ? { is: 0, added: 0 } : scaled(formula.value(row, targets[i]!, classWeights), weightOf(i)),
  );
  const divisor = reduction === "mean" ? data.reduce((sum, _, i) => sum + weightOf(i), 0) : 1;
  const grad = data.map((row, i) => {
    const factor = (weightOf(i) * (typeof upstream === "number" ? upstream : upstream[i]!)) / divisor;
    return formula.slope(row, targets[i]!, classWeights).map((slope) => scaled(slope, weightOf(i) === 0 ? 0 : factor));
  });
  const total = summed(values);
  const value = reduction === "none" ? values : [{ is: total.is / divisor, added: total.added / divisor }];
  return { value, grad: flattened(grad, layout), divisor };
}

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });

  describe.each(rowLosses.map((entry) => [entry.name, entry] as const))("%s", (name, entry) => {
    const { loss, input } = entry;
    const formula = rowLossFormulas[name]!;

    test.each(precisions)("equals its formula in %s", (precision) => {
      fc.assert(
        fc.property(fc.constantFrom(...layouts), fc.nat(), ([layout, where], seed) => {
          const next = random(seed);
          const samples = layout.groups * layout.positions;
          const x = typed(precision, draws(next, samples * layout.classes, entry.prediction));
          const target = typed(
            precision,
            flattened(
              Array.from({ length: samples }, () => entry.target(next, layout.classes)),
              layout,
            ),
          );
          const reduction = pick(next, reductions);
          const drawn = (count: number) => [
            ...typed(
              precision,
              draws(next, count, (u) => pick(u, [0, u(), 2])),
            ),
          ];
          const shared: Shared = {
            reduction,
            weights: pick(next, [undefined, drawn(samples)]),
            classWeights: loss.options.has("classWeights") ? pick(next, [undefined, drawn(layout.classes)]) : undefined,
            upstream:
              reduction === "none"
                ? [
                    ...typed(
                      precision,
                      draws(next, samples, (u) => between(u, -2, 2)),
                    ),
                  ]
                : between(next, -2, 2),
          };
          const expected = resultOf(formula, samplesOf(x, layout), samplesOf(target, layout), layout, shared);
          fc.pre(expected.divisor > 0);
          const options: Options = { ...where, ...Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined)) };
          const what = `${name} ${JSON.stringify({ ...layout, reduction })}`;
          const { value, grad } = loss.valueAndGrad(x, target, options);
          expectClose(precision, value, expected.value, `${what} value`);
          expectClose(precision, grad, expected.grad, `${what} gradient`);
          expectClose(precision, loss.grad(x, target, options), expected.grad, `${what} gradient alone`);
          if (reduction === "none") return;
          const { weights, classWeights } = shared;
          const accumulator = loss.accumulator({ ...where, reduction, ...(classWeights && { classWeights }) });
          expectNumber(precision, accumulator.update(x, target, { weights } as never).value(), expected.value[0]!, `${what} accumulated`);
        }),
        { numRuns: 30 },
      );
    });

    test("its gradient is the difference quotient of its value", () => {
      const next = random(11);
      const [x, target] = [draws(next, 24, entry.prediction), Array.from({ length: 4 }, () => entry.target(next, 6)).flat()];
      const kink = samplesOf(x, rows(4, 6)).map((row, i) => formula.kink?.(row, target.slice(6 * i, 6 * i + 6)) ?? Infinity);
      expect(Math.min(...kink)).toBeGreaterThan(1e-4);
      const grad = loss.grad(x, target, { classes: 6 });
      for (let i = 0; i < x.length; i++) {
        const step = 1e-4 * (Math.abs(x[i]!) || 1);
        const [above, below] = [step, -step].map((by) => loss(x.with(i, x[i]! + by), target, { classes: 6 }) as number);
        expect(grad[i]).toBeCloseTo((above! - below!) / (2 * step), 5);
      }
    });

    test("a weight of 0 silences NaN, which is kept elsewhere", () => {
      const next = random(3);
      const x = draws(next, 6, entry.prediction).with(1, NaN);
      const target = entry.lists ? [0, -1, -1, 1, 2, -1] : [1, 0, 0, 0, 1, 0];
      const { value, grad } = loss.valueAndGrad(x, target, { classes: 3, reduction: "none" });
      expect([...(value as unknown as Float64Array)].map(Number.isNaN)).toEqual([true, false]);
      expect(grad[1]).toBeNaN();
      const silent = loss.valueAndGrad(x, target, { classes: 3, weights: [0, 1] });
      expect(silent.value).toBe((value as unknown as Float64Array)[1]);
      expect([...silent.grad.slice(0, 3)]).toEqual([0, 0, 0]);
    });

    test("nothing in, nothing out", () => {
      for (const precision of precisions) {
        const nothing = new arrayOf[precision](0);
        expect(loss(nothing, [], { classes: 3 })).toBeNaN();
        expect(loss(nothing, [], { classes: 3, reduction: "sum" })).toBe(0);
        expect(loss.grad(nothing, [], { classes: 3 })).toEqual(nothing);
      }
    });

    const known = [
      "classes",
      "shape",
      "axis",
      ...(loss.options.has("classWeights") ? ["classWeights"] : []),
      "reduction",
      "weights",
      "out",
      "upstream",
    ];
    const lists = entry.lists ? "of label lists" : "distribution";
    const mistakes: readonly Mistake[] = [
      ...wrongKinds("first", `${input} ${reals}`, [[new Int32Array(6), "an Int32Array"]]),
      ...wrongKinds("second", `target ${numbers}`),
      ...wrongEntries("first", input),
      ...wrongEntries("second", "target"),
      ...wrongOptions(known),
      ...wrongShared(2),
      ...wrongOuts(),
      {
        what: "no classes",
        options: { classes: undefined },
        error: TypeError,
        message: `classes (or shape) must be given with a target ${lists}, got neither`,
      },
    ];
    test.each(mistakes.map((mistake) => [mistake.what, mistake] as const))("%s", (_, mistake) => {
      expectRefused(mistake, loss.grad as never, [six(), [0, 1, 1, 0, 1, 1], { classes: 3 }]);
    });
  });

  test.each(precisions)("jensenShannon of shares so far apart that their ratio to the mean is rounded to 0, in %s", (precision) => {
    const term = (p: number, t: number) => (p * Math.log((2 * p) / (p + t)) + t * Math.log((2 * t) / (p + t))) / 2;
    for (const far of [2 ** -24, 2 ** -25, 2 ** -26, 1e-9, 2 ** -53, 1e-20, 1e-37]) {
      for (const near of [1, 0.3, 1e-3]) {
        for (const [p, t] of [
          [near, near * far],
          [near * far, near],
        ] as const) {
          const [x, target] = [typed(precision, [p, 0]), typed(precision, [t, 0])];
          const is = term(x[0]!, target[0]!);
          expectClose(precision, [jensenShannon(x, target, { classes: 2 }) as number], [{ is, added: is }], `${p} against ${t}`);
        }
      }
    }
  });

  test("lists of labels are checked up to their end", () => {
    const refusal = (lists: readonly number[]) => () => multilabelMargin([1, 2, 3, 4], lists, { classes: 2 });
    expect(refusal([0, 2, 1, -1])).toThrow(new RangeError("label 2 at index 1 is not a class: there are 2 classes"));
    expect(refusal([0, -2, 1, -1])).toThrow(new RangeError("label -2 at index 1 is not a class: there are 2 classes"));
    expect(refusal([0.5, -1, 1, -1])).toThrow(new RangeError("label 0.5 at index 0 is not an integer"));
    expect(refusal([0, -1, -1, 7])).not.toThrow();
  });
});
