/** The known-answer test that a WebAssembly backend must pass; what it computes and compares is in `assembly/selfTest.ts`. */

import { elementBytes, type Precision } from "./kinds";

/** Beyond the binaries' tables. */
const CALL = 65536;

/** Throws if a module is of another precision, or computes wrongly. */
export function selfTest(module: WebAssembly.Module, precision: Precision): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 2 }) } });
  const { prepareTest, binaryCrossEntropyWithLogits, selfTest } = exports as Record<string, (...given: number[]) => number>;
  if (prepareTest!(CALL) !== elementBytes[precision]) throw new Error(`this module is no ${precision} module`);
  const wrong = selfTest!(CALL, binaryCrossEntropyWithLogits!(0, 0, CALL));
  if (wrong !== 0) throw new Error(`self-test failed: known answer ${wrong} differs`);
}
