/** The two columns of a section on a wide screen: what changes it, and what shows. On a phone their parts make one column. */

import { type Child, element } from "./element";

/**
 * Where a part stands on a phone, from the top; on a wide screen parts keep the order of their column.
 */
export interface Parts {
  readonly controls: readonly (readonly [place: number, part: HTMLElement])[];
  readonly shown: readonly (readonly [place: number, part: HTMLElement])[];
}

export function columns({ controls, shown }: Parts): HTMLElement {
  const column = (name: string, parts: Parts["shown"]): Child => {
    for (const [place, part] of parts) part.style.setProperty("--place", String(place));
    return element("div", { class: `column ${name}` }, ...parts.map(([, part]) => part));
  };
  return element("div", { class: "columns" }, column("controls", controls), column("shown", shown));
}
