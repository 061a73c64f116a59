/** The runner of the playground's tests: one browser at a time, on a production build. */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "simd-loss": fileURLToPath(new URL("../../dist/index.js", import.meta.url)) } },
  test: {
    include: ["test/*.test.ts"],
    globalSetup: "./test/build.ts",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
