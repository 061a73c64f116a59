/** A `.wasm` import is the file in base64, inlined by the build and by the test runner. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}
