/** Arenas: kernels work on their arrays in place, and give what they give of ordinary arrays. */

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Arena, arena, init, mse, softmax } from "../src/index";
import { arrayOf, backends, type Precision, precisions } from "./available";
import { arraysOf, type Call, calls, expectSameResult, isIntegral, type Operands } from "./calls";
import { expectClose } from "./closeness";
import { once } from "./once";

const CAPACITY = 1 << 23;

function take(memory: Arena, precision: Precision, length: number): Float32Array | Float64Array {
  return precision === "f32" ? memory.float32(length) : memory.float64(length);
}

/** The operands in an arena, those that `inside` accepts; the others elsewhere. */
function placed(call: Call, precision: Precision, memory: Arena, inside: (name: string, index: number) => boolean): Operands {
  return Object.fromEntries(
    Object.entries(arraysOf(call.operands, precision)).map(([name, array], index) => {
      if (!inside(name, index)) return [name, array];
      const taken = isIntegral(name) ? memory.int32(array.length) : take(memory, precision, array.length);
      taken.set(array);
      return [name, taken];
    }),
  );
}

/**
 * More than a tile in a group of each shape, its classes apart a multiple of 4 KB or not, and rows of which none fits a slot
 * with what lies between two.
 */
const largeOf = once((precision: Precision) => {
  const tile = 65536 / arrayOf[precision].BYTES_PER_ELEMENT;
  return [...calls(tile / 2 + 200, 4), ...calls(2048, 20), ...calls(2, tile + 100)];
});

