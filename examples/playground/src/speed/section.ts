/** The section of speed: which workloads to measure, and the results as bars. */

import type { Query } from "../address";
import { element } from "../element";
import type { Section } from "../section";
import type { Measured, News, Order } from "./protocol";
import { sizeOf, titleOf, type Workload, workloads } from "./workloads";

const names: Readonly<Record<string, string>> = {
  naive: "naive loop",
  js: "fallback",
  simd: "SIMD",
  relaxed: "relaxed SIMD",
};
/** A relative difference of f32 results that is no rounding any more. */
const WRONG = 1e-3;

export function speedSection(panel: HTMLElement, worker: Worker, changed: () => void): Section {
  let chosen = new Set(workloads.map(({ name }) => name));
  let measuring = false;
  let results = new Map<string, readonly Measured[]>();
  const order = (message: Order) => worker.postMessage(message);

  const cards = new Map(workloads.map((workload) => [workload.name, new Card(workload, toggle)]));
  const go = element("button", { type: "button", class: "primary", onclick: () => (measuring ? stop() : start()) }, "Measure");
  const status = element("p", { class: "hint", role: "status" });

  function toggle(name: string, on: boolean): void {
    if (on) chosen.add(name);
    else chosen.delete(name);
    changed();
  }
  function start(): void {
    results = new Map();
    for (const card of cards.values()) card.clear();
    set(chosen.size > 0);
    status.textContent = chosen.size > 0 ? "Measuring." : "Nothing is chosen.";
    if (chosen.size > 0) order({ kind: "measure", workloads: [...chosen] });
  }
  function stop(): void {
    order({ kind: "stop" });
    set(false);
    status.textContent = "Stopped.";
  }
  function set(now: boolean): void {
    measuring = now;
    go.textContent = now ? "Stop" : "Measure";
  }

  worker.addEventListener("message", ({ data }: MessageEvent<News>) => {
    if (!measuring) return;
    if (data.kind === "end") {
      set(false);
      status.textContent = `Measured ${results.size} workloads.`;
      return;
    }
    results.set(data.workload, data.results);
    const greatest = Math.max(1, ...[...results.values()].flat().map(({ ratio }) => ratio || 0));
    for (const [name, measured] of results) cards.get(name)!.show(measured, greatest);
    if (data.final) status.textContent = `${results.size} of ${chosen.size} measured.`;
  });

  panel.append(
    element(
      "p",
      { class: "lead" },
      "How fast is it here? Each workload runs as a careful hand-written loop and on every backend of the library, in turns, on one thread of this machine. A bar is how many times as fast as the loop it is.",
    ),
    element("div", { class: "buttons" }, go, status),
    element("div", { class: "speed-grid" }, ...[...cards.values()].map((card) => card.element)),
    element(
      "p",
      { class: "hint" },
      "Single precision; the median of seven rounds, each of at least 12 ms for each contender, data copied in and out. Other work on the machine shows in the numbers.",
    ),
  );

  return {
    show(query) {
      const asked = query.filter(([key]) => key === "only").map(([, value]) => value);
      chosen = new Set(workloads.map(({ name }) => name).filter((name) => asked.length === 0 || asked.includes(name)));
      for (const [name, card] of cards) card.choose(chosen.has(name));
    },
    query: (): Query => (chosen.size === workloads.length ? [] : [...chosen].map((name) => ["only", name] as const)),
  };
}

/** A workload with its bars. */
class Card {
  readonly element: HTMLElement;
  private readonly body = element("tbody");
  private readonly box: HTMLInputElement;

  constructor(workload: Workload, toggle: (name: string, on: boolean) => void) {
    const { name } = workload;
    this.box = element("input", { type: "checkbox", onchange: () => toggle(name, this.box.checked) });
    const head = ["contender", "times as fast as the loop", "time of a call"];
    this.element = element(
      "section",
      { class: "card speed", "data-workload": name },
      element("label", { class: "check" }, this.box, element("strong", {}, titleOf(workload))),
      element("p", { class: "hint" }, sizeOf(workload)),
      element(
        "table",
        {},
        element("caption", { class: "unseen" }, titleOf(workload)),
        element("thead", { class: "unseen" }, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
        this.body,
      ),
    );
    this.clear();
  }

  choose(on: boolean): void {
    this.box.checked = on;
  }

  clear(): void {
    this.show(
      Object.keys(names).map((contender) => ({ contender, time: NaN, ratio: NaN, difference: 0 })),
      1,
    );
  }

  show(measured: readonly Measured[], greatest: number): void {
    this.body.replaceChildren(...measured.map((each) => row(each, greatest)));
    this.element.dataset.measured = String(measured.some(({ ratio }) => ratio > 0));
  }
}

function row({ contender, time, ratio, difference, absent }: Measured, greatest: number): HTMLElement {
  const known = Number.isFinite(ratio);
  const told = absent ?? (known ? `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×` : "–");
  return element(
    "tr",
    { "data-contender": contender, style: `--share: ${known ? ratio / greatest : 0}` },
    element("th", { scope: "row" }, names[contender] ?? contender),
    element("td", { class: "ratio" }, element("data", { value: ratio }, told), ...(difference > WRONG ? [" another answer"] : [])),
    element("td", { class: "time" }, known ? duration(time) : ""),
  );
}

function duration(milliseconds: number): string {
  return milliseconds < 1 ? `${(1000 * milliseconds).toPrecision(3)} µs` : `${milliseconds.toPrecision(3)} ms`;
}
