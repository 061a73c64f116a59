/** Staging: data passes through a small memory tile by tile, wherever it lives and whatever it overlaps, and nobody can tell. */

import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { crossEntropy, init, l1Penalty, logSumExp, mae, mse, type Numbers, nll, softmax } from "../src/index";
import { arrayOf, backends, precisions, typed } from "./available";
import { arraysOf, bitsOf, calls, expectSameResult, isIntegral, type Operands } from "./calls";
import { classLosses, drawLabels, inputLosses, inputs, pointwiseLosses, rowActivations, rowLosses } from "./catalogue";
import { classFormulas, classResult, rowFormulas, rows } from "./classReference";
import { expectClose } from "./closeness";
import { once } from "./once";
import { between, draws, random } from "./random";

/** Calls of less than a tile, and of more. */
const namedCalls = once((tile: number) =>
  [...calls(8, 3), ...calls(4, 30), ...calls(2 * Math.ceil(tile / 5), 3)].map((call) => [`${call.what} of ${call.length}`, call] as const),
);

describe.each(backends)("%s", (backend) => {
  beforeAll(async () => {
    await init({ backend });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test("the memory is as small after 1e7 elements as before, and never grows", async () => {
    const made: (WebAssembly.Memory | ArrayBuffer)[] = [];
    const bytes = () => made.map((memory) => ("buffer" in memory ? memory.buffer : memory).byteLength);
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    class Memory extends WebAssembly.Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor);
        made.push(this);
      }
    }
    vi.stubGlobal("WebAssembly", Object.create(WebAssembly, { Memory: { value: Memory } }));
    const Buffer = ArrayBuffer;
    vi.stubGlobal(
      "ArrayBuffer",
      class extends Buffer {
        constructor(length: number) {
          super(length);
          made.push(this);
        }
      },
    );
    await init({ backend });
    mse(new Float32Array(1), new Float32Array(1));
    crossEntropy(new Float32Array(2), [0]);
    const before = bytes();
    expect(before.length).toBeGreaterThan(0);

    const count = 1e7;
    const x = new Float32Array(count).fill(0.5);
    const t = new Float32Array(count).fill(0.25);
    expect(mse.valueAndGrad(x, t, { out: x }).value).toBe(0.0625);
    expect(crossEntropy(t, new Uint8Array(count / 4), { reduction: "sum" })).toBeCloseTo((count / 4) * Math.log(4), 0);
    expect(bytes()).toEqual(before);
    expect(Math.max(...before)).toBeLessThan(2 ** 20);
    expect(grow).not.toHaveBeenCalled();
    await init({ backend });
  });

  describe.each(precisions)("%s", (precision) => {
    const tile = 65536 / arrayOf[precision].BYTES_PER_ELEMENT;

    test.each(classLosses.map((entry) => [entry.name, entry] as const))("%s of rows longer than a tile", (name, entry) => {
      const classes = tile + 37;
      const next = random(classes);
      const x = typed(precision, draws(next, 2 * classes, entry.prediction));
      const labels = drawLabels(next, 2, classes);
      const expected = classResult(classFormulas[name]!, x, rows(2, classes), { labels });
      const { value, grad } = entry.loss.valueAndGrad(x, labels);
      expectClose(precision, value, expected.value, `${name} value`);
      expectClose(precision, grad, expected.grad, `${name} gradient`);
      expect(bitsOf(entry.loss.grad(x, labels, { out: x })).equals(bitsOf(grad))).toBe(true);
    });

    test.each(rowActivations.map((f) => [f.activationName, f] as const))("%s of a row longer than a tile", (name, activation) => {
      const next = random(tile);
      const x = typed(
        precision,
        draws(next, tile + 37, (u) => between(u, -8, 8)),
      );
      const upstream = draws(next, activation(x).length, (u) => between(u, -2, 2));
      expectClose(precision, activation(x), rowFormulas[name]!.value([...x]), name);
      const rounded = [...typed(precision, upstream)];
      expectClose(precision, activation.grad(x, upstream), rowFormulas[name]!.product([...x], rounded), `${name} gradient`);
    });

    test.each(namedCalls(tile))("%s: out may lie over any operand, wholly or in part", (_, call) => {
      const expected = call.run(arraysOf(call.operands, precision));
      for (const [name, numbers] of Object.entries(call.operands)) {
        if (isIntegral(name)) continue;
        for (const shift of call.length > tile ? [0, 1] : [0, 1, -1, 5]) {
          const size = Math.max(numbers.length, call.length);
          const memory = new arrayOf[precision](size + 6);
          const operand = memory.subarray(1, 1 + numbers.length);
          operand.set(numbers);
          const out = memory.subarray(1 + shift, 1 + shift + call.length);
          const got = call.run({ ...arraysOf(call.operands, precision), [name]: operand }, out);
          expect(got.out).toBe(out);
          expectSameResult(got, expected, `${call.what} of ${call.length}, out ${shift} past ${name}`);
        }
      }
    });

    test("views with an offset count as their elements", () => {
      for (const call of calls(8, 3)) {
        const shifted = Object.entries(arraysOf(call.operands, precision)).map(([name, array]) => {
          const Kind = array.constructor as Float64ArrayConstructor;
          const memory = new Kind(array.length + 5).fill(3);
          memory.set(array, 3);
          return [name, memory.subarray(3, 3 + array.length)] as const;
        });
        const out = new arrayOf[precision](call.length + 5).fill(7);
        const got = call.run(Object.fromEntries(shifted) as Operands, out.subarray(2, 2 + call.length));
        expectSameResult(got, call.run(arraysOf(call.operands, precision)), call.what);
        expect([out[0], out[1], ...out.subarray(2 + call.length)]).toEqual([7, 7, 7, 7, 7]);
      }
    });

    test.each(pointwiseLosses.map((entry) => [entry.name, entry] as const))("%s does not depend on where the data is cut", (_, entry) => {
      const count = 2 * tile + 100;
      const next = random(count);
      const p = typed(precision, draws(next, count, entry.prediction));
      const t = typed(precision, draws(next, count, entry.target));
      const whole = entry.loss.valueAndGrad(p, t, { reduction: "none" });
      for (const cut of [tile, tile - 1, 4096, 37]) {
        const parts = [0, 1].map((side) => {
          const [from, to] = side === 0 ? [0, cut] : [cut, count];
          return entry.loss.valueAndGrad(p.subarray(from, to), t.subarray(from, to), { reduction: "none" });
        });
        const joined = (pick: (part: (typeof parts)[number]) => Float32Array | Float64Array) =>
          Buffer.concat(parts.map((part) => bitsOf(pick(part))));
        expect(joined((part) => part.value).equals(bitsOf(whole.value)), `values cut at ${cut}`).toBe(true);
        expect(joined((part) => part.grad).equals(bitsOf(whole.grad)), `gradient cut at ${cut}`).toBe(true);
      }
    });

    test.each(pointwiseLosses.map((entry) => [entry.name, entry] as const))(
      "%s takes targets and weights of any kind of number",
      (_, entry) => {
        const next = random(40);
        const p = typed(precision, draws(next, 40, entry.prediction));
        const whole = Array.from({ length: 40 }, (_unused, i) => i % 2);
        const weights = Array.from({ length: 40 }, (_unused, i) => i % 3);
        const expected = entry.loss.valueAndGrad(p, typed(precision, whole), { weights: typed(precision, weights) });
        const kinds: readonly { name: string; from(numbers: number[]): Numbers }[] = [
          Int8Array,
          Uint8Array,
          Uint8ClampedArray,
          Int16Array,
          Uint16Array,
          Int32Array,
          Uint32Array,
          Float32Array,
          Float64Array,
          Array,
        ];
        for (const Kind of kinds) {
          const got = entry.loss.valueAndGrad(p, Kind.from(whole), { weights: Kind.from(weights) });
          expect(got, Kind.name).toEqual(expected);
        }
      },
    );
  });

  test("f32 elements whose sum overflows f32 have a mean", () => {
    const huge = 3e38;
    const p = new Float32Array(20000).fill(huge);
    const zero = new Float32Array(20000);
    const is = p[0]!;
    const options = { weights: new Array(20000).fill(1) };
    for (const got of [
      mae(p, zero),
      mae(p, zero, options),
      mae.valueAndGrad(p, zero).value,
      mae.valueAndGrad(p, zero, { out: p.slice() }).value,
    ]) {
      expectClose("f32", [got], [{ is, added: 0 }], "mae");
    }
    expectClose(
      "f64",
      [mae(p, zero, { reduction: "sum" }), l1Penalty(p)],
      [1, 1].map(() => ({ is: is * 20000, added: 0 })),
      "sums",
    );
    const labels = new Uint8Array(2000);
    expectClose(
      "f32",
      [
        nll(
          p.map((x) => -x),
          labels,
        ),
      ],
      [{ is, added: 0 }],
      "nll",
    );
    expect(mse(p, zero)).toBe(Infinity);
  });

  test("plain arrays are computed in f64", () => {
    expect(softmax([1, 2])).toBeInstanceOf(Float64Array);
    expect(mse([1 + 2 ** -40], [1])).toBe(2 ** -80);
    expect(logSumExp([0, 0])[0]).toBeCloseTo(Math.log(2), 15);
  });
});

test("every loss is staged in these tests", () => {
  expect(pointwiseLosses.length + classLosses.length + inputLosses.length + rowLosses.length).toBe(Object.keys(inputs).length);
});
