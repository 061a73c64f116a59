/** The known-answer test that a WebAssembly backend must pass: some engines accept SIMD and compute it wrongly. */

import * as Call from "../../assembly/kernels/call";
import type { Instance, Kernel } from "./instance";

const LOGITS = 65536;
const TARGET = LOGITS + 256;
const GRADIENT = TARGET + 256;
const CONSTANTS = GRADIENT + 256;
const CALL = CONSTANTS + 256;
/** Three registers of four, two of one, and a ragged one. */
const COUNT = 23;
const TAG = 0 as never;
const TOLERANCE = { f32: 1e-5, f64: 1e-13 };

/** What is wrong with an instance on a memory of at least two pages, or undefined. */
export function selfTest(instance: Instance): string | undefined {
  const reals = instance.precision === "f32" ? new Float32Array(instance.buffer) : new Float64Array(instance.buffer);
  const at = (address: number) => address / reals.BYTES_PER_ELEMENT;
  const label = 3;
  const one = CONSTANTS + 8;
  new Int32Array(instance.buffer)[CONSTANTS / 4] = label;
  reals[at(one)] = 1;
  let sum = 0;
  let sumOfExponentials = 0;
  for (let i = 0; i < COUNT; i++) {
    const x = Math.fround((i - 11) * 1.7);
    reals[at(LOGITS) + i] = x;
    reals[at(TARGET) + i] = i % 2;
    sum += Math.max(x, 0) - x * (i % 2) + Math.log1p(Math.exp(-Math.abs(x)));
    sumOfExponentials += Math.exp(x);
  }
  const differs = (got: number, expected: number) =>
    !(Math.abs(got - expected) <= TOLERANCE[instance.precision] * (1 + Math.abs(expected)));
  const logit = (i: number) => reals[at(LOGITS) + i]!;
  const gradient = (i: number) => reals[at(GRADIENT) + i]!;

  const integers = new Int32Array(instance.buffer);
  const set = (fields: Readonly<Record<number, number>>) => {
    for (const field in fields) integers[(CALL + Number(field)) / 4] = fields[field]!;
  };
  const doubles = new Float64Array(instance.buffer);
  for (const field of [Call.SCALE, Call.A]) doubles[(CALL + field) / 8] = 1;
  set({ [Call.X]: LOGITS, [Call.TARGET]: TARGET, [Call.GRADIENT]: GRADIENT, [Call.SUMMED]: 1, [Call.COUNT]: COUNT });
  const got = instance.function({ id: 0, name: "binaryCrossEntropyWithLogits" } as Kernel<number>)(TAG, instance.machine, CALL);
  if (differs(got, sum)) return `self-test failed: binary cross-entropy gave ${got}, not ${sum}`;
  for (let i = 0; i < COUNT; i++) {
    const slope = 1 / (1 + Math.exp(-logit(i))) - (i % 2);
    if (differs(gradient(i), slope)) return `self-test failed: a gradient came out as ${gradient(i)}, not ${slope}`;
  }

  set({ [Call.POSITIONS]: 1, [Call.CLASSES]: COUNT, [Call.LABELS]: CONSTANTS, [Call.HITS]: one, [Call.VALUES]: TARGET });
  set({ [Call.VALUE_FACTORS]: one, [Call.GRADIENT_FACTORS]: one });
  instance.function({ id: 1, name: "crossEntropyRows" } as Kernel<void>)(TAG, instance.machine, CALL);
  const loss = Math.log(sumOfExponentials) - logit(label);
  if (differs(reals[at(TARGET)]!, loss)) return `self-test failed: cross-entropy gave ${reals[at(TARGET)]}, not ${loss}`;
  for (let i = 0; i < COUNT; i++) {
    const slope = Math.exp(logit(i)) / sumOfExponentials - (i === label ? 1 : 0);
    if (differs(gradient(i), slope)) return `self-test failed: a softmax gradient came out as ${gradient(i)}, not ${slope}`;
  }
  return undefined;
}
