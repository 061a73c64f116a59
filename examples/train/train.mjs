/** Trains a small network on handwritten digits: `npm run train -- [--epochs N] [--seed N] [--svg FILE]`. */

import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import cliProgress from "cli-progress";
import { init } from "simd-loss";
import { lossCurve } from "./curve.mjs";
import { readDigits } from "./digitsFile.mjs";
import { Training } from "./training.mjs";

const { values } = parseArgs({
  options: {
    epochs: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    svg: { type: "string", default: fileURLToPath(new URL("loss.svg", import.meta.url)) },
  },
});
const epochs = wholeNumber("epochs", values.epochs);
const seed = wholeNumber("seed", values.seed);

/** Where standard error is no terminal, one epoch in this many is reported. */
const SPARSE = 5;
const bar = process.stderr.isTTY
  ? new cliProgress.SingleBar({ format: "{bar} epoch {value}/{total}  loss {loss}", hideCursor: true }, cliProgress.Presets.shades_classic)
  : undefined;

// Baseline SIMD gives the same bits on every machine, so the numbers of two runs can be compared.
await init({ backend: "simd" });
const training = new Training(await readDigits(), { seed });
const losses = [];
bar?.start(epochs, 0, { loss: "" });
for (let epoch = 1; epoch <= epochs; epoch++) {
  const loss = training.epoch();
  losses.push(loss);
  if (bar) bar.update(epoch, { loss: loss.toFixed(4) });
  else if (epoch === 1 || epoch === epochs || epoch % SPARSE === 0) console.error(`epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}`);
}
bar?.stop();

const { loss, correct, predicted } = training.test();
writeFileSync(values.svg, lossCurve(losses));
console.log(`test loss ${loss.toFixed(4)}`);
console.log(`accuracy ${((100 * correct) / predicted.length).toFixed(2)} % (${correct} of ${predicted.length})`);
console.log(`loss curve ${relative(".", values.svg)}`);

function wholeNumber(name, text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    console.error(`--${name} must be a whole number of at least 1, got "${text}"`);
    process.exit(2);
  }
  return number;
}
