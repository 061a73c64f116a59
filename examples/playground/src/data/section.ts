/** The section of the visitor's own data: where a file comes in, what its columns mean, and its results. */

import { lastOf } from "../address";
import { columns } from "../columns";
import { element, newId } from "../element";
import type { Section } from "../section";
import { families, guess, type Kind, kindOfClasses, kindOfColumn, kinds, numeric, type Reading } from "./reading";
import { Results } from "./results";
import { sampleNames, sampleText } from "./samples";
import { readTable, type Table } from "./table";

export function dataSection(panel: HTMLElement, changed: () => void): Section {
  let sample: string | undefined;
  let table: Table | undefined;
  const results = new Results(changed);
  const choice = element("div");
  const problem = element("p", { class: "problem", role: "alert" });

  function open(name: string, text: string, loss?: string): void {
    problem.textContent = "";
    try {
      table = readTable(name, text);
      const reading = guess(table);
      if (reading === undefined) throw new Error(`${name} must have two columns of numbers, got ${numeric(table).length}`);
      read(reading, loss);
    } catch (error) {
      table = undefined;
      problem.textContent = error instanceof Error ? error.message : String(error);
      choice.replaceChildren();
      results.element.replaceChildren();
    }
  }

  function read(reading: Reading, loss?: string): void {
    const focused = choice.contains(document.activeElement) ? document.activeElement?.getAttribute("data-role") : undefined;
    choice.replaceChildren(columnChoice(table!, reading, (next) => read(next, results.loss)));
    if (focused != null) choice.querySelector<HTMLElement>(`[data-role="${focused}"]`)?.focus();
    results.show(table!, reading, loss);
    changed();
  }

  async function openSample(name: string, loss?: string): Promise<void> {
    sample = name;
    open(name, await sampleText(name), loss);
  }

  async function openFile(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    sample = undefined;
    open(file.name, await file.text());
  }

  const pasted = paste((text) => {
    sample = undefined;
    open("the pasted text", text);
  });
  const samples = element(
    "div",
    { class: "card", role: "group", "aria-label": "Samples" },
    element("h3", {}, "Predictions of real models"),
    ...sampleNames.map((name) => element("button", { type: "button", class: "link", onclick: () => void openSample(name) }, name)),
  );
  panel.append(
    element(
      "p",
      { class: "lead" },
      "A CSV of predictions and what was true, evaluated with every loss that fits. It stays in this page: nothing is sent anywhere.",
    ),
    columns({
      controls: [
        [1, element("div", { class: "stack" }, dropZone(openFile), pasted, samples)],
        [2, problem],
        [4, choice],
      ],
      shown: [[3, results.element]],
    }),
  );

  return {
    show(query) {
      const asked = lastOf(query, "sample");
      void openSample(asked !== undefined && sampleNames.includes(asked) ? asked : sampleNames[0]!, lastOf(query, "loss"));
    },
    query: () => (sample === undefined ? [] : [["sample", sample] as const, ["loss", results.loss] as const]),
  };
}

/** A place to drop a file on, which also opens the chooser. */
function dropZone(open: (file: File | undefined) => Promise<void>): HTMLElement {
  const id = newId("file");
  const input = element("input", { type: "file", id, accept: ".csv,.tsv,.txt,text/csv", class: "unseen" });
  input.addEventListener("change", () => {
    void open(input.files?.[0]);
    input.value = "";
  });
  const zone = element(
    "div",
    { class: "drop" },
    input,
    element("label", { for: id }, element("strong", {}, "Choose a CSV"), element("span", {}, " or drop it here")),
  );
  const over = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    void open(event.dataTransfer?.files[0]);
  });
  return zone;
}

function paste(open: (text: string) => void): HTMLElement {
  const id = newId("paste");
  const area = element("textarea", { id, rows: 5, spellcheck: "false", placeholder: "prediction,target\n2.5,3\n0,-0.5" });
  return element(
    "details",
    { class: "card" },
    element("summary", {}, "Paste text"),
    element("label", { for: id, class: "unseen" }, "CSV text"),
    area,
    element("button", { type: "button", onclick: () => open(area.value) }, "Evaluate"),
  );
}

/** The three choices by which a reading is corrected. */
function columnChoice(table: Table, reading: Reading, choose: (reading: Reading) => void): HTMLElement {
  const names = numeric(table);
  const groups = families(table);
  const { classes } = kinds[reading.kind];
  const possible = (Object.keys(kinds) as Kind[]).filter((kind) => !kinds[kind].classes || groups.length > 0);
  const told = (group: readonly string[]) => `${group[0]} … ${group.at(-1)}`;

  const kind = select(
    "predictions are",
    "kind",
    possible.map((each) => [each, kinds[each].text]),
    reading.kind,
    (value) => {
      const next = value as Kind;
      const single = names.find((name) => name !== reading.target) ?? names[0]!;
      const predictions = kinds[next].classes === classes ? reading.predictions : kinds[next].classes ? groups[0]! : [single];
      choose({ ...reading, kind: next, predictions });
    },
  );
  const prediction = classes
    ? select(
        "in columns",
        "prediction",
        groups.map((group) => [told(group), told(group)]),
        told(reading.predictions),
        (value) => {
          const group = groups.find((each) => told(each) === value)!;
          choose({ ...reading, predictions: group, kind: kindOfClasses(table, group) });
        },
      )
    : select("in column", "prediction", pairs(names), reading.predictions[0]!, (name) =>
        choose({ ...reading, predictions: [name], kind: kindOfColumn(table, name, reading.target) }),
      );
  const target = select(classes ? "label in column" : "target in column", "target", pairs(names), reading.target, (name) =>
    choose({ ...reading, target: name }),
  );
  return element("div", { class: "card" }, element("h3", {}, "Columns"), kind, prediction, target);
}

const pairs = (names: readonly string[]): [string, string][] => names.map((name) => [name, name]);

function select(
  label: string,
  role: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  choose: (value: string) => void,
): HTMLElement {
  const id = newId(role);
  const made = element(
    "select",
    { id, "data-role": role },
    ...options.map(([value, text]) => element("option", { value, selected: value === chosen }, text)),
  );
  made.addEventListener("change", () => choose(made.value));
  return element("div", { class: "field" }, element("label", { for: id }, label), made);
}
