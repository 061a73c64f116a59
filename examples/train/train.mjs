/** Trains a small network on handwritten digits: `npm run train -- [--epochs N] [--seed N] [--svg FILE]`. */

import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import cliProgress from "cli-progress";
import { lossCurve } from "./curve.mjs";
import { train } from "./training.mjs";

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

bar?.start(epochs, 0, { loss: "" });
const { losses, testLoss, correct, tested } = await train({
  epochs,
  seed,
  onEpoch(epoch, loss) {
    if (bar) bar.update(epoch, { loss: loss.toFixed(4) });
    else if (epoch === 1 || epoch === epochs || epoch % SPARSE === 0) console.error(`epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}`);
  },
});
bar?.stop();

writeFileSync(values.svg, lossCurve(losses));
console.log(`test loss ${testLoss.toFixed(4)}`);
console.log(`accuracy ${((100 * correct) / tested).toFixed(2)} % (${correct} of ${tested})`);
console.log(`loss curve ${relative(".", values.svg)}`);

function wholeNumber(name, text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    console.error(`--${name} must be a whole number of at least 1, got "${text}"`);
    process.exit(2);
  }
  return number;
}
