/** Light or dark: as the system has it until the visitor chooses; and the colours of the moment, for canvases. */

const KEY = "simd-loss-theme";
type Theme = "light" | "dark";

const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

/** Whether the page is dark now. */
function current(): Theme {
  return (document.documentElement.dataset.theme as Theme | undefined) ?? (dark.matches ? "dark" : "light");
}

/** Makes a button the switch between light and dark, with the visitor's last choice restored. */
export function startTheme(button: HTMLButtonElement): void {
  const chosen = stored();
  if (chosen !== null) document.documentElement.dataset.theme = chosen;
  const label = () => {
    const other = current() === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", `Switch to ${other} colours`);
    button.title = `Switch to ${other} colours`;
  };
  const changed = () => {
    label();
    for (const listener of listeners) listener();
  };
  button.addEventListener("click", () => {
    const theme = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    store(theme);
    changed();
  });
  dark.addEventListener("change", changed);
  label();
}

/** Calls back whenever colours change. */
export function onTheme(listener: () => void): void {
  listeners.add(listener);
}

const probe = document.createElement("i");
probe.hidden = true;

/** The colour that a custom property of the style sheet has now. */
export function colour(property: string): string {
  if (!probe.isConnected) document.body.append(probe);
  probe.style.color = `var(${property})`;
  return getComputedStyle(probe).color;
}

/** Storage may be forbidden to a page. */
function stored(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : null;
  } catch {
    return null;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}
