/** The section of training: settings, the worker's commands, and what comes back from it. */

import { lastOf, type Query } from "../address";
import { byGroup, drawableLosses, type LossEntry } from "../catalogue";
import { checkbox } from "../checkbox";
import { columns } from "../columns";
import { element, newId } from "../element";
import { formulaElement } from "../formula";
import { numberElement, percent } from "../numbers";
import type { Section } from "../section";
import { type Scale, slider } from "../slider";
import { type Choice, confusionTable, DigitGallery } from "./digits";
import { History } from "./history";
import { betweenName, isObjective } from "./objective";
import type { Digits, Order, Pace, Progress, Settings } from "./protocol";

const RATES: Scale = { min: 0.01, max: 2, step: 0, logarithmic: true };
const BATCH_SIZES = [8, 16, 32, 64, 128];
const EPOCHS = { min: 5, max: 100, step: 5 };
const SEEDS = { min: 1, max: 20, step: 1 };
/** Those of `npm run train`. */
const usual = { loss: "crossEntropy", rate: 0.2, batchSize: 32, seed: 1, epochs: 30 };

const objectives = drawableLosses.filter(isObjective);

export function trainingSection(panel: HTMLElement, worker: Worker, changed: () => void): Section {
  let settings: Settings = usual;
  let epochs = usual.epochs;
  let pace: Pace = "fast";
  let choice: Choice = "first";
  let digits: Digits | undefined;
  let last: Progress | undefined;
  /** The loss of the last batch. */
  let latest: number | undefined;
  /** Resets whose answer is still to come: what arrives before it belongs to the training before. */
  let resets = 0;
  const order = (message: Order) => worker.postMessage(message);

  const history = new History();
  const gallery = new DigitGallery();
  const confusion = element("div", { class: "scroll" });
  const figures = element("dl", { class: "figures" });
  const status = element("p", { class: "hint", role: "status" });
  const machine = element("p", { class: "hint" });
  const controls = element("div", { class: "card" });
  const go = element(
    "button",
    { type: "button", class: "primary", onclick: () => (last?.running ? order({ kind: "pause" }) : run()) },
    "Train",
  );
  const step = element("button", { type: "button", onclick: () => order({ kind: "step" }) }, "One batch");
  const again = element("button", { type: "button", onclick: () => reset() }, "Reset");

  let until = 0;
  let done = 0;
  function run(): void {
    until = done < epochs ? epochs : done + epochs;
    order({ kind: "run", epochs: until, pace });
  }

  function reset(next: Settings = settings): void {
    settings = next;
    resets++;
    done = 0;
    history.clear();
    order({ kind: "reset", settings });
    changed();
  }

  worker.addEventListener("message", ({ data }: MessageEvent<Progress>) => {
    if (data.digits !== undefined) resets--;
    if (resets > 0) return;
    digits = data.digits ?? digits;
    last = data;
    latest = data.digits === undefined ? (data.batches.at(-1) ?? latest) : undefined;
    done += data.epochs.length;
    history.add(data);
    update(data);
  });

  function update(progress: Progress): void {
    const { running, correct, testLoss, predicted, certainty, backend } = progress;
    go.textContent = running ? "Pause" : "Train";
    step.disabled = running;
    const entries: [string, Node | string][] = [
      ["epoch", element("data", { value: done }, String(done))],
      ["batch loss", latest === undefined ? "–" : numberElement(latest, 4)],
      ["test loss", element("data", { value: testLoss, class: "test-loss" }, testLoss.toFixed(4))],
      ["accuracy", element("data", { value: correct, class: "correct" }, percent(correct / predicted.length, 2))],
    ];
    figures.replaceChildren(...entries.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value))));
    machine.textContent = `computed by the backend ${backend}`;
    const told = running ? "Training." : done > 0 && done === until ? `Trained for ${done} epochs.` : "";
    if (status.textContent !== told) status.textContent = told;
    if (digits === undefined) return;
    gallery.show(digits, predicted, certainty, choice);
    confusion.replaceChildren(confusionTable(digits.labels, predicted));
  }

  function build(): void {
    const entry = objectives.find(({ name }) => name === settings.loss)!;
    const size = (at: number) => BATCH_SIZES[at]!;
    const sizes = { min: 0, max: BATCH_SIZES.length - 1, step: 1 };
    controls.replaceChildren(
      lossChoice(entry, (loss) => {
        reset({ ...settings, loss });
        describe(objectives.find(({ name }) => name === loss)!);
      }),
      description,
      slider("learning rate", RATES, settings.rate, (rate) => reset({ ...settings, rate })).element,
      slider("batch size", sizes, BATCH_SIZES.indexOf(settings.batchSize), (at) => reset({ ...settings, batchSize: size(at) }), size)
        .element,
      slider("epochs", EPOCHS, epochs, (value) => {
        epochs = value;
        changed();
      }).element,
      slider("seed", SEEDS, settings.seed, (seed) => reset({ ...settings, seed })).element,
      paceChoice(),
    );
    describe(entry);
  }

  const description = element("div", { class: "described" });
  function describe(entry: LossEntry): void {
    description.replaceChildren(formulaElement(entry.formula), element("p", { class: "hint" }, `${betweenName(entry)}`));
  }

  function paceChoice(): HTMLElement {
    return checkbox("slowly, batch by batch", pace === "slow", (slow) => {
      pace = slow ? "slow" : "fast";
      if (last?.running) order({ kind: "run", epochs: until, pace });
    });
  }

  const pictures = element(
    "div",
    { class: "pair" },
    element("section", {}, element("h3", {}, "Digits it has not seen"), galleryChoice(), gallery.element),
    element("section", {}, element("h3", {}, "What it confuses"), confusion),
  );
  panel.append(
    element(
      "p",
      { class: "lead" },
      "A network with one hidden layer learns handwritten digits, here and now, by the code of npm run train. Choose what it minimises and watch.",
    ),
    columns({
      controls: [
        [1, element("div", { class: "card" }, element("div", { class: "buttons" }, go, step, again), status, machine)],
        [4, controls],
      ],
      shown: [
        [2, figures],
        [3, history.element],
        [5, pictures],
      ],
    }),
  );

  function galleryChoice(): HTMLElement {
    const choices: [Choice, string][] = [
      ["first", "the first"],
      ["mistakes", "mistakes"],
    ];
    const radios = choices.map(([value, text]) => {
      const input = element("input", { type: "radio", name: "gallery", checked: value === choice });
      input.addEventListener("change", () => {
        choice = value;
        if (last !== undefined) update(last);
      });
      return element("label", {}, input, text);
    });
    return element("fieldset", { class: "segments" }, element("legend", {}, "show"), ...radios);
  }

  return {
    show(query) {
      settings = settingsOf(query);
      const asked = Number(lastOf(query, "epochs"));
      epochs = asked >= EPOCHS.min && asked <= EPOCHS.max ? asked : usual.epochs;
      build();
      reset();
    },
    query: () => Object.entries({ ...settings, epochs }).map(([name, value]) => [name, String(value)] as const),
  };
}

function settingsOf(query: Query): Settings {
  const number = (name: "rate" | "batchSize" | "seed", valid: (x: number) => boolean) => {
    const value = Number(lastOf(query, name) ?? NaN);
    return valid(value) ? value : usual[name];
  };
  const loss = lastOf(query, "loss");
  return {
    loss: objectives.some(({ name }) => name === loss) ? loss! : usual.loss,
    rate: number("rate", (x) => x >= RATES.min && x <= RATES.max),
    batchSize: number("batchSize", (x) => BATCH_SIZES.includes(x)),
    seed: number("seed", (x) => Number.isInteger(x) && x >= 1),
  };
}

function lossChoice(chosen: LossEntry, choose: (name: string) => void): HTMLElement {
  const id = newId("loss");
  const select = element(
    "select",
    { id },
    ...[...byGroup(objectives)].map(([group, members]) =>
      element(
        "optgroup",
        { label: group },
        ...members.map(({ name }) => element("option", { value: name, selected: name === chosen.name }, name)),
      ),
    ),
  );
  select.addEventListener("change", () => choose(select.value));
  return element("div", { class: "field" }, element("label", { for: id }, "loss"), select);
}
