/** The choice of one of many losses: by groups, narrowed by words that may stand anywhere in what is known of a loss. */

import { byGroup, type Entry } from "./catalogue";
import { element, newId } from "./element";

interface Picker {
  /** The field of words, the list, and how many it has. */
  readonly element: HTMLElement;
  /** The list, of which one entry is chosen. */
  readonly list: HTMLSelectElement;
}

/** What the words are sought in: name, group, formula, use, and the names that other libraries have for it. */
function knownOf({ name, groups, formula, use, also, summary }: Entry): string {
  return [name, ...groups, formula, use, also, summary].join(" ").toLowerCase();
}

/**
 * @param label of the list
 * @param rows of the list that show at once
 * @param onEnter called when the enter key is pressed in the field or the list
 */
export function picker(label: string, entries: readonly Entry[], rows: number, onEnter: () => void): Picker {
  const ids = { field: newId("find"), list: newId("list") };
  const known = new Map(entries.map((entry) => [entry, knownOf(entry)]));
  const field = element("input", {
    type: "search",
    id: ids.field,
    placeholder: "outliers, F.l1_loss, ranking …",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => narrow(),
  });
  const list = element("select", { id: ids.list, size: rows });
  const count = element("p", { class: "hint", role: "status" });
  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = entries.filter((entry) => words.every((word) => known.get(entry)!.includes(word)));
    const chosen = list.value;
    list.replaceChildren(
      ...[...byGroup(found)].map(([group, members]) =>
        element(
          "optgroup",
          { label: group },
          ...members.map(({ name }) => element("option", { value: name, selected: name === chosen }, name)),
        ),
      ),
    );
    if (list.selectedIndex < 0) list.selectedIndex = 0;
    count.textContent = words.length === 0 ? "" : found.length === 0 ? "No loss is known by that." : `${found.length} of ${entries.length}`;
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || list.value === "") return;
    event.preventDefault();
    onEnter();
  };
  field.addEventListener("keydown", enter);
  list.addEventListener("keydown", enter);
  narrow();
  const made = element(
    "div",
    { class: "picker" },
    element("label", { for: ids.list }, label),
    element("label", { for: ids.field, class: "unseen" }, "Find a loss"),
    field,
    list,
    count,
  );
  return { element: made, list };
}
