/** A box to check, in its label. */

import { element } from "./element";

export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const input = element("input", { type: "checkbox", checked, onchange: () => onChange(input.checked) });
  return element("label", { class: "check" }, input, label);
}
