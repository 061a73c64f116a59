/** What contenders answer, compared with the truth. */

import { readFileSync, rmSync } from "node:fs";
import { hashOf, makeInputs, newArray } from "./inputs.mjs";
import { errorsOf, referenceFor } from "./reference.mjs";
import { temporary } from "./temporary.mjs";

/** What every contender of a workload is held to: the inputs' hash, and the true answer where a formula is known. */
export function expectationOf(workload, seed) {
  const inputs = makeInputs(workload, seed);
  return { workload, hash: hashOf(inputs), truth: referenceFor(workload, inputs) };
}

/** The errors of a running contender's answer; undefined if no formula is known. */
export async function check({ first, ask }, { workload, hash, truth }) {
  if (first.inputs !== hash) throw new Error("made other inputs");
  return truth && errorsOf(await answerOf(ask, workload), truth);
}

async function answerOf(ask, workload) {
  const file = temporary("output");
  try {
    const reply = await ask(`answer ${file}`);
    // JSON has no NaN and no infinity, and writes null for them.
    const value = reply.value === null ? NaN : reply.value;
    if (workload.mode === "value") return { value };
    const { buffer, byteOffset, byteLength } = readFileSync(file);
    return { value, output: newArray(workload, buffer.slice(byteOffset, byteOffset + byteLength)) };
  } finally {
    // What one contender wrote must not pass for the answer of the next.
    rmSync(file, { force: true });
  }
}
