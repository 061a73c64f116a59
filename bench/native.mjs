/** The C reference: built where a C compiler is present, once for each set of instructions that the processor has. */

import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { temporary } from "./temporary.mjs";

const sources = fileURLToPath(new URL("native/", import.meta.url));

/** No contraction: a product and a sum fuse only where the source says so, and inputs are the same bits everywhere. */
const common = ["-std=gnu11", "-O3", "-ffp-contract=off", "-Wall", "-Wextra", "-Wno-unused-parameter"];

const builds = [
  { name: "C", file: "native", flags: ["-msse4.1"], needs: "sse4_1" },
  { name: "C, FMA", file: "native-fma", flags: ["-mavx2", "-mfma", "-mprefer-vector-width=128"], needs: "fma" },
];

/** What main.c has kernels for, in f32. */
const operations = new Set(["mse", "mae", "huber", "binaryCrossEntropyWithLogits", "sigmoid", "softmax", "logSoftmax", "crossEntropy"]);

const processorFlags = () => {
  try {
    return new Set(/^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1].trim().split(/\s+/));
  } catch {
    return new Set();
  }
};

/** The compiler's version, or undefined. */
export function compilerVersion() {
  try {
    return execFileSync("gcc", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
      .split("\n")[0]
      .replace("gcc ", "");
  } catch {
    return undefined;
  }
}

/** Names of the contenders in C, whether or not they can be built here. */
export const nativeNames = builds.map(({ name }) => name);

/** Whether main.c has the workload. */
const isNative = ({ operation, precision }) => precision === "f32" && operations.has(operation);

/** Of the contenders with these names, those that have one of the workloads and can be built and run here. */
export function nativeContenders(names, workloads) {
  if (!workloads.some(isNative)) return [];
  const has = processorFlags();
  const chosen = builds.filter(({ name, needs }) => names.includes(name) && has.has(needs));
  if (chosen.length === 0 || compilerVersion() === undefined) return [];
  return chosen.flatMap(build);
}

/** The contender, or nothing if the compiler fails. */
function build({ name, file, flags }) {
  const files = readdirSync(sources).filter((source) => source.endsWith(".c"));
  const executable = temporary(file);
  const parameters = [...common, ...flags, ...files.map((source) => sources + source), "-lm", "-o", executable];
  const { status, stderr } = spawnSync("gcc", parameters, { encoding: "utf8" });
  if (status !== 0) {
    console.error(`${name} is left out: gcc fails. ${/.*error.*/i.exec(stderr)?.[0] ?? ""}`.trim());
    return [];
  }
  process.stderr.write(stderr);
  return [{ name, executable }];
}
