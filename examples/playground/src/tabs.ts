/** The tabs of the sections, by the ARIA pattern: arrow keys move along them, and the panel of the chosen one shows. */

export interface Tabs {
  select(id: string): void;
}

/** Wires the `role="tab"` elements `tab-ID` of a list to the panels they control; calls back with the id on a choice. */
export function startTabs(list: HTMLElement, onSelect: (id: string) => void): Tabs {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const idOf = (tab: HTMLElement) => tab.id.replace(/^tab-/, "");

  function select(id: string): void {
    for (const tab of tabs) {
      const chosen = idOf(tab) === id;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")!)!.hidden = !chosen;
    }
  }

  function choose(tab: HTMLElement): void {
    select(idOf(tab));
    tab.focus();
    onSelect(idOf(tab));
  }

  list.addEventListener("click", (event) => {
    const tab = (event.target as HTMLElement).closest<HTMLElement>('[role="tab"]');
    if (tab !== null) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    choose(tabs[(next + tabs.length) % tabs.length]!);
  });
  return { select };
}
