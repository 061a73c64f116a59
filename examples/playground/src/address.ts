/** The page's state in its address: `#section?name=value&name=value`. */

export type Query = readonly (readonly [name: string, value: string])[];

export interface Address {
  readonly section: string;
  readonly query: Query;
}

export function readAddress(hash = location.hash): Address {
  const [section = "", query = ""] = hash.replace(/^#/, "").split("?");
  return { section, query: [...new URLSearchParams(query)] };
}

/** Shows a state in the address: in place of the last one, or as a new entry of the history. */
export function writeAddress({ section, query }: Address, entry: "new" | "same"): void {
  const text = query.map(([name, value]) => `${name}=${readable(value)}`).join("&");
  const hash = `#${section}${text === "" ? "" : `?${text}`}`;
  if (hash === location.hash) return;
  history[entry === "new" ? "pushState" : "replaceState"](null, "", hash);
}

/** Percent-encoded but for what a fragment may hold as it is. */
function readable(value: string): string {
  return encodeURIComponent(value).replace(/%3A/g, ":").replace(/%3B/g, ";").replace(/%2C/g, ",");
}

/** The last value of a name. */
export function lastOf(query: Query, name: string): string | undefined {
  return query.findLast(([key]) => key === name)?.[1];
}