describe.each(backends)("%s", (backend) => {
  let memory: Arena;
  beforeAll(async () => {
    await init({ backend });
    memory = arena(CAPACITY);
  });
  beforeEach(() => memory.reset());
  afterEach(() => vi.restoreAllMocks());

  describe.each(precisions)("%s", (precision) => {
    const small = calls(14, 3);
    const wide = calls(6, 40);
    const named = (list: readonly Call[]) => list.map((call) => [`${call.what} of ${call.length}`, call] as const);

    test.each(named([...small, ...wide]))("%s", (_, call) => {
      const expected = call.run(arraysOf(call.operands, precision));
      for (const inside of [() => true, (_name: string, i: number) => i % 2 === 0, (_name: string, i: number) => i % 2 === 1]) {
        memory.reset();
        const operands = placed(call, precision, memory, inside);
        const out = take(memory, precision, call.length);
        const got = call.run(operands, out);
        expect(got.out).toBe(out);
        expect(got).toEqual(expected);
        expect(call.run(operands)).toEqual(expected);
      }
      // In place, and with another view of the same elements.
      const [first] = Object.keys(call.operands) as [string];
      for (const again of [false, true]) {
        memory.reset();
        const operands = placed(call, precision, memory, () => true);
        const own = operands[first] as Float32Array;
        if (call.length !== own.length) continue;
        const out = again ? own.subarray() : own;
        expect(call.run(operands, out)).toEqual(expected);
      }
    });

    test.each(named(largeOf(precision)))("more than a tile: %s", (what, call) => {
      memory.reset();
      const expected = call.run(arraysOf(call.operands, precision));
      const operands = placed(call, precision, memory, () => true);
      const out = take(memory, precision, call.length);
      expectSameResult(call.run(operands, out), expected, what);
      const [first] = Object.keys(call.operands) as [string];
      const own = operands[first] as Float32Array;
      if (call.length === own.length) expectSameResult(call.run(operands, own), expected, `${what} in place`);
    });

    test("copies nothing", () => {
      const count = 1000;
      const set = vi.spyOn(arrayOf[precision].prototype, "set");
      const make = (where: (length: number) => Float32Array | Float64Array) => [where(count), where(count), where(count)] as const;
      const run = ([x, t, out]: ReturnType<typeof make>) => {
        mse.valueAndGrad(x, t, { out });
        softmax(x, { out, classes: 100 });
        softmax.grad(x, t, { out, classes: 4 });
      };
      run(make((length) => take(memory, precision, length)));
      expect(set).not.toHaveBeenCalled();
      run(make((length) => new arrayOf[precision](length)));
      expect(set.mock.calls.length).toBeGreaterThan(0);
    });

    test("views start where the arena says, and share one buffer that never detaches", () => {
      const [a, b] = [take(memory, precision, 3), take(memory, precision, 5)];
      expect(b.buffer).toBe(a.buffer);
      expect(b.byteOffset - a.byteOffset).toBe(64);
      expect(memory.used).toBe(128);
      a.set([1, 2, 3]);
      softmax(take(memory, precision, 100_000));
      expect([...a]).toEqual([1, 2, 3]);
    });

    test.each(named([...calls(8, 3), ...calls(4, 30), ...largeOf(precision)]))(
      "%s: out may lie over any operand, wholly or in part",
      (_, call) => {
        const expected = call.run(arraysOf(call.operands, precision));
        for (const [name, numbers] of Object.entries(call.operands)) {
          for (const shift of call.length > 1000 ? [1] : [0, 1, -1, 5]) {
            memory.reset();
            const operands = placed(call, precision, memory, () => true);
            const room = take(memory, precision, Math.max(numbers.length, call.length) + 6);
            const Kind = isIntegral(name) ? Int32Array : arrayOf[precision];
            const operand = new Kind(room.buffer as ArrayBuffer, room.byteOffset + room.BYTES_PER_ELEMENT, numbers.length);
            operand.set(numbers);
            const out = room.subarray(1 + shift, 1 + shift + call.length);
            const got = call.run({ ...operands, [name]: operand }, out);
            expect(got.out).toBe(out);
            expectSameResult(got, expected, `${call.what} of ${call.length}, out ${shift} past ${name}`);
          }
        }
      },
    );

    test("results computed over two arenas and an ordinary array", () => {
      const other = arena(4096);
      const x = take(memory, precision, 40);
      x.set(Array.from(x, (_, i) => i / 8));
      const t = take(other, precision, 40).fill(0.5);
      const out = new arrayOf[precision](40);
      const expected = mse.valueAndGrad(x.slice(), t.slice());
      expect(mse.valueAndGrad(x, t, { out })).toEqual(expected);
      expect(mse.valueAndGrad(x.slice(), t, { out: x })).toEqual(expected);
    });
  });

  test("an operand of another precision in the arena is converted", () => {
    const x = memory.float32(5);
    x.set([1, 2, 3, 4, 5]);
    const t = memory.float64(5).fill(2);
    expect(mse(x, t, { reduction: "none" })).toEqual(Float32Array.of(1, 0, 1, 4, 9));
    const weights = memory.int32(5).fill(3);
    expect(mse(x, t, { reduction: "none", weights })).toEqual(Float32Array.of(3, 0, 3, 12, 27));
  });

  test("capacity: what is full says so, and reset frees it", () => {
    const tiny = arena(100);
    expect(tiny.capacity).toBe(100);
    expect(() => tiny.float32(26)).toThrow(new RangeError("the arena is full: 104 bytes asked for, 100 of 100 free"));
    expect(tiny.used).toBe(0);
    const all = tiny.float32(25);
    expect(all.length).toBe(25);
    expect(() => tiny.int32(1)).toThrow(new RangeError("the arena is full: 4 bytes asked for, 0 of 100 free"));
    expect(tiny.float64(0).length).toBe(0);
    tiny.reset();
    expect(tiny.used).toBe(0);
    expect(tiny.float64(12).byteOffset).toBe(all.byteOffset);
    all[0] = 5;
    tiny.reset();
    expect(tiny.float32(1)[0]).toBe(5);
  });

  test.each([1, 3, 7, 9, 100, 4097])("an arena of %i bytes computes", (bytes) => {
    const odd = arena(bytes);
    const count = Math.floor(bytes / 4);
    const x = odd.float32(count).fill(2);
    expect([...mse(x, new Array(count).fill(0), { reduction: "none" })]).toEqual(new Array(count).fill(4));
  });

  test.each([
    [-1, RangeError, "length must be a whole number of at least 0, got -1"],
    [1.5, RangeError, "length must be a whole number of at least 0, got 1.5"],
    ["4", TypeError, 'length must be a number, got the string "4"'],
  ] as const)("float32(%j)", (length, error, message) => {
    expect(() => memory.float32(length as number)).toThrow(new error(message));
    expect(() => memory.int32(length as number)).toThrow(new error(message));
  });

  const shapes = [1, 2, 3, 5, 16].flatMap((classes) => [1, 3, 41].map((rows) => ({ rows, classes })));
  test.each(precisions.flatMap((precision) => shapes.map((shape) => ({ precision, ...shape }))))(
    "$rows rows of $classes classes in $precision that end with the memory",
    ({ precision, rows, classes }) => {
      const Values = arrayOf[precision];
      const count = rows * classes;
      const x = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
      const { buffer } = precision === "f32" ? arena(1024).float32(1) : arena(1024).float64(1);
      const last = new Values(buffer as ArrayBuffer, buffer.byteLength - count * Values.BYTES_PER_ELEMENT, count);
      last.set(x);
      softmax(last, { classes, out: last });
      const expected = Array.from(x, (value, i) => {
        const row = x.subarray(i - (i % classes), i - (i % classes) + classes);
        return Math.exp(value) / row.reduce((sum, logit) => sum + Math.exp(logit), 0);
      });
      expectClose(
        precision,
        last,
        expected.map((is) => ({ is, added: 0 })),
        "softmax",
      );
    },
  );

  test("arrays in turn, more than an arena remembers, parts of arrays and arrays of another arena", () => {
    const other = arena(4096);
    const lists = Array.from({ length: 14 }, (_, i) => {
      const array = (i % 3 === 0 ? other : memory).float32(9);
      return i % 2 === 0 ? array.fill(i) : array.fill(i).subarray(i % 4);
    });
    for (let turn = 0; turn < 60; turn++) {
      const [a, b] = [(turn * 5) % 14, (turn * 9 + 2) % 14];
      const length = Math.min(lists[a]!.length, lists[b]!.length);
      const [x, t] = [lists[a]!.subarray(0, length), lists[b]!.length === length ? lists[b]! : lists[b]!.subarray(0, length)];
      expect(mse(x, t), `${a} against ${b}`).toBe((a - b) ** 2);
    }
  });

  test("beyond 2 GiB, where an address is no signed integer", () => {
    const large = arena(2 ** 31 + 2 ** 20);
    // Views beyond what is never touched, and so takes no memory.
    const { buffer } = large.float32(1);
    const at = (index: number) => new Float32Array(buffer as ArrayBuffer, 2 ** 31 + 4096 * index, 80);
    const [x, t, out] = [at(0), at(1), at(2)];
    x.forEach((_, i) => {
      x[i] = Math.sin(i);
    });
    for (const classes of [8, 20]) expect(softmax(x, { classes, out })).toEqual(softmax(x.slice(), { classes }));
    expect(mse.valueAndGrad(x, t)).toEqual(mse.valueAndGrad(x.slice(), t.slice()));
  });

  test("more bytes than a memory can have", () => {
    expect(() => arena(2 ** 40)).toThrow(RangeError);
  });

  test.each(backends)("its arrays go on working after a switch to %s and back", async (other) => {
    const x = memory.float64(70);
    x.set(Array.from(x, (_, i) => Math.sin(i)));
    const out = memory.float64(70);
    const ordinaryX = x.slice();
    for (const name of [other, backend]) {
      await init({ backend: name });
      expect(softmax(x, { classes: 7, out })).toEqual(softmax(ordinaryX, { classes: 7 }));
      expect(mse(x, out)).toBe(mse(ordinaryX, out.slice()));
    }
  });
});
