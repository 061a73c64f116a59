/** The known-answer test that a WebAssembly backend must pass; what it computes and compares is in `assembly/selfTest.ts`. */

/** Beyond the binaries' tables. */
const CALL = 65536;

/** By the number that the binary gives. */
const answers = ["", "binary cross-entropy", "the gradient of binary cross-entropy", "cross-entropy", "the gradient of cross-entropy"];

/** What is wrong with a module, or undefined. */
export function selfTest(module: WebAssembly.Module): string | undefined {
  const { exports } = new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 2 }) } });
  const { prepareTest, binaryCrossEntropyWithLogits, selfTest } = exports as Record<string, (...given: number[]) => number>;
  prepareTest!(CALL);
  const wrong = selfTest!(CALL, binaryCrossEntropyWithLogits!(0, 0, CALL));
  return wrong === 0 ? undefined : `self-test failed: ${answers[wrong]} came out wrong`;
}
