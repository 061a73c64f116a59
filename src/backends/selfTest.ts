/** The known-answer test that a WebAssembly backend must pass; what it computes and compares is in `assembly/selfTest.ts`. */

import { elementBytes, type Precision } from "./kinds";

/** Beyond the binaries' tables. */
const CALL = 65536;

type Exports = Readonly<Record<string, (...given: number[]) => number>>;

function exportsOf(module: WebAssembly.Module): Exports {
  return new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 2 }) } }).exports as Exports;
}

/** Throws if a module computes wrongly. */
export function selfTest(module: WebAssembly.Module): void {
  const { prepareTest, binaryCrossEntropyWithLogits, selfTest } = exportsOf(module);
  prepareTest!(CALL);
  const wrong = selfTest!(CALL, binaryCrossEntropyWithLogits!(0, 0, CALL));
  if (wrong !== 0) throw new Error(`self-test failed: known answer ${wrong} differs`);
}

/** Throws if a module is of another precision. */
export function checkPrecision(module: WebAssembly.Module, precision: Precision): void {
  if (exportsOf(module).prepareTest!(CALL) !== elementBytes[precision]) throw new Error(`this module is no ${precision} module`);
}
