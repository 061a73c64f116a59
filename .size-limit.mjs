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
  {
    name: "JavaScript of one loss, beside the WebAssembly",
    path: "dist/index.js",
    import: "{ mse }",
    modifyEsbuildConfig: (config) => ({ ...config, plugins: [...(config.plugins ?? []), withoutBinaries] }),
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
