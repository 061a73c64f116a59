/** The elementary functions keep their bounds on every machine, and the SIMD machine agrees with the plain one bit for bit. */

import { describe, expect, test } from "vitest";
import { DoubleMachine, type Machine, SingleMachine } from "../assembly/machine";
import { compileElementary, runs } from "../bench/accuracy/binaries.mjs";
import { type Instance, instantiate } from "../bench/accuracy/elementary.mjs";
import { functions } from "../bench/accuracy/functions.mjs";
import { BLOCK, measureDouble, measureSingle } from "../bench/accuracy/measure.mjs";
import { randomOf } from "../bench/accuracy/samples.mjs";
import { arrayOf, type Precision, precisions } from "./available";
import { DoublePolynomialMachine, SinglePolynomialMachine } from "./polynomialMachine";

/** Primes: the strided f32 differ in all their bits. */
const BOUND_STRIDE = 40009;
const BITS_STRIDE = 42043;
const SAMPLES = 20000;

function plain(machine: Machine, precision: Precision): Instance {
  const x = new arrayOf[precision](BLOCK);
  const y = new arrayOf[precision](BLOCK);
  const apply = (name: (typeof functions)[number]["name"], n: number) => {
    for (let i = 0; i < n; i++) y[i] = machine[name](x[i]!);
  };
  return { x, y, apply: apply as Instance["apply"] };
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
  const of = (chosen: typeof machines) => chosen.map(({ instance }) => instance);

  test.each(functions)("$name within $bound ULP for $domain", ({ name, bound }) => {
    const all =
      precision === "f32"
        ? measureSingle({ name, instances: of(present), from: 0, to: 2 ** 32, stride: BOUND_STRIDE })
        : measureDouble({ name, instances: of(present), samples: SAMPLES, seed: 7, edges: false });
    const edges = precision === "f32" ? [] : measureDouble({ name, instances: of(fast), edges: true });
    for (const [worsts, chosen] of [
      [all, present],
      [edges, fast],
    ] as const) {
      for (const [i, { ulp, at, fault }] of worsts.entries()) {
        expect(fault, `a wrong NaN, infinity or zero: ${chosen[i]!.machine}`).toBeUndefined();
        expect(ulp, `${chosen[i]!.machine} at ${at}`).toBeLessThanOrEqual(bound);
      }
    }
  });
});

describe.each(precisions)("baseline SIMD equals the plain machine over polynomials in %s", (precision) => {
  const [simd, polynomial] = ["simd", "polynomial"].map((name) => machines.find((m) => m.machine === name && m.precision === precision)!);

  test.each(functions)("$name", ({ name, spread, within }) => {
    for (const x of samplesOf(precision, spread)) {
      for (const { instance } of [simd!, polynomial!]) {
        instance.x.set(x.map((value) => (within(value) ? value : Number.NaN)));
        instance.apply(name, BLOCK);
      }
      const differing = simd!.instance.y.findIndex((value, i) => !Object.is(value, polynomial!.instance.y[i]));
      expect(x[differing], "the first argument whose results differ").toBeUndefined();
    }
  });
});

/** Blocks of arguments: f32 strided over all bits, f64 pseudo-random. */
function* samplesOf(precision: Precision, spread: readonly [number, number]) {
  if (precision === "f64") {
    yield Float64Array.from(randomOf(BLOCK, 11, spread));
    return;
  }
  for (let first = 0; first < 2 ** 32; first += BLOCK * BITS_STRIDE)
    yield new Float32Array(Uint32Array.from({ length: BLOCK }, (_, i) => first + i * BITS_STRIDE).buffer);
}
