/** A built binary is imported in base64: the build and the test runner inline it. */
declare module "../../dist/wasm/*" {
  const base64: string;
  export default base64;
}

/** The package's own `.wasm` files, where the engine imports them as modules. */
declare module "simd-loss/*" {
  const module: WebAssembly.Module;
  export default module;
}
