/** The C reference: built where a C compiler is present, once for each set of instructions that the processor has. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("native/", import.meta.url));
const built = fileURLToPath(new URL("../node_modules/.cache/simd-loss-bench/", import.meta.url));

/** No contraction: a product and a sum fuse only where the source says so, and inputs are the same bits everywhere. */
const common = ["-std=gnu11", "-O3", "-ffp-contract=off", "-Wall", "-Wextra", "-Wno-unused-parameter"];

const builds = [
  { name: "C", file: "native", flags: ["-msse4.1"], needs: "sse4_1" },
  { name: "C, FMA", file: "native-fma", flags: ["-mavx2", "-mfma", "-mprefer-vector-width=128"], needs: "fma" },
];

const processorFlags = () => {
  try {
    return new Set(/^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1].trim().split(/\s+/));
  } catch {
    return new Set();
  }
};

/** The compiler and its version, or undefined. */
export function compiler() {
  try {
    return execFileSync("gcc", ["--version"], { encoding: "utf8" }).split("\n")[0];
  } catch {
    return undefined;
  }
}

/** The contenders in C that can be built and run here. */
export function nativeContenders() {
  if (compiler() === undefined) return [];
  mkdirSync(built, { recursive: true });
  const files = readdirSync(sources).filter((file) => file.endsWith(".c"));
  const has = processorFlags();
  return builds
    .filter(({ needs }) => has.has(needs))
    .map(({ name, file, flags }) => {
      execFileSync("gcc", [...common, ...flags, ...files.map((source) => sources + source), "-lm", "-o", built + file]);
      return { name, executable: built + file };
    });
}
