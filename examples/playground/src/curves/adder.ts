/** The way to another curve: a loss or activation is found, chosen, and added. */

import { entries } from "../catalogue";
import { element } from "../element";
import { picker } from "../picker";

const SHOWN = 9;

export function adder(full: boolean, add: (name: string) => void): HTMLElement {
  const chosen = () => {
    if (!full && list.value !== "") add(list.value);
  };
  const { element: choice, list } = picker("Another curve", [...entries.values()], SHOWN, chosen);
  list.addEventListener("dblclick", chosen);
  return element(
    "div",
    { class: "card adder" },
    choice,
    element("button", { type: "button", disabled: full, onclick: chosen }, "Add"),
    ...(full ? [element("p", { class: "hint" }, "There are as many curves as colours: remove one to add another.")] : []),
  );
}
