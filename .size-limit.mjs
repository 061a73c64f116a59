/** What the package may cost its users to download, gzipped. */

import { readdirSync } from "node:fs";

export default [
  {
    // The build without binaries: all that a bundle holds of the library beside the WebAssembly.
    name: "JavaScript of one loss",
    path: "dist/js.js",
    import: "{ mse }",
    gzip: true,
    limit: "6 kB",
  },
  ...readdirSync("dist/wasm").map((name) => ({
    name,
    path: `dist/wasm/${name}`,
    modifyEsbuildConfig: (config) => ({ ...config, loader: { ".wasm": "copy" } }),
    gzip: true,
    limit: "25 kB",
  })),
];
