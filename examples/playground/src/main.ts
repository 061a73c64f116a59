/** The page: its sections behind tabs, each started when it is first shown, with its state in the address. */

import { backend } from "simd-loss";
import { type Query, readAddress, writeAddress } from "./address";
import { curvesSection } from "./curves/section";
import { fetchSamples } from "./data/samples";
import { dataSection } from "./data/section";
import type { Section } from "./section";
import { speedSection } from "./speed/section";
import { startTabs } from "./tabs";
import { startTheme } from "./theme";
import { trainingSection } from "./training/section";

const byId = (id: string) => document.getElementById(id)!;

const trainingWorker = new Worker(new URL("./training/worker.ts", import.meta.url), { type: "module" });
const speedWorker = new Worker(new URL("./speed/worker.ts", import.meta.url), { type: "module" });

const starts: Readonly<Record<string, (panel: HTMLElement, changed: () => void) => Section>> = {
  curves: curvesSection,
  training: (panel, changed) => trainingSection(panel, trainingWorker, changed),
  speed: (panel, changed) => speedSection(panel, speedWorker, changed),
  data: dataSection,
};
const started = new Map<string, Section>();
let shown = "";

/** Shows a section; the state it had, unless the address asks for another. */
function show(id: string, query: Query, fresh: boolean): void {
  shown = id;
  tabs.select(id);
  let section = started.get(id);
  if (section === undefined) {
    section = starts[id]!(byId(`panel-${id}`), () => {
      if (shown === id) writeAddress({ section: id, query: started.get(id)?.query() ?? [] }, "same");
    });
    started.set(id, section);
    section.show(query);
  } else if (fresh) section.show(query);
}

/** Shows what the address asks for. */
function follow(): void {
  const { section, query } = readAddress();
  if (section in starts) show(section, query, query.length > 0 || !started.has(section));
  else show("curves", [], !started.has("curves"));
}

const tabs = startTabs(document.querySelector<HTMLElement>('[role="tablist"]')!, (id) => {
  show(id, [], false);
  writeAddress({ section: id, query: started.get(id)!.query() }, "new");
});
startTheme(byId("theme") as HTMLButtonElement);
follow();
addEventListener("popstate", follow);

const { name, why } = backend();
byId("backend").textContent = `backend: ${name}`;
byId("backend").title = why;

// Whatever the page may need later is fetched now, so that it works without a network from here on.
addEventListener("load", () => {
  fetchSamples();
  void document.fonts.load("1em Inter", "aδ");
});
