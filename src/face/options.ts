/** The names of the options that faces share; a misspelt option is an error. */

const shared = ["reduction", "weights", "out", "upstream"];

/** The option names of a function that has `own` beside the shared ones. */
/* @__NO_SIDE_EFFECTS__ */
export function optionNames(own: Iterable<string>, without: readonly string[] = []): ReadonlySet<string> {
  return new Set([...own, ...shared.filter((name) => !without.includes(name))]);
}

/** The option names of `gradAndHess`, of a loss that takes `known`. */
export function curvedNames(known: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...known].filter((name) => name !== "upstream"), "hessian", "outHess"]);
}

/** What stands for options that were not given. */
export const NO_OPTIONS = Object.freeze({});
