/** Where in a browser the suite runs: a page or a module worker, each under several content security policies. */

export const places = ["page", "worker"];

/** By the name that a policy has in addresses. `allowsWasm`: whether WebAssembly runs under it. */
export const policies = {
  none: { header: undefined, allowsWasm: true },
  wasm: { header: "script-src 'self' 'wasm-unsafe-eval'", allowsWasm: true },
  strict: { header: "script-src 'self'", allowsWasm: false },
};
