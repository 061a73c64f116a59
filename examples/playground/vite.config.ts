/** How the playground is served and built: with the library's own build, and nothing from elsewhere. */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { documentationModule } from "./documentation.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  resolve: { alias: { "simd-loss": `${repository}dist/index.js` } },
  plugins: [documentationModule()],
  worker: { format: "es", plugins: () => [documentationModule()] },
  server: { fs: { allow: [repository] } },
  build: { target: "es2022", chunkSizeWarningLimit: 1500 },
});
