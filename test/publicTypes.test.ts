/** What the type checker says of the public functions; `tsc` checks these expectations, the runner that the values agree. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { expect, expectTypeOf, test } from "vitest";
import {
  crossEntropy,
  ctc,
  defineLoss,
  dice,
  gaussianNll,
  huber,
  klDivergence,
  type LossOptions,
  l2Penalty,
  logSumExp,
  marginRanking,
  mse,
  nll,
  type Reals,
  type Reduction,
  softmax,
} from "../src/index";

const singles = new Float32Array([1, 2]);
const doubles = new Float64Array([1, 2]);
const plain = [1, 2];
const f32 = expect.any(Float32Array);
const f64 = expect.any(Float64Array);

test("a mean and a sum are numbers", () => {
  expectTypeOf(mse(singles, plain)).toEqualTypeOf<number>();
  expectTypeOf(mse(plain, singles, { reduction: "sum" })).toEqualTypeOf<number>();
  expectTypeOf(crossEntropy(doubles, [0], { reduction: "mean" })).toEqualTypeOf<number>();
  expect([mse(singles, plain), mse(plain, singles, { reduction: "sum" })]).toEqual([0, 0]);
});

test("values by element have the prediction's precision", () => {
  expectTypeOf(mse(singles, doubles, { reduction: "none" })).toEqualTypeOf<Float32Array>();
  expectTypeOf(mse(doubles, singles, { reduction: "none" })).toEqualTypeOf<Float64Array>();
  expectTypeOf(mse(plain, singles, { reduction: "none" })).toEqualTypeOf<Float64Array>();
  expectTypeOf(nll(singles, [0], { reduction: "none" })).toEqualTypeOf<Float32Array>();
  expect([mse(singles, doubles, { reduction: "none" }), mse(plain, singles, { reduction: "none" })]).toEqual([f32, f64]);
});

test("a reduction known only at run time gives either", () => {
  const reduction = "none" as Reduction;
  const options: LossOptions = { reduction };
  expectTypeOf(mse(singles, plain, options)).toEqualTypeOf<number | Float32Array>();
  expectTypeOf(mse(singles as Reals, plain, { reduction: "none" })).toEqualTypeOf<Float32Array | Float64Array>();
  expect(mse(singles, plain, options)).toEqual(f32);
});

test("gradients have the prediction's precision", () => {
  expectTypeOf(huber.grad(singles, plain, { delta: 2 })).toEqualTypeOf<Float32Array>();
  expectTypeOf(huber.grad(plain, singles)).toEqualTypeOf<Float64Array>();
  expectTypeOf(l2Penalty.grad(singles)).toEqualTypeOf<Float32Array>();
  expectTypeOf(softmax.grad(doubles, singles)).toEqualTypeOf<Float64Array>();
  expect([huber.grad(singles, plain), softmax.grad(doubles, singles)]).toEqual([f32, f64]);
});

test("value and gradient from one sweep", () => {
  expectTypeOf(mse.valueAndGrad(singles, plain)).toEqualTypeOf<{ value: number; grad: Float32Array }>();
  expectTypeOf(mse.valueAndGrad(singles, plain, { reduction: "none" }).value).toEqualTypeOf<Float32Array>();
  expectTypeOf(l2Penalty.valueAndGrad(plain)).toEqualTypeOf<{ value: number; grad: Float64Array }>();
  expect(mse.valueAndGrad(singles, plain, { reduction: "none" })).toEqual({ value: f32, grad: f32 });
});

test("activations give arrays of the input's precision", () => {
  expectTypeOf(softmax(singles)).toEqualTypeOf<Float32Array>();
  expectTypeOf(softmax(plain, { classes: 2 })).toEqualTypeOf<Float64Array>();
  expectTypeOf(logSumExp(doubles)).toEqualTypeOf<Float64Array>();
  expect([softmax(singles), softmax(plain)]).toEqual([f32, f64]);
});

test("an accumulator takes what its loss takes", () => {
  const classified = crossEntropy.accumulator({ labelSmoothing: 0.1, reduction: "sum" });
  expectTypeOf(classified.update(singles, new Uint8Array([1]), { weights: [2], shape: [1, 2] }).value()).toEqualTypeOf<number>();
  expectTypeOf(huber.accumulator.fromJSON(huber.accumulator({ delta: 2 }).toJSON())).toEqualTypeOf(huber.accumulator());
  expect(classified.count).toBe(1);
  // @ts-expect-error: an option of another loss
  expect(() => mse.accumulator({ delta: 1 })).toThrow(TypeError);
  // @ts-expect-error: one number for all batches
  expect(() => mse.accumulator({ reduction: "none" })).toThrow(TypeError);
  // @ts-expect-error: weights belong to a batch
  expect(() => mse.accumulator({ weights: [1, 2] })).toThrow(TypeError);
  // @ts-expect-error: options hold for all batches
  expect(() => huber.accumulator().update(singles, plain, { delta: 2 })).toThrow(TypeError);
  // @ts-expect-error: what is pointwise has no shape
  expect(() => mse.accumulator().update(singles, plain, { shape: [2] })).toThrow(TypeError);
});

test("what may come with a batch need not come with an accumulator's options, nor the other way", () => {
  const x = new Array(12).fill(Math.log(1 / 3));
  const lengths = { inputLengths: [4], targetLengths: [2] };
  const each = ctc.accumulator({ classes: 3 }).update(x, [1, 2], lengths);
  const all = ctc.accumulator({ classes: 3, ...lengths }).update(x, [1, 2]);
  const some = ctc.accumulator({ classes: 3, inputLengths: [4] }).update(x, [1, 2], { targetLengths: [2] });
  expect([all.value(), some.value()]).toEqual([each.value(), each.value()]);
  // @ts-expect-error: the number of classes is the same for all batches
  expect(() => ctc.accumulator({}).update(x, [1, 2], lengths)).toThrow(TypeError);
});

test("a loss with batchMean has it in gradAndHess and accumulators", () => {
  const options = { reduction: "batchMean", classes: 2 } as const;
  expectTypeOf(klDivergence.gradAndHess(singles, plain, options)).toEqualTypeOf<{ grad: Float32Array; hess: Float32Array }>();
  expectTypeOf(klDivergence.gradAndHess(plain, singles, { hessian: "exact" }).hess).toEqualTypeOf<Float64Array>();
  expectTypeOf(klDivergence.accumulator(options).update(singles, plain).value()).toEqualTypeOf<number>();
  expectTypeOf(klDivergence.accumulator()).toEqualTypeOf(klDivergence.accumulator({ reduction: "sum" }));
  expect(klDivergence.gradAndHess(singles, plain, options)).toEqual({ grad: f32, hess: f32 });
  expect(klDivergence.accumulator(options).update(singles, plain).weight).toBe(1);
  // @ts-expect-error: a reduction of another loss
  expect(() => mse.accumulator({ reduction: "batchMean" })).toThrow(TypeError);
  // @ts-expect-error: a loss that has no batches
  expect(() => mse.gradAndHess(singles, plain, { reduction: "batchMean" })).toThrow(TypeError);
});

test("gradients of several inputs come by name, in the first one's precision", () => {
  expectTypeOf(marginRanking(singles, doubles, plain)).toEqualTypeOf<number>();
  expectTypeOf(marginRanking(singles, doubles, plain, { reduction: "none" })).toEqualTypeOf<Float32Array>();
  expectTypeOf(marginRanking.grad(singles, doubles, plain)).toEqualTypeOf<{ input1: Float32Array; input2: Float32Array }>();
  expectTypeOf(gaussianNll.valueAndGrad(plain, plain, plain).grad.variance).toEqualTypeOf<Float64Array>();
  expectTypeOf(dice.grad(singles, plain, { dimensions: 1 })).toEqualTypeOf<Float32Array>();
  const ranked = marginRanking.accumulator({ margin: 1 }).update(singles, doubles, [1, -1], { weights: [1, 2] });
  expectTypeOf(ranked.value()).toEqualTypeOf<number>();
  expect([marginRanking.grad(singles, doubles, [1, -1]), ranked.value()]).toEqual([{ input1: f32, input2: f32 }, 1]);
  expect([gaussianNll.grad(plain, plain, plain).variance, dice.grad(singles, plain)]).toEqual([f64, f32]);
  // @ts-expect-error: an input is missing
  expect(() => marginRanking(singles, doubles)).toThrow(TypeError);
  // @ts-expect-error: a name that is no input's
  expect(() => marginRanking.grad(singles, doubles, [1, -1], { out: { target: singles } })).toThrow(TypeError);
});

test("what is wrong is refused by type, and at run time", () => {
  // @ts-expect-error: an option of another loss
  expect(() => mse(singles, plain, { delta: 1 })).toThrow(TypeError);
  // @ts-expect-error: a reduction that does not exist
  expect(() => mse(singles, plain, { reduction: "average" })).toThrow(TypeError);
  // @ts-expect-error: integers cannot take a gradient
  expect(() => mse.grad(new Int32Array(2), plain)).toThrow(TypeError);
  // @ts-expect-error: log-probabilities of a label have no distribution
  expect(() => nll(singles, new Float32Array(2), { classes: 2 })).toThrow(TypeError);
  // @ts-expect-error: labels are not strings
  expect(() => crossEntropy(singles, ["0"])).toThrow(TypeError);
  // @ts-expect-error: a penalty has no target
  expect(() => l2Penalty(singles, plain)).toThrow(TypeError);
});

test("the options of a user's own loss are those of its definition", () => {
  const own = defineLoss({ options: { scale: 1 }, value: (p, t, { scale }) => (p - t) / scale, grad: (_p, _t, o) => 1 / o.scale });
  expectTypeOf(own(singles, plain, { scale: 2 })).toEqualTypeOf<number>();
  expectTypeOf(own.grad(singles, plain)).toEqualTypeOf<Float32Array>();
  // @ts-expect-error: an option that the definition lacks
  expect(() => own(singles, plain, { width: 2 })).toThrow(TypeError);
});

test("the declarations serve a project without the DOM's types, and one that tells undefined from absent", () => {
  const folder = mkdtempSync(join(tmpdir(), "simd-loss-types-"));
  const file = join(folder, "user.ts");
  writeFileSync(
    file,
    `import { crossEntropy, defineLoss, huber, init, l2Penalty, mse, softmax, tripletMargin } from ${JSON.stringify(join(process.cwd(), "dist/index"))};
    import module from ${JSON.stringify(join(process.cwd(), "dist/wasm"))};
    declare const maybe: Float32Array | undefined;
    declare const sum: boolean;
    export const results: number[] = [
      mse([1], [1], { weights: maybe, reduction: sum ? "sum" : undefined }),
      huber([1], [1], { delta: sum ? 2 : undefined }),
      crossEntropy([1, 2], [0], { classWeights: maybe, labelSmoothing: undefined, shape: undefined, mask: undefined }),
    ];
    export const gradients = tripletMargin.grad([1], [2], [3], { out: { anchor: maybe }, p: undefined, upstream: undefined });
    export const ready = init({ backend: sum ? "js" : undefined, modules: { f32: new Uint8Array(8), f64: sum ? module : undefined } });
    export const penalised = l2Penalty.grad([1], { lambda: sum ? 1 : undefined, out: maybe });
    export const shares = softmax([1], { out: maybe });
    export const own = defineLoss({ name: undefined, hess: undefined, options: undefined, value: (p, t) => p - t, grad: () => 1 });
    mse.accumulator({ reduction: undefined }).update([1], [1], { weights: maybe });`,
  );
  const options: ts.CompilerOptions = {
    lib: ["lib.es2022.d.ts"],
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  rmSync(folder, { recursive: true });
  expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});
