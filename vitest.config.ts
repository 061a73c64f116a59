/** The test runner's view of the sources. */

import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { inlineWasmForVite, machineSuffixes } from "./build/plugins.mjs";

/** V8 11 (Node 20) hides relaxed SIMD behind a flag that later engines do not know. */
const execArgv = Number.parseInt(process.versions.v8, 10) < 12 ? ["--experimental-wasm-relaxed-simd"] : [];

export default defineConfig({
  resolve: { extensions: machineSuffixes },
  plugins: [inlineWasmForVite()],
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60000,
    // A case that asserts nothing would pass whatever the library does.
    expect: { requireAssertions: true },
    pool: "forks",
    // vitest leaves a core to itself, but waits while tests compute: on two cores that is half of them.
    maxWorkers: availableParallelism(),
    execArgv,
  },
});
