/** Formulas of doc comments set as mathematics: exponents raised, indices lowered, Greek letters, true minus signs. */

import { element } from "./element";

const greek: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  eps: "ε",
  epsilon: "ε",
  lambda: "λ",
  mu: "μ",
  pi: "π",
  sigma: "σ",
};

/** A name, a number, an operator of two characters, white space, or one character. */
const TOKEN = /[A-Za-z]+|\d+(?:\.\d+)?(?:e-?\d+)?|<=|>=|\s+|./gy;

/** A formula as an element; its plain text is its title. */
export function formulaElement(formula: string): HTMLElement {
  const tokens = [...formula.matchAll(TOKEN)].map(([token]) => token);
  const root = element("span", { class: "formula", title: formula });
  let at = 0;
  while (at < tokens.length) at = append(root, tokens, at);
  return root;
}

/** Appends the token at an index, with what is raised or lowered after it; returns the index after. */
function append(to: HTMLElement, tokens: readonly string[], at: number): number {
  const token = tokens[at]!;
  if (token === "^" || token === "_") return appendShifted(to, tokens, at + 1, token === "^" ? "sup" : "sub");
  if (token === "-") to.append("−");
  else if (token === "<=") to.append("≤");
  else if (token === ">=") to.append("≥");
  else if (token in greek) to.append(element("i", {}, greek[token]!));
  else if (/^[A-Za-z]$/.test(token)) to.append(element("i", {}, token));
  else to.append(token);
  return at + 1;
}

/** An exponent or an index: a group in parentheses, or one token with its sign and its own index. */
function appendShifted(to: HTMLElement, tokens: readonly string[], start: number, tag: "sup" | "sub"): number {
  const shifted = element(tag);
  to.append(shifted);
  let at = start;
  if (tokens[at] === "(") {
    const end = closing(tokens, at);
    for (at++; at < end; ) at = append(shifted, tokens, at);
    return at + 1;
  }
  if (tokens[at] === "-") at = append(shifted, tokens, at);
  if (at < tokens.length) at = append(shifted, tokens, at);
  return tag === "sup" && tokens[at] === "_" ? append(shifted, tokens, at) : at;
}

/** Where the parenthesis is closed that opens at an index. */
function closing(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (tokens[at] === "(") depth++;
    if (tokens[at] === ")" && --depth === 0) return at;
  }
  return tokens.length;
}
