/** Other libraries: their contenders, and their installation in a folder of their own. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installIn } from "../build/install.mjs";

const folder = fileURLToPath(new URL("peers/", import.meta.url));
const module = (file) => new URL(`peers/${file}`, import.meta.url).href;

const tensorflow = (backend, ...packages) => [
  { name: `tfjs ${backend}`, module: module("tensorflow.mjs"), options: { backend, resident: false }, packages },
  { name: `tfjs ${backend}, resident`, module: module("tensorflow.mjs"), options: { backend, resident: true }, packages },
];
const onnx = (name, runtime) => ({ name, module: module("onnx.mjs"), options: { runtime }, packages: [runtime] });
const jax = { module: module("jax.mjs"), packages: ["@jax-js/jax"] };

/**
 * Each with the packages whose versions it depends on. Resident: data that stay in the library's own memory, as ours in an
 * arena; otherwise typed arrays go in and come out.
 */
export const peerContenders = [
  ...tensorflow("cpu", "@tensorflow/tfjs"),
  ...tensorflow("wasm", "@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"),
  onnx("onnx web", "onnxruntime-web"),
  onnx("onnx native", "onnxruntime-node"),
  { ...jax, name: "jax-js", options: { resident: false } },
  { ...jax, name: "jax-js, resident", options: { resident: true } },
  { name: "numpy-ts, resident", module: module("numpy.mjs"), options: {}, packages: ["numpy-ts"] },
];

/** Installs the peers where they are missing. */
export const installPeers = () => installIn(folder);

/** The version of a peer's package, undefined if it is not there. */
export function peerVersion(name) {
  try {
    return JSON.parse(readFileSync(`${folder}node_modules/${name}/package.json`, "utf8")).version;
  } catch {
    return undefined;
  }
}
