/** The elementary functions keep their bounds on every machine, and the SIMD machine agrees with the plain one bit for bit. */

import { describe, expect, test } from "vitest";
import { DoubleMachine, type Machine, SingleMachine } from "../assembly/machine";
import { compileElementary, runs } from "../bench/accuracy/binaries.mjs";
import { type Instance, instantiate } from "../bench/accuracy/elementary.mjs";
import { functions } from "../bench/accuracy/functions.mjs";
import { BLOCK, measureDouble, measureSingle } from "../bench/accuracy/measure.mjs";
import { pairsOf, randomOf } from "../bench/accuracy/samples.mjs";
import { arrayOf, type Precision, precisions } from "./available";
import { DoublePolynomialMachine, SinglePolynomialMachine } from "./polynomialMachine";

/** Primes: the strided f32 differ in all their bits. */
const BOUND_STRIDE = 40009;
const BITS_STRIDE = 42043;
const SAMPLES = 20000;

function plain(machine: Machine, precision: Precision): Instance {
  const x = new arrayOf[precision](BLOCK);
  const y = new arrayOf[precision](BLOCK);
  const k = new arrayOf[precision](BLOCK);
  const apply = (name: (typeof functions)[number]["name"], n: number) => {
    for (let i = 0; i < n; i++) y[i] = machine[name](x[i]!, k[i]!);
  };
  return { x, y, k, apply: apply as Instance["apply"] };
}

const none = new ArrayBuffer(0);
const binaries = await Promise.all(
  (["simd", "relaxed"] as const).flatMap((backend) =>
    precisions.map(async (precision) => ({ backend, precision, binary: await compileElementary(`${precision}-${backend}`) })),
  ),
);
const compiled = binaries
  .filter(({ binary }) => runs(binary))
  .map(({ backend, precision, binary }) => ({ machine: backend as string, precision, instance: instantiate(binary, precision, BLOCK) }));

const machines = [
  ...compiled,
  { machine: "plain", precision: "f32" as const, instance: plain(new SingleMachine(none), "f32") },
  { machine: "plain", precision: "f64" as const, instance: plain(new DoubleMachine(none), "f64") },
  { machine: "polynomial", precision: "f32" as const, instance: plain(new SinglePolynomialMachine(none), "f32") },
  { machine: "polynomial", precision: "f64" as const, instance: plain(new DoublePolynomialMachine(none), "f64") },
];

describe.each(precisions)("every machine's %s lanes", (precision) => {
  const present = machines.filter((m) => m.precision === precision);
  /** The polynomials' plain machine takes microseconds for an f64 and has the bits of baseline SIMD: the random samples do. */
  const fast = present.filter(({ machine }) => machine !== "polynomial");
  /**
   * Powers are left to `Math.pow` there. It differs at 0 and below the smallest normal number, which the SIMD machine takes
   * for that number, and at infinity, where the SIMD machine has NaN.
   */
  const own = present.filter(({ machine }) => machine !== "plain");
  const of = (chosen: typeof machines) => chosen.map(({ instance }) => instance);

  test.each(functions)(`$name within $bounds.${precision}.words for $domain`, ({ name, exponents }) => {
    const measure = precision === "f32" ? measureSingle : measureDouble;
    const swept = precision === "f32" && exponents === undefined;
    const [sampled, bordered] = exponents === undefined ? [present, fast] : [own, own];
    const all = swept
      ? measureSingle({ name, instances: of(sampled), from: 0, to: 2 ** 32, stride: BOUND_STRIDE })
      : measure({ name, instances: of(sampled), samples: SAMPLES, seed: 7 });
    const edges = swept ? [] : measure({ name, instances: of(bordered), edges: true });
    for (const [worsts, chosen] of [
      [all, sampled],
      [edges, bordered],
    ] as const) {
      for (const [i, { share, at, exponent, fault }] of worsts.entries()) {
        expect(fault, `a wrong NaN, infinity or zero: ${chosen[i]!.machine}`).toBeUndefined();
        expect(share, `share of the bound, ${chosen[i]!.machine} at ${at}, ${exponent}`).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe.each(precisions)("baseline SIMD equals the plain machine over polynomials in %s", (precision) => {
  const [simd, polynomial] = ["simd", "polynomial"].map((name) => machines.find((m) => m.machine === name && m.precision === precision)!);

  test.each(functions)("$name", ({ name, spread, within, exponents }) => {
    const blocks = exponents === undefined ? samplesOf(precision, spread) : [pairs(exponents)];
    for (const [x, k] of blocks) {
      for (const { instance } of [simd!, polynomial!]) {
        instance.x.set(x.map((value) => (within(value) ? value : Number.NaN)));
        instance.k.set(k);
        instance.apply(name, BLOCK);
      }
      const differing = simd!.instance.y.findIndex((value, i) => !Object.is(value, polynomial!.instance.y[i]));
      expect(x[differing], "the first argument whose results differ").toBeUndefined();
    }
  });
});

/** A block of arguments and exponents, those of f64 in f32 too: rounded, some are 0 or infinite. */
function pairs(exponents: readonly number[]) {
  const all = [...pairsOf(BLOCK, 13, exponents, 88)];
  return [Float64Array.from(all, ([x]) => x), Float64Array.from(all, ([, k]) => k)] as const;
}

const unused: readonly number[] = [];

/** Blocks of arguments: f32 strided over all bits, f64 pseudo-random. */
function* samplesOf(precision: Precision, spread: readonly [number, number]) {
  if (precision === "f64") {
    yield [Float64Array.from(randomOf(BLOCK, 11, spread)), unused] as const;
    return;
  }
  for (let first = 0; first < 2 ** 32; first += BLOCK * BITS_STRIDE)
    yield [new Float32Array(Uint32Array.from({ length: BLOCK }, (_, i) => first + i * BITS_STRIDE).buffer), unused] as const;
}
