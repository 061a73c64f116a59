/** Other libraries: their contenders, and their installation in a folder of their own. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installIn } from "../build/install.mjs";

const folder = fileURLToPath(new URL("peers/", import.meta.url));
const module = (file) => new URL(`peers/${file}`, import.meta.url).href;

const tensorflow = (backend) => [
  { name: `tfjs ${backend}`, module: module("tensorflow.mjs"), options: { backend, resident: false } },
  { name: `tfjs ${backend}, resident`, module: module("tensorflow.mjs"), options: { backend, resident: true } },
];

/** Resident: data that stay in the library's own memory, as ours in an arena; otherwise typed arrays go in and come out. */
export const peerContenders = [
  ...tensorflow("cpu"),
  ...tensorflow("wasm"),
  { name: "onnx web", module: module("onnx.mjs"), options: { runtime: "onnxruntime-web" } },
  { name: "onnx native", module: module("onnx.mjs"), options: { runtime: "onnxruntime-node" } },
  { name: "jax-js", module: module("jax.mjs"), options: { resident: false } },
  { name: "jax-js, resident", module: module("jax.mjs"), options: { resident: true } },
  { name: "numpy-ts, resident", module: module("numpy.mjs"), options: {} },
];

/** Installs the peers where they are missing. Returns their names and versions. */
export function installPeers() {
  installIn(folder);
  const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  const versionOf = (name) => JSON.parse(readFileSync(`${folder}node_modules/${name}/package.json`, "utf8")).version;
  return Object.keys(dependencies).map((name) => `${name} ${versionOf(name)}`);
}
