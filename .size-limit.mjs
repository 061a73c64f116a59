/** What the package may cost its users to download, gzipped. */

import { readdirSync, readFileSync } from "node:fs";

/** esbuild: the library without the text of its binaries. */
const withoutBinaries = {
  name: "without-binaries",
  setup(build) {
    build.onLoad({ filter: /dist\/index\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/"[\w+/=]{1000,}"/g, '""'),
    }));
  },
};

export default [
  ...Object.entries({ mse: "6 kB", crossEntropy: "17.5 kB" }).map(([loss, limit]) => ({
    name: `JavaScript of ${loss}, beside the WebAssembly`,
    path: "dist/index.js",
    import: `{ ${loss} }`,
    modifyEsbuildConfig: (config) => ({ ...config, plugins: [...(config.plugins ?? []), withoutBinaries] }),
    gzip: true,
    limit,
  })),
  ...readdirSync("dist/wasm").map((name) => ({
    name,
    path: `dist/wasm/${name}`,
    modifyEsbuildConfig: (config) => ({ ...config, loader: { ".wasm": "copy" } }),
    gzip: true,
    limit: "25 kB",
  })),
];
