/** Who competes in JavaScript, but for the peers: each contender's module and options. */

const module = (path) => new URL(path, import.meta.url).href;
const ours = module("contenders/simdLoss.mjs");

/** The contender with which all are compared. */
export const BASELINE = "naive";

const javascript = [
  { name: BASELINE, module: module("contenders/naive.mjs"), options: {} },
  { name: "tuned", module: module("contenders/tuned.mjs"), options: {} },
];

export const backends = ["js", "simd", "relaxed"];

/** The library's own contenders. */
const libraryContenders = (library, chosen) =>
  backends
    .filter((backend) => chosen.includes(backend))
    .flatMap((backend) => [
      { name: backend, module: ours, options: { library, backend, arena: false }, needs: backend, own: true },
      ...(backend === "js"
        ? []
        : [{ name: `${backend}, arena`, module: ours, options: { library, backend, arena: true }, needs: backend, own: true }]),
    ]);

/** V8 11 (Node 20) hides relaxed SIMD behind a flag that later engines do not know. */
const FIRST_V8_WITH_RELAXED_SIMD = 12;

/** The flags with which an engine runs what a contender needs. */
export function flagsFor({ needs }, v8) {
  return needs === "relaxed" && Number.parseInt(v8, 10) < FIRST_V8_WITH_RELAXED_SIMD ? ["--experimental-wasm-relaxed-simd"] : [];
}

/** The loops written by hand, and the library: `library` is the URL of its build, `chosen` are its backends. */
export function contendersOf(library, chosen) {
  return [...javascript, ...libraryContenders(library, chosen)];
}
