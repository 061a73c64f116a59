/** The known-answer test that a WebAssembly backend must pass; what it computes and compares is in `assembly/selfTest.ts`. */

/** Beyond the binaries' tables. */
const CALL = 65536;

/** Throws if a module computes wrongly. */
export function selfTest(module: WebAssembly.Module): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 2 }) } });
  const { prepareTest, binaryCrossEntropyWithLogits, selfTest } = exports as Record<string, (...given: number[]) => number>;
  prepareTest!(CALL);
  const wrong = selfTest!(CALL, binaryCrossEntropyWithLogits!(0, 0, CALL));
  if (wrong !== 0)
    throw new Error(`self-test failed: ${wrong < 3 ? "binary " : ""}cross-entropy${wrong % 2 ? "" : "'s gradient"} is wrong`);
}
