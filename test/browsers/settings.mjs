/** Where in a browser the suite runs: a page or a module worker, each under several content security policies. */

/** Policies by the name they have in addresses; `allowsWasm`: whether WebAssembly may be compiled under it. */
export const policies = {
  none: { header: undefined, allowsWasm: true },
  wasm: { header: "script-src 'self' 'wasm-unsafe-eval'", allowsWasm: true },
  strict: { header: "script-src 'self'", allowsWasm: false },
};

/** Every place under every policy. */
export const settings = ["page", "worker"].flatMap((place) =>
  Object.entries(policies).map(([policyName, policy]) => ({ place, policyName, policy })),
);
