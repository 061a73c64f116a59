/** The test runner's view of the sources. */

import { defineConfig } from "vitest/config";
import { inlineWasmForVite, machineSuffixes } from "./build/plugins.mjs";

export default defineConfig({
  resolve: { extensions: machineSuffixes },
  plugins: [inlineWasmForVite()],
  test: { include: ["test/**/*.test.ts"], testTimeout: 60000 },
});
